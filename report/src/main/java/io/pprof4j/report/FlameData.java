// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import static java.util.Objects.requireNonNull;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.internal.flame.FlameFrames;
import io.pprof4j.report.internal.flame.FlameTimes;
import io.pprof4j.report.internal.flame.FlameTree;
import io.pprof4j.report.internal.flame.FlameWeights;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.request.ReportLabels;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a flame graph shows: all stacks of a profile merged into one tree.
 *
 * <p>Node 0 is the root. Nodes are in the order of the picture, depth first: a node's children
 * follow it, the heavier first. Values are in the unit of the profile; {@link Header#scale} turns
 * them into the one to show. Nothing is trimmed, and mean values are not formed, since means of
 * callees do not add up to that of their caller.
 *
 * <p>An outline leaves out what no screen is wide enough to show, and is made and sent in a
 * fraction of the time: all siblings that are too narrow are one node of the frame {@link
 * #restFrame}.
 */
public final class FlameData {
  /** A node of an outline has at least this share of the width: a screen has fewer pixels. */
  private static final int OUTLINE_PARTS = 2048;

  /** Up to so many frames in all stacks everything is sent at once. */
  private static final int FEW_FRAMES = 100_000;

  /**
   * What is known of the picture as a whole.
   *
   * @param title the binary's base name; empty if unknown
   * @param type what is measured: {@code cpu}
   * @param unit {@code B}, {@code s} or {@code GCU}; empty for what is counted
   * @param scale what values are multiplied by to be in that unit
   * @param total what percentages refer to
   * @param diff whether there is a base to compare to
   * @param legend lines that describe the profile
   */
  public record Header(
      String title,
      String type,
      String unit,
      double scale,
      long total,
      boolean diff,
      List<String> legend) {
    /** Copies the legend. */
    public Header {
      requireNonNull(title, "title");
      requireNonNull(type, "type");
      requireNonNull(unit, "unit");
      legend = List.copyOf(legend);
    }
  }

  /**
   * A frame, which any number of nodes may show.
   *
   * @param name what to show: a function, a file, with its line if lines are told apart
   * @param file source file; empty if unknown
   * @param codePackage package, namespace or library; empty if unknown
   * @param module jar, module of the JDK or library that has the code; empty if unknown
   * @param kind whose code it is
   * @param inlined whether it was inlined into its caller
   */
  public record Frame(
      String name,
      String file,
      String codePackage,
      String module,
      FrameKind kind,
      boolean inlined) {
    /** Rejects null parts. */
    public Frame {
      requireNonNull(name, "name");
      requireNonNull(file, "file");
      requireNonNull(codePackage, "codePackage");
      requireNonNull(module, "module");
      requireNonNull(kind, "kind");
    }
  }

  private final Header header;
  private final List<Frame> frames;
  private final FlameTree tree;
  private final long quantum;
  private final @Nullable FlameTimes times;

  /** Index of the frame that stands for what was left out; -1 if nothing was. */
  private final int restFrame;

  private FlameData(
      Header header, FlameFrames frames, FlameTree tree, long quantum, @Nullable FlameTimes times) {
    this.header = header;
    this.frames = frames.describe(tree.frame);
    this.restFrame = frames.rest();
    this.tree = tree;
    this.quantum = quantum;
    this.times = times;
  }

  /**
   * Merges the stacks of a profile; warnings are dropped.
   *
   * @throws ReportException if an option does not fit
   */
  public static FlameData of(Profile profile, ReportOptions options) throws ReportException {
    return of(profile, options, ReportContext.plain(warning -> {}));
  }

  /**
   * Merges the stacks of a profile.
   *
   * @param context takes warnings, and gives the time zone of the legend
   * @throws ReportException if an option does not fit
   */
  public static FlameData of(Profile profile, ReportOptions options, ReportContext context)
      throws ReportException {
    return of(prepare(profile, options, context), context);
  }

  static FlameData of(Report report, ReportContext context) {
    return build(report, new FlameWeights(report.profile(), report.values()), context, false);
  }

  /**
   * Merges the stacks of a profile, but leaves out what is too narrow to be seen before it is
   * magnified, unless the profile is small.
   *
   * @throws ReportException if an option does not fit
   */
  public static FlameData outline(Profile profile, ReportOptions options) throws ReportException {
    ReportContext context = ReportContext.plain(warning -> {});
    Report report = prepare(profile, options, context);
    boolean small = report.profile().stacks().frames() <= FEW_FRAMES;
    FlameWeights weights = new FlameWeights(report.profile(), report.values());
    return build(report, weights, context, !small);
  }

  private static Report prepare(Profile profile, ReportOptions options, ReportContext context)
      throws ReportException {
    ReportRequest request = ReportRequest.of(ReportFormat.FLAME, options);
    return Report.prepare(profile, request, context.warnings());
  }

  private static FlameData build(
      Report report, FlameWeights weights, ReportContext context, boolean outline) {
    FlameFrames frames = new FlameFrames(report);
    long least = outline ? weights.width() / OUTLINE_PARTS : Long.MIN_VALUE;
    FlameTree tree = new FlameTree(report.profile().stacks(), frames, weights, least);
    FlameTimes times = weights.isDiff ? null : FlameTimes.of(report, tree).orElse(null);
    return new FlameData(header(report, weights, context), frames, tree, weights.quantum, times);
  }

  private static Header header(Report report, FlameWeights weights, ReportContext context) {
    Measurement one = Measurement.scale(1, report.values().unit(), "default");
    String unit = one.unit().equals("default") ? "" : one.unit();
    double ratio = 1 / report.options().get(ReportOption.DIVIDE_BY);
    long shown = 0;
    for (int stack = 0; stack < weights.self.length; stack++) {
      shown += weights.self[stack] - weights.base[stack];
    }
    List<String> legend =
        new ReportLabels(report, report.valueFormat(), context.zone()).ofFlame(shown);
    return new Header(
        report.title(),
        report.values().type(),
        unit,
        ratio > 0 && Double.isFinite(ratio) ? one.value() * ratio : one.value(),
        report.total(),
        weights.isDiff,
        legend);
  }

  /** What is known of the picture as a whole. */
  public Header header() {
    return header;
  }

  /** The frames; frame 0 is the root's. */
  public List<Frame> frames() {
    return frames;
  }

  /** How many nodes there are, the root included. */
  public int nodeCount() {
    return tree.nodeCount();
  }

  /** Distance from the root. */
  public int depth(int node) {
    return tree.depth[node];
  }

  /** Row of {@link #frames} that a node shows. */
  public int frame(int node) {
    return tree.frame[node];
  }

  /** What is measured at the node itself, without its callees and without the base. */
  public long self(int node) {
    return tree.self[node];
  }

  /** What the base of a comparison has at the node itself; 0 if nothing is compared. */
  public long base(int node) {
    return header.diff() ? tree.base[node] : 0;
  }

  /** Index of the frame that stands for what an outline leaves out; -1 if nothing is left out. */
  public int restFrame() {
    return restFrame;
  }

  /** The largest number that divides every value; at least 1. */
  long quantum() {
    return quantum;
  }

  /** When samples were taken, if they say so. */
  Optional<FlameTimes> times() {
    return Optional.ofNullable(times);
  }
}
