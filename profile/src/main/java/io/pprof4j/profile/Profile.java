// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /**
   * Reads a profile to the end of the stream, which stays open; the format is recognised by its
   * content.
   *
   * @throws ProfileFormatException if the content is not a valid profile
   * @throws IOException if the stream fails
   */
  public static Profile read(InputStream in) throws IOException {
    return ProfileFormats.read(in);
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

  /** Sum of one value column, wrapping as 64-bit integers do. */
  public long total(int type) {
    long total = 0;
    for (long value : samples.value[type]) {
      total += value;
    }
    return total;
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
}
