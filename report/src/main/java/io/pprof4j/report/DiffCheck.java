// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileFilter;
import io.pprof4j.profile.ValueType;
import io.pprof4j.report.CheckRule.Measure;
import io.pprof4j.report.CheckRule.Subject;
import io.pprof4j.report.internal.request.SampleValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Holds a comparison of two profiles against rules of growth, and tells growth from noise.
 *
 * <p>A profile is a random sample: a function that takes a tenth of the time is met in 100 ± 10 of
 * 1000 samples. So a breach must exceed the limit and, where the value is what was sampled, {@code
 * sigma} standard deviations too: those of two proportions for shares, and those of two counts for
 * amounts. It must also rest on {@code minSamples} samples.
 *
 * @param values what is compared, and its unit
 * @param base the base
 * @param current the profile that was compared with it
 * @param results what came of each rule, in the order of the rules
 */
public record DiffCheck(ValueType values, Side base, Side current, List<Result> results) {
  /** Copies the list. */
  public DiffCheck {
    results = List.copyOf(results);
  }

  /** What a check says. */
  public enum Verdict {
    /** No rule is broken. */
    PASSED,
    /** A rule is broken. */
    BROKEN,
    /** There are too few samples to tell. */
    UNCERTAIN
  }

  /**
   * One of the two profiles.
   *
   * @param total its value, in the unit of the profile
   * @param samples how many samples it has
   */
  public record Side(long total, long samples) {}

  /**
   * A growth beyond a limit.
   *
   * @param name the function; empty for the total
   * @param before value in the base
   * @param after value in the new profile
   * @param growth in the measure of the rule
   * @param samples on how many samples it rests
   */
  public record Breach(String name, long before, long after, double growth, long samples) {}

  /**
   * What came of a rule.
   *
   * @param rule the rule
   * @param verdict whether it is broken
   * @param breaches what broke it, worst first
   */
  public record Result(CheckRule rule, Verdict verdict, List<Breach> breaches) {}

  /** The worst that came of any rule: broken, then uncertain. */
  public Verdict verdict() {
    List<Verdict> all = results.stream().map(Result::verdict).toList();
    if (all.contains(Verdict.BROKEN)) {
      return Verdict.BROKEN;
    }
    return all.contains(Verdict.UNCERTAIN) ? Verdict.UNCERTAIN : Verdict.PASSED;
  }

  /**
   * Checks a comparison.
   *
   * @param profile what {@link Profile#diff} made
   * @throws ReportException if an option or a rule does not fit the profile
   */
  static DiffCheck of(
      Profile profile, ReportOptions options, CheckRules rules, ReportContext context)
      throws ReportException {
    int column = SampleValues.of(profile, options).column();
    boolean sampled = SampleEvidence.isSampled(profile, column);
    // What one side warns of, the other need not repeat.
    Nodes base = Nodes.of(side(profile, true), column, options, ReportContext.plain(warning -> {}));
    Nodes current = Nodes.of(side(profile, false), column, options, context);
    ValueType values = profile.sampleTypes().get(column);
    Judge judge = new Judge(values, base, current, rules, sampled);
    List<Result> results = new ArrayList<>();
    for (CheckRule rule : rules.rules()) {
      results.add(judge.judge(rule));
    }
    return new DiffCheck(values, base.side(), current.side(), results);
  }

  private static Profile side(Profile profile, boolean base) {
    ProfileFilter.Builder filter = ProfileFilter.builder();
    if (!base) {
      return profile.filter(filter.tagIgnore(DiffCheck::isBase).build()).profile();
    }
    return profile
        .filter(filter.tagFocus(DiffCheck::isBase).build())
        .profile()
        .withoutLabel(Profile.DIFF_BASE_KEY)
        .mapValues(value -> -value);
  }

  private static boolean isBase(List<Label> labels) {
    return labels.stream()
        .anyMatch(
            label ->
                label.key().equals(Profile.DIFF_BASE_KEY)
                    && label.value() instanceof LabelValue.Text);
  }

  /** Values and observations of the functions of one side. */
  private record Nodes(Side side, Map<String, long[]> values, Map<String, long[]> evidence) {
    private static final long[] NOTHING = {0, 0};

    static Nodes of(Profile profile, int column, ReportOptions options, ReportContext context)
        throws ReportException {
      Profile counted = SampleEvidence.added(profile, column);
      ReportOptions all = options.with(ReportOption.TRIM, false).with(ReportOption.NODE_COUNT, 0L);
      TopReport values = top(counted, all, Integer.toString(column), context);
      TopReport evidence =
          top(
              counted,
              all.with(ReportOption.MEAN, false),
              Integer.toString(profile.sampleTypes().size()),
              ReportContext.plain(warning -> {}));
      return new Nodes(new Side(values.total(), evidence.total()), map(values), map(evidence));
    }

