// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.column.IntColumn;
import io.pprof4j.profile.internal.column.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Builds a profile. Mappings, functions, locations, label lists and stacks are interned: adding an
 * equal one again returns the row it already has. Samples are kept as they are added, equal ones
 * too. Not safe for use by several threads.
 */
public final class ProfileBuilder {
  private ProfileHeader header;
  private final StringsBuilder strings = new StringsBuilder();

  private final Map<MappingSpec, Integer> mappingRows = new HashMap<>();
  private final List<MappingSpec> mappings = new ArrayList<>();

  private final FunctionsBuilder functions = new FunctionsBuilder();
  private final LocationsBuilder locations = new LocationsBuilder();
  private final LabelSetsBuilder labelSets = new LabelSetsBuilder();
  private final StacksBuilder stacks = new StacksBuilder();
  private final IntColumn stack = new IntColumn();
  private final IntColumn labels = new IntColumn();
  private LongColumn[] values;

  ProfileBuilder(List<ValueType> sampleTypes) {
    header = ProfileHeader.of(sampleTypes);
    strings.intern("");
    values = columns(sampleTypes.size());
  }

  private static LongColumn[] columns(int count) {
    LongColumn[] columns = new LongColumn[count];
    Arrays.setAll(columns, type -> new LongColumn());
    return columns;
  }

  /**
   * Replaces the sample types, for a source that tells them after its stacks.
   *
   * @throws IllegalStateException if there are samples already
   */
  public ProfileBuilder sampleTypes(List<ValueType> sampleTypes) {
    if (stack.size() > 0) {
      throw new IllegalStateException("the profile has samples already");
    }
    header = header.withSampleTypes(sampleTypes);
    values = columns(sampleTypes.size());
    return this;
  }

  /**
   * Changes what the profile says of itself.
   *
   * @throws IllegalArgumentException if the number of sample types would change
   */
  public ProfileBuilder header(UnaryOperator<ProfileHeader> change) {
    ProfileHeader changed = change.apply(header);
    if (changed.sampleTypes().size() != values.length) {
      throw new IllegalArgumentException(
          "the profile has %d value columns, not %d"
              .formatted(values.length, changed.sampleTypes().size()));
    }
    header = changed;
    return this;
  }

  /** The row of a mapping. */
  public int mapping(MappingSpec mapping) {
    return mappingRows.computeIfAbsent(
        mapping,
        added -> {
          mappings.add(added);
          return mappings.size() - 1;
        });
  }

  /** The row of a mapping of its own, even if there is an equal one already. */
  public int newMapping(MappingSpec mapping) {
    mappings.add(mapping);
    mappingRows.putIfAbsent(mapping, mappings.size() - 1);
    return mappings.size() - 1;
  }

  /**
   * The row of a function.
   *
   * @param name name for people: {@code com.acme.Shop.sell}
   * @param systemName name for the system, or empty
   * @param filename source file, or empty
   * @param startLine line of the declaration, or 0
   */
  public int function(String name, String systemName, String filename, long startLine) {
    return functions.intern(
        strings.intern(name), strings.intern(systemName), strings.intern(filename), startLine);
  }

  /**
   * The row of a location.
   *
   * @throws IndexOutOfBoundsException if its mapping or a function is not a row of this builder
   */
  public int location(LocationSpec location) {
    tell(location);
    return locations.finish(location.mapping(), location.address(), location.folded());
  }

  /**
   * The row of a location of its own, even if there is an equal one already.
   *
   * @throws IndexOutOfBoundsException if its mapping or a function is not a row of this builder
   */
  public int newLocation(LocationSpec location) {
    tell(location);
    return locations.finishApart(location.mapping(), location.address(), location.folded());
  }

  private void tell(LocationSpec location) {
    checkMapping(location.mapping());
    for (LineSpec line : location.lines()) {
      Objects.checkIndex(line.function(), functions.size());
    }
    for (LineSpec line : location.lines()) {
      locations.line(line.function(), line.line(), line.column());
    }
  }

  private void checkMapping(int mapping) {
    if (mapping != Locations.NO_MAPPING) {
      Objects.checkIndex(mapping, mappings.size());
    }
  }

  /**
   * The row of a location that is one frame and has no address.
   *
   * @throws IndexOutOfBoundsException if its mapping or function is not a row of this builder
   */
  public int location(int mapping, int function, long line) {
    checkMapping(mapping);
    Objects.checkIndex(function, functions.size());
    locations.line(function, line, 0);
    return locations.finish(mapping, 0, false);
  }

  /** The row of a label list; the empty list is row 0. */
  public int labels(List<Label> list) {
    for (Label label : list) {
      int key = strings.intern(label.key());
      if (label.value() instanceof LabelValue.Text text) {
        labelSets.text(key, strings.intern(text.text()));
      } else if (label.value() instanceof LabelValue.Number number) {
        labelSets.number(key, number.number(), strings.intern(number.unit()));
      }
    }
    return labelSets.finish();
  }

  /**
   * Adds a sample without labels.
   *
   * @param locationRows the stack as rows of this builder, leaf first
   * @param sampleValues one value per sample type
   */
  public ProfileBuilder sample(int[] locationRows, long... sampleValues) {
    return sample(0, locationRows, sampleValues);
  }

  /**
   * Adds a sample.
   *
   * @param labelSet row given by {@link #labels}
   * @param locationRows the stack as rows of this builder, leaf first
   * @param sampleValues one value per sample type
   * @throws IllegalArgumentException if there are more or fewer values than sample types
   */
  public ProfileBuilder sample(int labelSet, int[] locationRows, long... sampleValues) {
    return sampleOfStack(labelSet, stack(locationRows), sampleValues);
  }

