// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.CaptureRequest;
import io.pprof4j.capture.HeapOptions;
import io.pprof4j.capture.Rates;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** The knobs of this JVM's engines. */
public final class EngineRates implements Rates {
  private static final int DEFAULT_HZ = 100;

  /** A knob of an engine: how to read it and how to turn it. */
  public record Knob(LongSupplier value, LongConsumer change) {}

  private final Knob memory;
  private final Knob block;
  private final Knob mutex;
  private final AtomicInteger hz =
      new AtomicInteger(
          (int)
              Math.max(
                  1,
                  Math.min(
                      Long.getLong("pprof4j.cpuprofilerate", DEFAULT_HZ), CaptureRequest.MAX_HZ)));

  /** Knobs of the given engines. */
  public EngineRates(Knob memory, Knob block, Knob mutex) {
    this.memory = memory;
    this.block = block;
    this.mutex = mutex;
  }

  /** Turns on what system properties ask for. */
  public void applySystemProperties() {
    long blockNanos = Long.getLong("pprof4j.blockprofilerate", 0);
    if (blockNanos > 0) {
      setBlockProfileRate(blockNanos);
    }
    int fraction = Integer.getInteger("pprof4j.mutexprofilefraction", 0);
    if (fraction > 0) {
      setMutexProfileFraction(fraction);
    }
  }

  @Override
  public long memProfileRate() {
    return memory.value().getAsLong();
  }

  @Override
  public void setMemProfileRate(long bytes) {
    if (bytes < 0 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s must be between 0 and %d, not %d"
              .formatted(HeapOptions.INTERVAL_PROPERTY, Integer.MAX_VALUE, bytes));
    }
    memory.change().accept(bytes);
  }

  @Override
  public int cpuProfileRate() {
    return hz.get();
  }

  @Override
  public void setCpuProfileRate(int newHz) {
    if (newHz < 1 || newHz > CaptureRequest.MAX_HZ) {
      throw new IllegalArgumentException(
          "hz must be between 1 and %d, not %d".formatted(CaptureRequest.MAX_HZ, newHz));
    }
    hz.set(newHz);
  }

  @Override
  public long blockProfileRate() {
    return block.value().getAsLong();
  }

  @Override
  public void setBlockProfileRate(long nanos) {
    block.change().accept(Math.max(0, nanos));
  }

  @Override
  public int mutexProfileFraction() {
    return (int) mutex.value().getAsLong();
  }

  @Override
  public int setMutexProfileFraction(int n) {
    int before = mutexProfileFraction();
    if (n >= 0) {
      mutex.change().accept(n);
    }
    return before;
  }
}