    private static TopReport top(
        Profile profile, ReportOptions options, String column, ReportContext context)
        throws ReportException {
      return Reports.top(profile, options.with(ReportOption.SAMPLE_INDEX, column), context);
    }

    private static Map<String, long[]> map(TopReport report) {
      Map<String, long[]> rows = new HashMap<>();
      for (TopReport.Row row : report.rows()) {
        long[] sums = rows.computeIfAbsent(row.name(), name -> new long[2]);
        sums[0] += row.flat().number();
        sums[1] += row.cum().number();
      }
      return rows;
    }

    long value(String name, Subject subject) {
      return values.getOrDefault(name, NOTHING)[subject == Subject.FLAT ? 0 : 1];
    }

    long evidence(String name, Subject subject) {
      return evidence.getOrDefault(name, NOTHING)[subject == Subject.FLAT ? 0 : 1];
    }
  }

  /** Applies rules to two sides. */
  private record Judge(
      ValueType values, Nodes base, Nodes current, CheckRules rules, boolean sampled) {

    Result judge(CheckRule rule) throws ReportException {
      double limit = limit(rule);
      if (base.side.samples() < rules.minSamples() || current.side.samples() < rules.minSamples()) {
        return new Result(rule, Verdict.UNCERTAIN, List.of());
      }
      List<Breach> breaches =
          rule.subject() == Subject.TOTAL ? ofTotal(rule, limit) : ofFunctions(rule, limit);
      breaches.sort(
          Comparator.comparingDouble(Breach::growth).reversed().thenComparing(Breach::name));
      return new Result(
          rule, breaches.isEmpty() ? Verdict.PASSED : Verdict.BROKEN, List.copyOf(breaches));
    }

    /** The limit in the unit of the profile's values. */
    private double limit(CheckRule rule) throws ReportException {
      if (rule.measure() != Measure.AMOUNT || rule.unit().equals(values.unit())) {
        return rule.limit();
      }
      for (UnitFamily family : UnitFamily.all()) {
        UnitFamily.Unit from = family.find(rule.unit());
        UnitFamily.Unit to = family.find(values.unit());
        if (from != null && to != null) {
          return rule.limit() * from.factor() / to.factor();
        }
      }
      throw new ReportException(
          "check rule \"%s\": %s is no unit of %s, which is in %s"
              .formatted(rule.text(), rule.unit(), values.type(), values.unit()));
    }

    private List<Breach> ofTotal(CheckRule rule, double limit) {
      List<Breach> breaches = new ArrayList<>();
      long before = base.side.total();
      long after = current.side.total();
      double growth = growth(rule, before, after);
      if (growth > limit && isCertain(rule, base.side.samples(), current.side.samples())) {
        long samples = base.side.samples() + current.side.samples();
        breaches.add(new Breach("", before, after, growth, samples));
      }
      return breaches;
    }

    private List<Breach> ofFunctions(CheckRule rule, double limit) {
      List<Breach> breaches = new ArrayList<>();
      for (String name : new TreeSet<>(current.values.keySet())) {
        long before = base.value(name, rule.subject());
        long after = current.value(name, rule.subject());
        double growth = growth(rule, before, after);
        long observedBefore = base.evidence(name, rule.subject());
        long observedAfter = current.evidence(name, rule.subject());
        if (growth > limit && isCertain(rule, observedBefore, observedAfter)) {
          breaches.add(new Breach(name, before, after, growth, observedBefore + observedAfter));
        }
      }
      return breaches;
    }

    private double growth(CheckRule rule, long before, long after) {
      return switch (rule.measure()) {
        case POINTS -> 100 * (share(after, current.side) - share(before, base.side));
        case PERCENT ->
            before == 0
                ? (after > 0 ? Double.POSITIVE_INFINITY : 0)
                : 100.0 * (after - before) / Math.abs(before);
        case AMOUNT -> after - before;
      };
    }

    private static double share(long value, Side side) {
      return side.total() == 0 ? 0 : (double) value / side.total();
    }

    private boolean isCertain(CheckRule rule, long before, long after) {
      if (before + after < rules.minSamples()) {
        return false;
      }
      return !sampled || deviations(rule, before, after) >= rules.sigma();
    }

    private double deviations(CheckRule rule, long before, long after) {
      if (rule.measure() != Measure.POINTS) {
        return (after - before) / Math.sqrt((double) after + before);
      }
      double n = base.side.samples();
      double m = current.side.samples();
      double common = (before + after) / (n + m);
      double variance = common * (1 - common) * (1 / n + 1 / m);
      double difference = after / m - before / n;
      // Without variance every sample agrees, and any difference is one.
      return variance <= 0 ? Double.POSITIVE_INFINITY : difference / Math.sqrt(variance);
    }
  }
}
