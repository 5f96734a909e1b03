// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.Capacity;
import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import io.pprof4j.profile.internal.column.RowIndex;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges profiles one by one. Memory grows with what differs between them, not with their number;
 * each profile may be forgotten as soon as {@link #add} returns.
 *
 * <p>Rows are merged when they are equal: functions by name, system name, file and start line;
 * mappings by size, offset and build id (or file); locations by their address within the mapping
 * and their lines; samples by stack and labels. Samples that become zero, and what only they used,
 * are left out. The first mapping of the first profile that has one stays first, since it is the
 * main binary. Not safe for use by several threads.
 */
public final class ProfileMerger {
  private static final int UNSEEN = -1;

  private final MergedHeader header = new MergedHeader();
  private final MergedTables tables = new MergedTables();
  private final StacksBuilder stacks = new StacksBuilder();
  private final LabelSetsBuilder labelSets = new LabelSetsBuilder();

  /**
   * The first sample of each stack. Most stacks have one, which is found without hashing; a stack
   * has its first sample as soon as it has a row.
   */
  private final IntColumn firstSample = new IntColumn();

  /** The samples that are not the first of their stack, by stack and labels. */
  private final RowIndex otherIndex = new RowIndex();

  private final IntColumn otherSample = new IntColumn();

  private final IntColumn stack = new IntColumn();
  private final IntColumn labels = new IntColumn();
  private LongColumn[] values = new LongColumn[0];
  private int[] buffer = new int[128];

  /** A merger without profiles. */
  public ProfileMerger() {}

  /** How many profiles were added. */
  public int profiles() {
    return header.profiles();
  }

  /**
   * Adds a profile.
   *
   * @throws IncompatibleProfilesException if its sample types or its period type differ from those
   *     of the first one; the merger is unchanged then
   */
  public ProfileMerger add(Profile profile) {
    boolean isFirst = header.profiles() == 0;
    header.add(profile.header());
    if (isFirst) {
      values = new LongColumn[profile.sampleTypes().size()];
      Arrays.setAll(values, type -> new LongColumn());
    }
    MergedTables.Source source = tables.source(profile.locations());
    addSamples(profile.samples(), source);
    return this;
  }

  private void addSamples(Samples samples, MergedTables.Source source) {
    int[] stackOf = unseen(samples.stacks.size());
    int[] labelsOf = unseen(samples.labelSets.size());
    for (int sample = 0; sample < samples.size(); sample++) {
      if (Scaling.isZero(samples, sample)) {
        continue;
      }
      int from = samples.stack[sample];
      if (stackOf[from] == UNSEEN) {
        stackOf[from] = addStack(samples.stacks, from, source);
      }
      int set = samples.labels[sample];
      if (labelsOf[set] == UNSEEN) {
        labelsOf[set] = addLabels(samples.labelSets, set);
      }
      addValues(samples, sample, sampleRow(stackOf[from], labelsOf[set]));
    }
  }

  private static int[] unseen(int size) {
    int[] rows = new int[size];
    Arrays.fill(rows, UNSEEN);
    return rows;
  }

  private int addStack(Stacks from, int row, MergedTables.Source source) {
    int depth = from.depth(row);
    if (depth > buffer.length) {
      buffer = new int[Capacity.grow(buffer.length, depth)];
    }
    from.locations(row, buffer);
    source.merge(buffer, depth);
    return stacks.intern(buffer, depth);
  }

  private int addLabels(LabelSets sets, int set) {
    for (int label = sets.first[set]; label < sets.first[set + 1]; label++) {
      int key = tables.string(sets.strings, sets.key[label]);
      if (sets.text[label] == LabelSets.NUMBER) {
        int unit = tables.string(sets.strings, sets.unit[label]);
        labelSets.number(key, sets.number[label], unit);
      } else {
        labelSets.text(key, tables.string(sets.strings, sets.text[label]));
      }
    }
    return labelSets.finish();
  }

  private int sampleRow(int stackRow, int labelRow) {
    if (stackRow == firstSample.size()) {
      firstSample.add(addSample(stackRow, labelRow));
    }
    int first = firstSample.get(stackRow);
    return labels.get(first) == labelRow ? first : otherSampleRow(stackRow, labelRow);
  }

  private int otherSampleRow(int stackRow, int labelRow) {
    int hash = RowIndex.mix(stackRow, labelRow + 1L);
    int slot = otherIndex.slot(hash);
    for (long at = otherIndex.at(slot); at != RowIndex.FREE; at = otherIndex.at(slot)) {
      int row = otherSample.get(RowIndex.row(at));
      if (stack.get(row) == stackRow && labels.get(row) == labelRow) {
        return row;
      }
      slot = otherIndex.next(slot);
    }
    otherIndex.add(hash, slot);
    otherSample.add(addSample(stackRow, labelRow));
    return stack.size() - 1;
  }

  private int addSample(int stackRow, int labelRow) {
    stack.add(stackRow);
    labels.add(labelRow);
    for (LongColumn column : values) {
      column.add(0);
    }
    return stack.size() - 1;
  }

  private void addValues(Samples samples, int sample, int row) {
    for (int type = 0; type < values.length; type++) {
      values[type].set(row, values[type].get(row) + samples.value[type][sample]);
    }
  }

  /**
   * The merged profile; ids are rows plus one. The merger must not be used afterwards.
   *
   * @throws IllegalStateException if no profile was added
   */
  public Profile merge() {
    ProfileHeader merged = header.build();
    Strings strings = tables.strings();
    Locations locations = tables.build(strings);
    long[][] columns = new long[values.length][];
    Arrays.setAll(columns, type -> values[type].toArray());
    Samples samples =
        new Samples(
            locations,
            stacks.build(),
            labelSets.build(strings),
            stack.toArray(),
            labels.toArray(),
            columns);
    Profile profile = new Profile(merged, locations, samples);
    // What only samples without values used goes too, which takes a second pass.
    return hasZeros(samples) ? new ProfileMerger().add(profile).merge() : profile;
  }

  /**
   * Checks that profiles measure the same.
   *
   * @throws IncompatibleProfilesException if they do not
   */
  static void checkCompatible(ProfileHeader first, ProfileHeader other) {
    MergedHeader.check(first, other);
  }

  private static boolean hasZeros(Samples samples) {
    for (int sample = 0; sample < samples.size(); sample++) {
      if (Scaling.isZero(samples, sample)) {
        return true;
      }
    }
    return false;
  }

  /** Combines headers; the first one decides what profiles must agree in. */
  private static final class MergedHeader {
    private static final ValueType NONE = new ValueType("", "");

    private final java.util.LinkedHashSet<String> comments = new java.util.LinkedHashSet<>();
    private @Nullable ProfileHeader first;
    private int profiles;
    private long period;
    private long timeNanos;
    private long durationNanos;
    private String defaultSampleType = "";
    private String docUrl = "";

    int profiles() {
      return profiles;
    }

    void add(ProfileHeader header) {
      if (first == null) {
        first = header;
      } else {
        check(first, header);
      }
      profiles++;
      // A profile without a time hides the times before it; pprof's reports depend on it.
      timeNanos = timeNanos == 0 || header.timeNanos() < timeNanos ? header.timeNanos() : timeNanos;
      period = period == 0 ? header.period() : Math.max(period, header.period());
      durationNanos += header.durationNanos();
      comments.addAll(header.comments());
      defaultSampleType =
          defaultSampleType.isEmpty() ? header.defaultSampleType() : defaultSampleType;
      docUrl = docUrl.isEmpty() ? header.docUrl() : docUrl;
    }

    private static void check(ProfileHeader first, ProfileHeader other) {
      require("period types", goText(first.periodType()), goText(other.periodType()));
      require("sample types", text(first), text(other));
    }

    private static void require(String what, String first, String other) {
      if (!first.equals(other)) {
        throw new IncompatibleProfilesException(
            "incompatible %s %s and %s".formatted(what, first, other));
      }
    }

    /** As Go prints the type's structure, in pprof's message. */
    private static String goText(Optional<ValueType> type) {
      ValueType present = type.orElse(NONE);
      return "&{" + present.type() + " " + present.unit() + " 0 0}";
    }

    private static String text(ValueType type) {
      return type.type() + "/" + type.unit();
    }

    private static String text(ProfileHeader header) {
      return header.sampleTypes().stream().map(MergedHeader::text).toList().toString();
    }

    ProfileHeader build() {
      if (first == null) {
        throw new IllegalStateException("no profiles to merge");
      }
      return first
          .withPeriod(first.periodType(), period)
          .withTime(timeNanos, durationNanos)
          .withComments(java.util.List.copyOf(comments))
          .withDefaultSampleType(defaultSampleType)
          .withDocUrl(docUrl);
    }
  }
}
