// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.internal.gzip.BlockGzip;
import io.pprof4j.profile.internal.text.CollapsedText;
import io.pprof4j.profile.internal.text.Speedscope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * A profile: samples of values at stacks, as profile.proto defines them. Immutable and safe to
 * share between threads.
 */
public final class Profile {
  /*
   * One immutable profile, columns inside, handles outside. Every table is a set of parallel
   * primitive arrays and every row is an int. Sample, Location, Function and Mapping are handles
   * (a table and a row), made on demand; loops use the tables' int-indexed accessors instead. Each
   * table holds its own reference to the strings it uses, so that an operation that needs new
   * strings can share the tables it leaves alone.
   */
  /** Key of the label that marks samples of the base of a comparison. */
  public static final String DIFF_BASE_KEY = "pprof::base";

  /** Value of the label {@link #DIFF_BASE_KEY}. */
  public static final String DIFF_BASE_VALUE = "true";

  private final ProfileHeader header;
  private final Mappings mappings;
  private final Functions functions;
  private final Locations locations;
  private final Samples samples;

  Profile(ProfileHeader header, Locations locations, Samples samples) {
    this.header = header;
    this.mappings = locations.mappings;
    this.functions = locations.functions;
    this.locations = locations;
    this.samples = samples;
  }

  /**
   * Reads a profile from a file; the format is recognised by its content.
   *
   * @throws ProfileFormatException if the content is not a valid profile
   * @throws IOException if the file cannot be read
   */
  public static Profile read(Path file) throws IOException {
    return ProfileReader.withDefaults().read(file);
  }

  /**
   * Reads a profile to the end of the stream, which stays open; the format is recognised by its
   * content.
   *
   * @throws ProfileFormatException if the content is not a valid profile
   * @throws IOException if the stream fails
   */
  public static Profile read(InputStream in) throws IOException {
    return ProfileReader.withDefaults().read(in);
  }

  /** Starts a profile with the given value columns. */
  public static ProfileBuilder builder(ValueType... sampleTypes) {
    return new ProfileBuilder(List.of(sampleTypes));
  }

  /** What the profile says of itself as a whole. */
  public ProfileHeader header() {
    return header;
  }

  /** The same samples under another header; the number of sample types must not change. */
  public Profile withHeader(UnaryOperator<ProfileHeader> change) {
    ProfileHeader changed = change.apply(header);
    if (changed.sampleTypes().size() != header.sampleTypes().size()) {
      throw new IllegalArgumentException(
          "the profile has %d value columns, not %d"
              .formatted(header.sampleTypes().size(), changed.sampleTypes().size()));
    }
    return new Profile(changed, locations, samples);
  }

  /** What each value column measures. */
  public List<ValueType> sampleTypes() {
    return header.sampleTypes();
  }

  /** The samples, in the order of the file. */
  public Samples samples() {
    return samples;
  }

  /** The distinct stacks. */
  public Stacks stacks() {
    return samples.stacks;
  }

  /** The distinct label lists. */
  public LabelSets labelSets() {
    return samples.labelSets;
  }

  /** The mappings. */
  public Mappings mappings() {
    return mappings;
  }

  /** The locations. */
  public Locations locations() {
    return locations;
  }

  /** The functions. */
  public Functions functions() {
    return functions;
  }

  /** What {@link #period()} measures. */
  public Optional<ValueType> periodType() {
    return header.periodType();
  }

  /** Distance between two samples, 0 if unknown. */
  public long period() {
    return header.period();
  }

  /** Time of collection, nanoseconds since the epoch; 0 if unknown. */
  public long timeNanos() {
    return header.timeNanos();
  }

  /** Length of the collection in nanoseconds; 0 if it has none. */
  public long durationNanos() {
    return header.durationNanos();
  }

  /** The comments. */
  public List<String> comments() {
    return header.comments();
  }

  /**
   * Sum of one value column, wrapping as 64-bit integers do.
   *
   * @param type its place among {@link #sampleTypes}
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public long total(int type) {
    Objects.checkIndex(type, samples.value.length);
    long total = 0;
    for (long value : samples.value[type]) {
      total += value;
    }
    return total;
  }

  /**
   * Filters samples, frames and labels; all parts of the filter apply in the order of {@link
   * FilterKind}. Rows of locations, functions and mappings stay what they are, even when no sample
   * uses them any more; {@link #compact} removes those.
   */
  public Filtered filter(ProfileFilter filter) {
    return Filters.apply(this, filter);
  }

