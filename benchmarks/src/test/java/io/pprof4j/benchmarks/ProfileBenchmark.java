// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.benchmarks;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileReader;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportException;
import io.pprof4j.report.ReportOptions;
import io.pprof4j.report.Reports;
import io.pprof4j.report.TopReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a server or a tool that stays up does with profiles, warm and in memory. Whole processes,
 * which start cold, are measured by {@code compare.sh}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ProfileBenchmark {
  private static final int DEPTH = 40;

  /** How many samples a profile has. */
  @Param({"1000", "40000"})
  public int samples;

  /** Which of the profiles of {@link MakeProfile}. */
  @Param({"none", "few", "run", "heap"})
  public String kind = "none";

  private byte[] compressed = {};
  private byte[] plain = {};
  private Profile profile = Profile.builder().build();
  private List<Profile> runs = List.of();

  /** Makes the profiles: one, and two runs of the same program. */
  @Setup
  public void makeProfiles() throws IOException {
    profile = MakeProfile.profile(samples, DEPTH, kind, 1);
    runs = List.of(profile, MakeProfile.profile(samples, DEPTH, kind, 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out);
    compressed = out.toByteArray();
    out.reset();
    profile.writeUncompressedTo(out);
    plain = out.toByteArray();
  }

  /** Reads a compressed file, most of which is inflating. */
  @Benchmark
  public Profile read() throws IOException {
    return ProfileReader.withDefaults().read(compressed);
  }

  /** Reads a file that is not compressed. */
  @Benchmark
  public Profile readUncompressed() throws IOException {
    return ProfileReader.withDefaults().read(plain);
  }

  /** Writes a file, most of which is deflating. */
  @Benchmark
  public int write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(compressed.length);
    profile.writeTo(out);
    return out.size();
  }

  /** Writes a file that is not compressed. */
  @Benchmark
  public int writeUncompressed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length);
    profile.writeUncompressedTo(out);
    return out.size();
  }

  /** Merges two runs of a program. */
  @Benchmark
  public Profile merge() {
    return Profile.merge(runs);
  }

  /** Sums by function, as {@code top} and the web UI do. */
  @Benchmark
  public TopReport top() throws ReportException {
    return Reports.top(profile, ReportOptions.defaults(), ReportContext.plain(warning -> {}));
  }
}
