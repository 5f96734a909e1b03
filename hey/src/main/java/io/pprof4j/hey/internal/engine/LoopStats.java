// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.hey.LatencyHistogram;
import io.pprof4j.hey.Phase;
import io.pprof4j.hey.PhaseTimes;
import io.pprof4j.hey.Report;
import io.pprof4j.hey.RequestTimes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one loop counted. Used by one thread at a time. */
final class LoopStats {
  /** Servers may put anything into messages; the distribution must stay bounded. */
  private static final int MAX_MESSAGES = 1000;

  private static final String OTHERS = "(other errors)";

  private final long runStart;
  private final boolean paced;
  private final @Nullable Consumer<RequestTimes> sink;
  private final LatencyHistogram service = new LatencyHistogram();
  private final LatencyHistogram response = new LatencyHistogram();
  private final PhaseTimes connect = new PhaseTimes();
  private final PhaseTimes dns = new PhaseTimes();
  private final PhaseTimes write = new PhaseTimes();
  private final PhaseTimes wait = new PhaseTimes();
  private final PhaseTimes read = new PhaseTimes();
  private final long[] statuses = new long[1000];
  private final Map<String, Long> errors = new HashMap<>();
  private long requests;
  private long bytes;
  private long unfinished;
  private long unsent;

  LoopStats(long runStart, boolean paced, @Nullable Consumer<RequestTimes> sink) {
    this.runStart = runStart;
    this.paced = paced;
    this.sink = sink;
  }

  void success(Worker worker, int status, long bodyBytes, long end, long sent) {
    long duration = end - worker.start();
    long writeNanos = sent - worker.attachedAt();
    long waitNanos = worker.firstByteAt() - sent;
    long readNanos = end - worker.firstByteAt();
    requests++;
    bytes += bodyBytes;
    statuses[status]++;
    service.record(duration);
    if (paced) {
      response.record(end - worker.due());
    }
    connect.record(worker.connectNanos());
    dns.record(worker.dnsNanos());
    write.record(writeNanos);
    wait.record(waitNanos);
    read.record(readNanos);
    if (sink != null) {
      sink.accept(
          new RequestTimes(
              worker.start() - runStart,
              duration,
              end - worker.due(),
              worker.connectNanos(),
              worker.dnsNanos(),
              writeNanos,
              waitNanos,
              readNanos,
              status,
              bodyBytes));
    }
  }

  void failure(String message) {
    requests++;
    boolean kept = errors.size() < MAX_MESSAGES || errors.containsKey(message);
    errors.merge(kept ? message : OTHERS, 1L, Long::sum);
  }

  void unfinished(long count) {
    unfinished += count;
  }

  void unsent(long count) {
    unsent += count;
  }

  /** Adds what another loop counted. */
  void add(LoopStats other) {
    service.add(other.service);
    response.add(other.response);
    connect.add(other.connect);
    dns.add(other.dns);
    write.add(other.write);
    wait.add(other.wait);
    read.add(other.read);
    for (int status = 0; status < statuses.length; status++) {
      statuses[status] += other.statuses[status];
    }
    other.errors.forEach((message, count) -> errors.merge(message, count, Long::sum));
    requests += other.requests;
    bytes += other.bytes;
    unfinished += other.unfinished;
    unsent += other.unsent;
  }

  Report report(long totalNanos) {
    Map<Phase, PhaseTimes> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.CONNECT, connect);
    phases.put(Phase.DNS, dns);
    phases.put(Phase.WRITE, write);
    phases.put(Phase.WAIT, wait);
    phases.put(Phase.READ, read);
    SortedMap<Integer, Long> statusCodes = new TreeMap<>();
    for (int status = 0; status < statuses.length; status++) {
      if (statuses[status] > 0) {
        statusCodes.put(status, statuses[status]);
      }
    }
    return new Report(
        totalNanos,
        requests,
        bytes,
        unfinished,
        unsent,
        service,
        paced ? Optional.of(response) : Optional.empty(),
        phases,
        statusCodes,
        new TreeMap<>(errors));
  }
}