  /** Adds frames made of labels; also tells whose labels no sample had. */
  public Filtered withLabelFrames(LabelFrames frames) {
    return frames.addTo(this);
  }

  /**
   * Removes from each stack the outermost frame that matches and all below it, except where no
   * frame above it stays (profile.proto, drop_frames and keep_frames).
   *
   * @param uninteresting tests function names, without a leading dot and without argument lists:
   *     true if drop_frames matches the whole name and keep_frames does not
   */
  public Profile dropFrames(Predicate<String> uninteresting) {
    return with(StackCuts.drop(samples, uninteresting));
  }

  /** Blanks the details of frames that are not kept. Rows stay; equal locations stay apart. */
  public Profile aggregate(Aggregation aggregation) {
    return Aggregator.apply(this, aggregation);
  }

  /** Sums equal samples and removes zero samples and all that no sample uses. */
  public Profile compact() {
    return new ProfileMerger().add(this).merge();
  }

  /**
   * Merges profiles that measure the same.
   *
   * @throws IncompatibleProfilesException if sample types or period types differ
   * @throws IllegalArgumentException if there is no profile
   * @see ProfileMerger
   */
  public static Profile merge(Collection<Profile> profiles) {
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("no profiles to merge");
    }
    ProfileMerger merger = new ProfileMerger();
    profiles.forEach(merger::add);
    return merger.merge();
  }

  /**
   * Merges profiles that may differ in sample types and units: they are reduced to the types they
   * share and converted to the finest units first. One profile is returned as it is.
   *
   * @throws IncompatibleProfilesException if they share no type, or units do not convert
   * @throws IllegalArgumentException if there is no profile
   */
  public static Profile combine(Collection<Profile> profiles) {
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("no profiles to merge");
    }
    List<Profile> compatible = Combination.compatible(List.copyOf(profiles));
    return compatible.size() == 1 ? compatible.get(0) : merge(compatible);
  }

  /**
   * Subtracts another profile: what is in the base only becomes negative (pprof's -base).
   *
   * @throws IncompatibleProfilesException as {@link #combine}
   */
  public Profile minus(Profile base) {
    return combine(List.of(this, base.scale(-1)));
  }

  /**
   * Subtracts another profile and marks its samples, so that reports can relate to the base's total
   * (pprof's -diff_base).
   *
   * @throws IncompatibleProfilesException as {@link #combine}
   */
  public Profile diff(Profile base) {
    return minus(base.withLabel(DIFF_BASE_KEY, DIFF_BASE_VALUE));
  }

  /**
   * Multiplies all values, rounding halves away from zero, and drops samples that become zero. By 1
   * changes nothing; by -1 is exact.
   */
  public Profile scale(double ratio) {
    double[] ratios = new double[sampleTypes().size()];
    Arrays.fill(ratios, ratio);
    return scale(ratios);
  }

  /**
   * Multiplies the values of each sample type, rounding halves away from zero, and drops samples
   * whose values all become zero. If all ratios are 1 nothing changes.
   *
   * @throws IllegalArgumentException if there are more or fewer ratios than sample types
   */
  public Profile scale(double[] ratios) {
    if (ratios.length != sampleTypes().size()) {
      throw new IllegalArgumentException(
          "mismatched scale ratios, got %d, want %d"
              .formatted(ratios.length, sampleTypes().size()));
    }
    return with(Scaling.scale(samples, ratios));
  }

  /**
   * Scales each sample type so that its total becomes that of the base.
   *
   * @throws IncompatibleProfilesException if sample types or period types differ
   */
  public Profile normalize(Profile base) {
    ProfileMerger.checkCompatible(header, base.header);
    return scale(Scaling.normalizing(this, base));
  }

  /**
   * The value column that a text selects: a type, an index, or empty for the default type or, if
   * there is none, the last.
   *
   * @return an index in {@link #sampleTypes}; -1 if there are no sample types
   * @throws IllegalArgumentException if there is no such type, naming those there are
   */
  public int sampleTypeIndex(String selector) {
    return SampleTypes.index(this, selector);
  }

  /**
   * The profile with only the given sample types, in that order.
   *
   * @throws IllegalArgumentException if the profile lacks one
   */
  public Profile withSampleTypes(List<String> types) {
    return SampleTypes.select(this, types);
  }

  /** Gives every sample a textual label in place of those it has under the key. */
  public Profile withLabel(String key, String text) {
    return with(LabelEdit.set(samples, key, text));
  }

  /** Removes the textual labels of a key from all samples. */
  public Profile withoutLabel(String key) {
    return with(LabelEdit.remove(samples, key));
  }

  /**
   * The profile without the labels that a file cannot hold: empty texts, and zeros without a unit.
   * Only the text formats of old can bring them.
   */
  public Profile withoutEmptyLabels() {
    return LabelEdit.hasEmpty(samples) ? with(LabelEdit.withoutEmpty(samples)) : this;
  }

  /** The same samples with all values changed; samples that become zero stay. */
  public Profile mapValues(LongUnaryOperator change) {
    long[][] changed = new long[samples.value.length][];
    for (int type = 0; type < changed.length; type++) {
      changed[type] = Arrays.stream(samples.value[type]).map(change).toArray();
    }
    return with(samples.withValues(changed));
  }

  /**
   * The profile with one more column of values.
   *
   * @param type what the column holds
   * @param value gives the value of a sample by its row
   */
  public Profile withColumn(ValueType type, IntToLongFunction value) {
    long[][] columns = Arrays.copyOf(samples.value, samples.value.length + 1);
    long[] added = new long[samples.size()];
    Arrays.setAll(added, value);
    columns[samples.value.length] = added;
    List<ValueType> types = new ArrayList<>(sampleTypes());
    types.add(type);
    Samples changed = samples.withValues(columns);
    return new Profile(header.withSampleTypes(types), changed.locations, changed);
  }

  /** The units of the numeric labels. */
  public NumericLabelUnits numericLabelUnits() {
    return NumericLabelUnits.of(samples);
  }

  Profile withoutStacks() {
    return with(samples.withoutStacks());
  }

  private Profile with(Samples changed) {
    return new Profile(header, changed.locations, changed);
  }

  /**
   * Writes the profile as gzip-compressed profile.proto, as the format asks; the stream stays open.
   */
  public void writeTo(OutputStream out) throws IOException {
    ProtoWriter.writeCompressed(this, out);
  }

  /** Writes the profile as bare profile.proto; the stream stays open. */
  public void writeUncompressedTo(OutputStream out) throws IOException {
    ProtoWriter.write(this, out);
  }

  /**
   * Writes the profile as profile.proto, compressed with gzip; the stream stays open.
   *
   * @param level 1 (fast) to 9 (small), 0 for none, -1 for zlib's default
   * @throws IllegalArgumentException if the level is another
   */
  public void writeTo(OutputStream out, int level) throws IOException {
    ProtoWriter.writeCompressed(this, out, level);
  }

  /**
   * Writes profile.proto within gzip, with all processors: for large profiles, and for programs
   * that have nothing else to do. The bytes differ from those of {@link #writeTo}, the content does
   * not.
   *
   * @param level 0 to 9, or -1 for the default
   * @throws IllegalArgumentException if the level is another
   */
  public void writeParallelTo(OutputStream out, int level) throws IOException {
    if (level < Deflater.DEFAULT_COMPRESSION || level > Deflater.BEST_COMPRESSION) {
      throw new IllegalArgumentException("invalid compression level: " + level);
    }
    try (BlockGzip gzip = new BlockGzip(out, level, ProtoWriter.expectedSize(this))) {
      ProtoWriter.write(this, gzip);
      gzip.finish();
    }
  }

  /**
   * Writes a value column as collapsed stacks, one line for each distinct stack; the stream stays
   * open.
   *
   * @param type its place among {@link #sampleTypes}
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public void writeCollapsedTo(OutputStream out, int type) throws IOException {
    Objects.checkIndex(type, samples.value.length);
    CollapsedText.write(this, type, out);
  }

  /**
   * Writes the profile in the file format of speedscope; the stream stays open.
   *
   * @param name a title for the reader
   */
  public void writeSpeedscopeTo(OutputStream out, String name) throws IOException {
    Speedscope.write(this, name, out);
  }

  /**
   * Writes the profile as OTLP's {@code ProfilesData} (OpenTelemetry, profiles/v1development), one
   * profile there for each sample type; the stream stays open. Strings that are not UTF-8 change:
   * the format cannot hold them.
   */
  public void writeOtlpTo(OutputStream out) throws IOException {
    OtlpWriter.write(this, out);
  }

  /** Whether the other profile has the same content, in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Profile profile && ProfileContent.equal(this, profile));
  }

  @Override
  public int hashCode() {
    return ProfileContent.hash(this);
  }

  /** The number of samples, locations and functions, and the sample types. */
  @Override
  public String toString() {
    return "Profile[%d samples of %s, %d locations, %d functions]"
        .formatted(samples.size(), sampleTypes(), locations.size(), functions.size());
  }
}
