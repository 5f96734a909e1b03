// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.jfr.JfrKind;
import io.pprof4j.profile.JvmFrames;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a recording's file into one profile that has the columns of all its kinds. A stack with
 * labels is one sample, whichever kinds it has values of.
 */
public final class RecordingReader {
  /*
   * The format is what JDK 9 and later write ("JFR v2", see jdk.jfr.internal.consumer.ChunkParser)
   * and async-profiler too. Other threads prepare chunks and decode their stacks, and this one adds
   * up their events in the order of the file, so that the profile does not depend on the threads.
   * The memory is that of the constants of a chunk, or of a few if they are not large, and of the
   * distinct stacks, whatever the size of the file.
   */

  /** Bytes from which on threads pay: starting them takes as long as reading less. */
  private static final long ALONE = 2 << 20;

  /** More would wait for the one that adds up. */
  private static final int MOST_THREADS = 4;

  /**
   * What a recording holds.
   *
   * @param profile the samples of all kinds
   * @param columns which columns of the profile are a kind's; empty if there is no sample at all
   * @param periods the period of each kind, 0 if unknown
   * @param comments what to know of each kind
   */
  public record Contents(
      Profile profile,
      Map<JfrKind, List<ValueType>> columns,
      Map<JfrKind, Long> periods,
      Map<JfrKind, List<String>> comments) {}

  private final ProfileBuilder builder = Profile.builder();
  private final MethodFrames frames = new MethodFrames(new JvmFrames(builder, ""));
  private final RecordingSums sums;
  private long startNanos = Long.MAX_VALUE;
  private long endNanos;

  private RecordingReader(long timeStepNanos) {
    sums = new RecordingSums(timeStepNanos);
  }

  /**
   * Reads a recording.
   *
   * @param timeStepNanos how exactly samples are labelled with their time; 0 if they are not
   * @throws ProfileFormatException if the file is no recording, is cut off or damaged
   * @throws IOException if it cannot be read
   */
  public static Contents read(Path file, long timeStepNanos) throws IOException {
    RecordingReader reader = new RecordingReader(timeStepNanos);
    try (RecordingBytes bytes = new RecordingBytes(file);
        Workers workers = new Workers(bytes.size() < ALONE ? 1 : threads())) {
      reader.readChunks(new ChunkQueue(bytes, workers));
      reader.sums.end();
      return reader.contents();
    } catch (OutOfMemoryError tooLarge) {
      throw new ProfileFormatException(
          "parsing recording: it needs more memory than the %d MB of this JVM's heap"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static int threads() {
    return 1
        + Integer.getInteger(
            "w", Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors() - 1));
  }

  private void readChunks(ChunkQueue chunks) throws IOException {
    for (PreparedChunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      ChunkHeader header = chunk.header();
      startNanos = Math.min(startNanos, header.startNanos());
      endNanos = Math.max(endNanos, header.startNanos() + header.durationNanos());
      chunk.tell(sums);
      new ChunkReader(chunk, sums, builder, frames).read();
    }
  }

  private Contents contents() {
    List<EventShape.Form> forms = new ArrayList<>(sums.chosen());
    Map<JfrKind, List<ValueType>> columns = new EnumMap<>(JfrKind.class);
    Map<JfrKind, Long> periods = new EnumMap<>(JfrKind.class);
    Map<JfrKind, List<String>> comments = new EnumMap<>(JfrKind.class);
    for (EventShape.Form form : forms) {
      columns.put(form.kind(), columns(form.kind(), columns));
      periods.put(form.kind(), sums.period(form));
      comments.put(form.kind(), sums.comments(form));
    }
    addSamples(forms, columns);
    builder.header(
        header ->
            header.withTime(
                startNanos == Long.MAX_VALUE ? 0 : startNanos, Math.max(0, endNanos - startNanos)));
    return new Contents(builder.build(), columns, periods, comments);
  }

  /** The columns of a kind; a name that another kind has already says whose it is. */
  private static List<ValueType> columns(JfrKind kind, Map<JfrKind, List<ValueType>> others) {
    List<ValueType> columns = new ArrayList<>();
    for (ValueType column : kind.sampleTypes()) {
      boolean taken = others.values().stream().anyMatch(list -> list.contains(column));
      String amount = kind.sampleTypes().get(1).type();
      columns.add(taken ? new ValueType(amount + "_" + column.type(), column.unit()) : column);
    }
    return List.copyOf(columns);
  }

  private void addSamples(List<EventShape.Form> forms, Map<JfrKind, List<ValueType>> columns) {
    List<ValueType> types = new ArrayList<>();
    forms.forEach(form -> types.addAll(columns.getOrDefault(form.kind(), List.of())));
    builder.sampleTypes(types);
    FormSums[] sumOf = forms.stream().map(sums::of).toArray(FormSums[]::new);
    builder.expectSamples(Stream.of(sumOf).mapToInt(FormSums::size).sum());
    long[] values = new long[types.size()];
    for (int form = 0; form < sumOf.length; form++) {
      for (int at = 0; at < sumOf[form].size(); at++) {
        long key = sumOf[form].key(at);
        if (!isInAny(sumOf, form, key)) {
          fill(values, sumOf, form, key);
          builder.sampleOfStack((int) (key >>> 32), (int) key, values);
        }
      }
    }
  }

  /** Whether any of the first forms has something of a stack with labels. */
  private static boolean isInAny(FormSums[] sumOf, int forms, long key) {
    for (int form = 0; form < forms; form++) {
      if (sumOf[form].row(key) != LongIndex.NONE) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gathers what all forms have of a stack with labels; those before {@code first} have nothing.
   */
  private static void fill(long[] values, FormSums[] sumOf, int first, long key) {
    for (int form = 0; form < sumOf.length; form++) {
      FormSums sum = sumOf[form];
      int at = form < first ? LongIndex.NONE : sum.row(key);
      values[2 * form] = at == LongIndex.NONE ? 0 : sum.count(at);
      values[2 * form + 1] = at == LongIndex.NONE ? 0 : sum.amount(at);
    }
  }
}