  /**
   * The row of a stack, for samples of it to come.
   *
   * @param locationRows the stack as rows of this builder, leaf first
   */
  public int stack(int[] locationRows) {
    int rows = locations.size();
    for (int row : locationRows) {
      Objects.checkIndex(row, rows);
    }
    return stacks.intern(locationRows, locationRows.length);
  }

  /**
   * The rows of stacks, for samples of them to come.
   *
   * @throws IndexOutOfBoundsException if they have locations that are no rows of this builder
   */
  public int[] stacks(StackBatch batch) {
    if (!batch.hasOnlyBelow(locations.size())) {
      throw new IndexOutOfBoundsException(
          "stacks with locations beyond the %d there are".formatted(locations.size()));
    }
    stacks.expect(batch);
    int[] rows = new int[batch.size()];
    Arrays.setAll(rows, at -> stacks.intern(batch, at));
    return rows;
  }

  /**
   * Adds a sample.
   *
   * @param labelSet row given by {@link #labels}
   * @param stackRow row given by {@link #stack}
   * @param sampleValues one value per sample type
   * @throws IllegalArgumentException if there are more or fewer values than sample types
   */
  public ProfileBuilder sampleOfStack(int labelSet, int stackRow, long... sampleValues) {
    if (sampleValues.length != values.length) {
      throw new IllegalArgumentException(
          "sample has %d values vs. %d types".formatted(sampleValues.length, values.length));
    }
    Objects.checkIndex(labelSet, labelSets.size());
    Objects.checkIndex(stackRow, stacks.size());
    stack.add(stackRow);
    labels.add(labelSet);
    for (int type = 0; type < values.length; type++) {
      values[type].add(sampleValues[type]);
    }
    return this;
  }

  /** Makes room for so many samples in all; for speed only. */
  public void expectSamples(int count) {
    stack.reserve(count);
    labels.reserve(count);
    for (LongColumn column : values) {
      column.reserve(count);
    }
  }

  /** The profile; the builder must not be used afterwards. Ids are rows plus one. */
  public Profile build() {
    long[][] columns = new long[values.length][];
    Arrays.setAll(columns, type -> values[type].toArray());
    return build(stacks.build(), stack.toArray(), labels.toArray(), columns);
  }

  /**
   * A profile of the given samples over all tables of this builder, for a source that tells of the
   * same stacks again and again. The builder may be used on: tables and rows stay, and samples that
   * were added to it are not touched. What no sample uses is in the tables too.
   *
   * @param stackRows of each sample the row given by {@link #stack}
   * @param labelRows of each sample the row given by {@link #labels}
   * @param columns one column per sample type, one value per sample
   * @throws IllegalArgumentException if the columns differ in length or are too many or too few
   * @throws IndexOutOfBoundsException if a row is none of this builder's
   */
  public Profile profileOf(int[] stackRows, int[] labelRows, long[]... columns) {
    check(stackRows, labelRows, columns);
    long[][] copies = new long[columns.length][];
    Arrays.setAll(copies, type -> columns[type].clone());
    return build(stacks.copy(), stackRows.clone(), labelRows.clone(), copies);
  }

  private void check(int[] stackRows, int[] labelRows, long[]... columns) {
    if (columns.length != values.length) {
      throw new IllegalArgumentException(
          "samples have %d values vs. %d types".formatted(columns.length, values.length));
    }
    boolean isEven = labelRows.length == stackRows.length;
    for (long[] column : columns) {
      isEven &= column.length == stackRows.length;
    }
    if (!isEven) {
      throw new IllegalArgumentException("columns of samples differ in length");
    }
    for (int sample = 0; sample < stackRows.length; sample++) {
      Objects.checkIndex(stackRows[sample], stacks.size());
      Objects.checkIndex(labelRows[sample], labelSets.size());
    }
  }

  private Profile build(Stacks stackTable, int[] stackRows, int[] labelRows, long[][] columns) {
    Strings text = textOfMappingsIncluded();
    Locations table = locations.build(buildMappings(text), functions.build(text));
    Samples samples =
        new Samples(table, stackTable, labelSets.build(text), stackRows, labelRows, columns);
    return new Profile(header, table, samples);
  }

  private Strings textOfMappingsIncluded() {
    for (MappingSpec mapping : mappings) {
      strings.intern(mapping.filename());
      strings.intern(mapping.buildId());
    }
    return strings.build();
  }

  private Mappings buildMappings(Strings text) {
    Mappings table = new Mappings(text, mappings.size());
    for (int row = 0; row < table.size(); row++) {
      MappingSpec mapping = mappings.get(row);
      table.id[row] = row + 1L;
      table.start[row] = mapping.start();
      table.limit[row] = mapping.limit();
      table.offset[row] = mapping.offset();
      table.filename[row] = strings.intern(mapping.filename());
      table.buildId[row] = strings.intern(mapping.buildId());
      table.flags[row] = flags(mapping.resolved());
    }
    return table;
  }

  static byte flags(MappingSpec.Resolved resolved) {
    return (byte)
        ((resolved.functions() ? Mappings.HAS_FUNCTIONS : 0)
            | (resolved.filenames() ? Mappings.HAS_FILENAMES : 0)
            | (resolved.lineNumbers() ? Mappings.HAS_LINE_NUMBERS : 0)
            | (resolved.inlineFrames() ? Mappings.HAS_INLINE_FRAMES : 0));
  }
}
