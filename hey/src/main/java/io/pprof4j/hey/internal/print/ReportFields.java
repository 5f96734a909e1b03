// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import io.pprof4j.hey.LatencyHistogram;
import io.pprof4j.hey.Phase;
import io.pprof4j.hey.PhaseTimes;
import io.pprof4j.hey.Report;
import io.pprof4j.hey.RequestTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A report under the names that hey's templates know, as a tree of maps, lists, {@code Long},
 * {@code Double} and {@code String}. Times are in seconds; Total is in nanoseconds.
 */
public final class ReportFields {
  private static final int[] PERCENTILES = {10, 25, 50, 75, 90, 95, 99};
  private static final double[] EXACT_PERCENTILES = {50, 75, 90, 95, 99, 99.9, 99.99, 99.999};

  private ReportFields() {}

  /**
   * The fields of hey.
   *
   * @param report the report
   * @param requests the times of each request, for the fields that are lists; may be empty
   */
  public static Map<String, Object> of(Report report, List<RequestTimes> requests) {
    Map<String, Object> fields = new LinkedHashMap<>();
    LatencyHistogram service = report.service();
    fields.put("AvgTotal", service.sumNanos() / 1e9);
    fields.put("Fastest", seconds(service.minNanos()));
    fields.put("Slowest", seconds(service.maxNanos()));
    fields.put("Average", service.meanNanos() / 1e9);
    fields.put("Rps", report.requestsPerSecond());
    average(fields, report, "AvgConn", Phase.CONNECT);
    average(fields, report, "AvgDNS", Phase.DNS);
    average(fields, report, "AvgReq", Phase.WRITE);
    average(fields, report, "AvgRes", Phase.READ);
    average(fields, report, "AvgDelay", Phase.WAIT);
    extremes(fields, report, "Conn", Phase.CONNECT);
    extremes(fields, report, "Dns", Phase.DNS);
    extremes(fields, report, "Req", Phase.WRITE);
    extremes(fields, report, "Res", Phase.READ);
    extremes(fields, report, "Delay", Phase.WAIT);
    lists(fields, requests);
    totals(fields, report);
    return fields;
  }

  private static double seconds(long nanos) {
    return (double) nanos / 1e9;
  }

  private static PhaseTimes phase(Report report, Phase phase) {
    return Objects.requireNonNull(report.phases().get(phase));
  }

  private static void average(Map<String, Object> fields, Report report, String name, Phase phase) {
    fields.put(name, phase(report, phase).meanNanos() / 1e9);
  }

  /** In hey's report the names are swapped: Max is the shortest. Scripts rely on it. */
  private static void extremes(
      Map<String, Object> fields, Report report, String name, Phase phase) {
    fields.put(name + "Max", seconds(phase(report, phase).minNanos()));
    fields.put(name + "Min", seconds(phase(report, phase).maxNanos()));
  }

  private static void lists(Map<String, Object> fields, List<RequestTimes> requests) {
    fields.put("Lats", list(requests, RequestTimes::service));
    fields.put("ConnLats", list(requests, RequestTimes::connect));
    fields.put("DnsLats", list(requests, RequestTimes::dns));
    fields.put("ReqLats", list(requests, RequestTimes::write));
    fields.put("ResLats", list(requests, RequestTimes::read));
    fields.put("DelayLats", list(requests, RequestTimes::delay));
    fields.put("Offsets", list(requests, RequestTimes::offset));
    List<Object> codes = new ArrayList<>();
    for (RequestTimes request : requests) {
      codes.add((long) request.status());
    }
    fields.put("StatusCodes", codes);
  }

  private static List<Object> list(
      List<RequestTimes> requests, ToLongFunction<RequestTimes> column) {
    List<Object> values = new ArrayList<>(requests.size());
    for (RequestTimes request : requests) {
      values.add(seconds(column.applyAsLong(request)));
    }
    return values;
  }

  private static void totals(Map<String, Object> fields, Report report) {
    fields.put("Total", report.totalNanos());
    fields.put("ErrorDist", new LinkedHashMap<String, Object>(report.errors()));
    Map<String, Object> codes = new LinkedHashMap<>();
    report.statusCodes().forEach((code, count) -> codes.put(code.toString(), count));
    fields.put("StatusCodeDist", codes);
    fields.put("SizeTotal", report.bytes());
    fields.put("SizeReq", report.bytes() / Math.max(1, report.successes()));
    fields.put("NumRes", report.requests());
    List<Object> distribution = new ArrayList<>();
    for (int percentile : PERCENTILES) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Percentage", (long) percentile);
      row.put("Latency", seconds(report.service().percentileNanos(percentile)));
      distribution.add(row);
    }
    fields.put("LatencyDistribution", report.successes() == 0 ? List.of() : distribution);
    List<Object> histogram = new ArrayList<>();
    for (Bucket bucket : Bucket.of(report.service())) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Mark", bucket.mark());
      row.put("Count", bucket.count());
      row.put("Frequency", bucket.frequency());
      histogram.add(row);
    }
    fields.put("Histogram", histogram);
  }

  /** The fields of {@code -o json}: those of hey without the lists, and what hey does not know. */
  public static Map<String, Object> summary(Report report) {
    Map<String, Object> fields = of(report, List.of());
    for (String list :
        List.of(
            "Lats",
            "ConnLats",
            "DnsLats",
            "ReqLats",
            "ResLats",
            "DelayLats",
            "Offsets",
            "StatusCodes")) {
      fields.remove(list);
    }
    fields.put("Errors", report.failures());
    fields.put("Unfinished", report.unfinished());
    fields.put("Unsent", report.unsent());
    fields.put("ServiceTime", latencies(report.service()));
    report.response().ifPresent(response -> fields.put("ResponseTime", latencies(response)));
    return fields;
  }

  private static Map<String, Object> latencies(LatencyHistogram times) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Min", seconds(times.minNanos()));
    fields.put("Mean", times.meanNanos() / 1e9);
    fields.put("StdDev", times.standardDeviationNanos() / 1e9);
    for (double percentile : EXACT_PERCENTILES) {
      String name = percentile % 1 == 0 ? Long.toString((long) percentile) : "" + percentile;
      fields.put("P" + name, seconds(times.percentileNanos(percentile)));
    }
    fields.put("Max", seconds(times.maxNanos()));
    return fields;
  }

  /** Writes such a tree as JSON. */
  public static String json(Object value) {
    JsonWriter out = new JsonWriter();
    write(out, value);
    return out.toString();
  }

  private static void write(JsonWriter out, Object value) {
    if (value instanceof Map<?, ?> map) {
      out.begin('{');
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.name(entry.getKey().toString());
        write(out, entry.getValue());
      }
      out.end('}');
    } else if (value instanceof List<?> list) {
      out.begin('[');
      for (Object element : list) {
        write(out, element);
      }
      out.end(']');
    } else if (value instanceof Long number) {
      out.value(number.longValue());
    } else if (value instanceof Double number) {
      out.value(number.doubleValue());
    } else {
      out.value(value.toString());
    }
  }
}
