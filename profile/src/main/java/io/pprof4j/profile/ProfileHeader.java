// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything a profile says of itself as a whole (profile.proto, Profile).
 *
 * @param sampleTypes what each value column measures
 * @param periodType what {@code period} measures; empty if the profile does not say
 * @param period distance between two samples, in units of {@code periodType}; 0 if unknown
 * @param timeNanos time of collection, nanoseconds since the epoch; 0 if unknown
 * @param durationNanos length of the collection; 0 if it has none
 * @param comments free text, line by line
 * @param defaultSampleType type to show first; empty means the last one
 * @param docUrl where the profile is explained; empty if nowhere
 * @param dropFrames regular expression of frames to drop together with all they called; or empty
 * @param keepFrames regular expression of frames that {@code dropFrames} must spare; or empty
 */
public record ProfileHeader(
    List<ValueType> sampleTypes,
    Optional<ValueType> periodType,
    long period,
    long timeNanos,
    long durationNanos,
    List<String> comments,
    String defaultSampleType,
    String docUrl,
    String dropFrames,
    String keepFrames) {

  /** Copies the lists. */
  public ProfileHeader {
    sampleTypes = List.copyOf(sampleTypes);
    comments = List.copyOf(comments);
    requireNonNull(periodType, "periodType");
    requireNonNull(defaultSampleType, "defaultSampleType");
    requireNonNull(docUrl, "docUrl");
    requireNonNull(dropFrames, "dropFrames");
    requireNonNull(keepFrames, "keepFrames");
  }

  /** A header with sample types and nothing else. */
  public static ProfileHeader of(List<ValueType> sampleTypes) {
    return new ProfileHeader(sampleTypes, Optional.empty(), 0, 0, 0, List.of(), "", "", "", "");
  }

  /** A copy with other sample types. */
  public ProfileHeader withSampleTypes(List<ValueType> types) {
    return with(draft -> draft.sampleTypes = types);
  }

  /** A copy with another period. */
  public ProfileHeader withPeriod(Optional<ValueType> type, long newPeriod) {
    return with(
        draft -> {
          draft.periodType = type;
          draft.period = newPeriod;
        });
  }

  /** A copy with another time and duration, in nanoseconds. */
  public ProfileHeader withTime(long newTimeNanos, long newDurationNanos) {
    return with(
        draft -> {
          draft.timeNanos = newTimeNanos;
          draft.durationNanos = newDurationNanos;
        });
  }

  /** A copy with other comments. */
  public ProfileHeader withComments(List<String> newComments) {
    return with(draft -> draft.comments = newComments);
  }

  /** A copy with another default sample type. */
  public ProfileHeader withDefaultSampleType(String type) {
    return with(draft -> draft.defaultSampleType = type);
  }

  /** A copy with another documentation URL. */
  public ProfileHeader withDocUrl(String url) {
    return with(draft -> draft.docUrl = url);
  }

  /** A copy with other drop and keep expressions. */
  public ProfileHeader withDropKeep(String drop, String keep) {
    return with(
        draft -> {
          draft.dropFrames = drop;
          draft.keepFrames = keep;
        });
  }

  private ProfileHeader with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.header();
  }

  /** A header of which a part is being replaced. */
  private static final class Draft {
    List<ValueType> sampleTypes;
    Optional<ValueType> periodType;
    long period;
    long timeNanos;
    long durationNanos;
    List<String> comments;
    String defaultSampleType;
    String docUrl;
    String dropFrames;
    String keepFrames;

    Draft(ProfileHeader from) {
      sampleTypes = from.sampleTypes;
      periodType = from.periodType;
      period = from.period;
      timeNanos = from.timeNanos;
      durationNanos = from.durationNanos;
      comments = from.comments;
      defaultSampleType = from.defaultSampleType;
      docUrl = from.docUrl;
      dropFrames = from.dropFrames;
      keepFrames = from.keepFrames;
    }

    ProfileHeader header() {
      return new ProfileHeader(
          sampleTypes,
          periodType,
          period,
          timeNanos,
          durationNanos,
          comments,
          defaultSampleType,
          docUrl,
          dropFrames,
          keepFrames);
    }
  }
}
