// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import io.pprof4j.profile.Aggregation.Detail;

/** Blanks the details that an {@link Aggregation} does not keep. No row of any table moves. */
final class Aggregator {
  private static final int EMPTY_STRING = 0;

  private final Aggregation aggregation;

  private Aggregator(Aggregation aggregation) {
    this.aggregation = aggregation;
  }

  static Profile apply(Profile profile, Aggregation aggregation) {
    Aggregator aggregator = new Aggregator(aggregation);
    Locations source = profile.locations();
    Mappings mappings = aggregator.mappings(source.mappings);
    Functions functions = aggregator.functions(source.functions);
    Locations locations = aggregator.locations(source, mappings, functions);
    return new Profile(profile.header(), locations, profile.samples().over(locations));
  }

  private Mappings mappings(Mappings source) {
    int kept =
        (aggregation.keeps(Detail.FUNCTION) ? Mappings.HAS_FUNCTIONS : 0)
            | (aggregation.keeps(Detail.FILE) ? Mappings.HAS_FILENAMES : 0)
            | (aggregation.keeps(Detail.LINE) ? Mappings.HAS_LINE_NUMBERS : 0)
            | (aggregation.keeps(Detail.INLINES) ? Mappings.HAS_INLINE_FRAMES : 0);
    byte[] flags = source.flags.clone();
    for (int mapping = 0; mapping < flags.length; mapping++) {
      flags[mapping] = (byte) (flags[mapping] & kept);
    }
    return source.withFlags(flags);
  }

  private Functions functions(Functions source) {
    boolean names = aggregation.keeps(Detail.FUNCTION);
    boolean files = aggregation.keeps(Detail.FILE);
    int[] blank = new int[names && files ? 0 : source.size()];
    java.util.Arrays.fill(blank, EMPTY_STRING);
    return source.withNames(
        names ? source.name : blank,
        names ? source.systemName : blank,
        files ? source.filename : blank);
  }

  private Locations locations(Locations source, Mappings mappings, Functions functions) {
    Locations lines = aggregation.keeps(Detail.INLINES) ? source : outermost(source);
    boolean numbers = aggregation.keeps(Detail.LINE);
    boolean columns = numbers && aggregation.keeps(Detail.COLUMN);
    boolean addresses = aggregation.keeps(Detail.ADDRESS);
    return new Locations(
        mappings,
        functions,
        new Locations.Columns(
            lines.id,
            lines.mapping,
            addresses ? lines.address : new long[lines.address.length],
            lines.folded),
        new Locations.LineColumns(
            lines.firstLine,
            lines.lineFunction,
            numbers ? lines.line : new long[lines.line.length],
            columns ? lines.column : new long[lines.column.length]));
  }

  private static Locations outermost(Locations source) {
    LineSelection lines = new LineSelection(source);
    for (int location = 0; location < source.size(); location++) {
      int end = source.firstLine[location + 1];
      lines.keep(Math.max(source.firstLine[location], end - 1), end);
      lines.endLocation();
    }
    return lines.build();
  }
}
