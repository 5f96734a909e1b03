// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import io.pprof4j.jfr.internal.RecordingReader;
import io.pprof4j.jfr.internal.SpooledRecording;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles that a recording holds, the JDK's or async-profiler's. Reads the files of JDK 9 and
 * later itself, without the JDK's own reader, and files larger than memory too.
 *
 * <p>Samples are labelled with their {@code thread}, those of allocations and locks also with the
 * {@code class} of the object.
 */
public final class JfrProfiles {
  /** Key of the label that says when a sample was taken, in milliseconds since the epoch. */
  public static final String TIME_KEY = "time";

  private final RecordingReader.Contents contents;

  private JfrProfiles(RecordingReader.Contents contents) {
    this.contents = contents;
  }

  /**
   * Whether a file or stream that starts with these bytes is a recording.
   *
   * @param start at least 4 bytes, not compressed
   */
  public static boolean isRecording(byte[] start) {
    return start.length >= 4
        && start[0] == 'F'
        && start[1] == 'L'
        && start[2] == 'R'
        && start[3] == 0;
  }

  /**
   * Reads a recording.
   *
   * @throws io.pprof4j.profile.ProfileFormatException if the file is no recording, is cut off or
   *     damaged; the message says where
   * @throws IOException if the file cannot be read
   */
  public static JfrProfiles read(Path file) throws IOException {
    return new JfrProfiles(RecordingReader.read(file, 0));
  }

  /**
   * Reads a recording and labels each sample with its {@link #TIME_KEY}, as heat maps need it. That
   * makes as many samples of a stack as there are steps of time in which it was seen.
   *
   * @param step how exactly; at least a millisecond
   * @throws io.pprof4j.profile.ProfileFormatException as {@link #read(Path)}
   * @throws IOException if the file cannot be read
   */
  public static JfrProfiles readWithTimes(Path file, Duration step) throws IOException {
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("a step of %s is less than a millisecond".formatted(step));
    }
    return new JfrProfiles(RecordingReader.read(file, step.toNanos()));
  }

  /**
   * Reads a recording that comes as a stream, within gzip or not. Parts of a recording refer to
   * later ones, so it is kept in a temporary file meanwhile.
   *
   * @throws io.pprof4j.profile.ProfileFormatException if it is no recording, is cut off or damaged,
   *     or if it is more than 200 times as large as when compressed
   * @throws IOException if the stream fails, or there is no room for the file
   */
  public static JfrProfiles read(InputStream in) throws IOException {
    try (SpooledRecording spooled = SpooledRecording.of(in)) {
      return read(spooled.file());
    }
  }

  /**
   * As {@link #readWithTimes(Path, Duration)}, of a stream, as {@link #read(InputStream)}.
   *
   * @throws io.pprof4j.profile.ProfileFormatException as {@link #read(InputStream)}
   * @throws IOException if the stream fails, or there is no room for the file
   */
  public static JfrProfiles readWithTimes(InputStream in, Duration step) throws IOException {
    try (SpooledRecording spooled = SpooledRecording.of(in)) {
      return readWithTimes(spooled.file(), step);
    }
  }

  /** The kinds of which there is at least one sample, in the order of {@link #combined}. */
  public Set<JfrKind> kinds() {
    return Collections.unmodifiableSet(contents.columns().keySet());
  }

  /** The profile of a kind; empty if the recording has no sample of it. */
  public Optional<Profile> profile(JfrKind kind) {
    List<ValueType> columns = contents.columns().get(kind);
    if (columns == null) {
      return Optional.empty();
    }
    Profile profile =
        contents.profile().withSampleTypes(columns.stream().map(ValueType::type).toList());
    // Merging leaves out the samples that are of other kinds only, and what only they refer to.
    return Optional.of(
        Profile.merge(List.of(profile))
            .withHeader(
                header ->
                    describe(header, kind)
                        .withSampleTypes(kind.sampleTypes())
                        .withComments(comments(kind))));
  }

  private ProfileHeader describe(ProfileHeader header, JfrKind kind) {
    return header.withPeriod(kind.periodType(), contents.periods().getOrDefault(kind, 0L));
  }

  private List<String> comments(JfrKind kind) {
    return contents.comments().getOrDefault(kind, List.of());
  }

  /**
   * All kinds in one profile: each has its two columns, and a sample has values in those of the
   * kinds that it is of. What to show first is CPU time if there is any, else wall time,
   * allocations, live objects, waits. Empty if there is no sample of any kind.
   */
  public Optional<Profile> combined() {
    if (contents.columns().isEmpty()) {
      return Optional.empty();
    }
    JfrKind first = kinds().iterator().next();
    return Optional.of(
        contents
            .profile()
            .withHeader(
                header ->
                    describe(header, first)
                        .withDefaultSampleType(mainColumn(first))
                        .withComments(commentsOfAll(first))));
  }

  private String mainColumn(JfrKind kind) {
    return contents.columns().getOrDefault(kind, kind.sampleTypes()).get(1).type();
  }

  /** Comments of kinds that are not shown first are not for the heads of reports: they get a #. */
  private List<String> commentsOfAll(JfrKind first) {
    List<String> comments = new ArrayList<>(comments(first));
    List<String> others = new ArrayList<>();
    for (JfrKind kind : kinds()) {
      if (kind != first) {
        others.add(mainColumn(kind));
        for (String comment : comments(kind)) {
          comments.add(comment.startsWith("#") ? comment : "# " + comment);
        }
      }
    }
    if (!others.isEmpty()) {
      comments.add("also recorded, for -sample_index: " + String.join(", ", others));
    }
    return comments;
  }
}
