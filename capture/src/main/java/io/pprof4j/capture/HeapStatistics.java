// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.List;

/**
 * What the heap sampler says of its own work since it was started: the receipt of its cost.
 *
 * @param samples allocations sampled
 * @param lost of these, without a stack or not counted at all: the JVM gave none, memory was
 *     missing
 * @param truncated of these, with more frames than are kept
 * @param notTracked of these, counted as allocated but never as live: memory was missing
 * @param beyondBudget of these, taken while the memory budget was far exceeded; new stacks are then
 *     counted under one made-up frame
 * @param nanosPerSample mean CPU time of one sample, measured on every 16th to 256th
 * @param heldBytes memory held by the native library
 * @param stacks distinct stacks
 * @param buckets distinct pairs of a stack and a size class
 * @param trackedSamples samples watched, whether or not a collection has looked at them yet
 * @param liveSamples samples that survived a collection
 * @param sweeps how often the watched samples were gone over
 * @param sweepNanos CPU time of these
 * @param sweptSamples samples found dead by them
 * @param retiredMethods method ids given up because their class was unloaded
 * @param collections pauses for garbage collection since the library was loaded
 * @param wishedInterval mean bytes between two samples, as asked for
 * @param interval mean bytes between two samples, as in force
 * @param raisedForCpu how often the interval was raised because of the CPU budget
 * @param raisedForMemory how often the interval was raised because of the memory budget
 * @param referenceInterval the last interval asked for that was not 0: what sampled counts refer to
 * @param methods methods named so far
 * @param recognised samples whose stack was not walked, but recognised by its return addresses
 * @param mistaken samples whose stack was recognised, and was another one when it was walked all
 *     the same, as is done now and then
 */
public record HeapStatistics(
    long samples,
    long lost,
    long truncated,
    long notTracked,
    long beyondBudget,
    long nanosPerSample,
    long heldBytes,
    long stacks,
    long buckets,
    long trackedSamples,
    long liveSamples,
    long sweeps,
    long sweepNanos,
    long sweptSamples,
    long retiredMethods,
    long collections,
    long wishedInterval,
    long interval,
    long raisedForCpu,
    long raisedForMemory,
    long referenceInterval,
    long methods,
    long recognised,
    long mistaken) {

  /** Reads the library's answer, whose order is that of the components. */
  static HeapStatistics of(long[] v) {
    return new HeapStatistics(
        v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13],
        v[14], v[15], v[16], v[17], v[18], v[19], v[20], v[21], v[22], v[23]);
  }

  /**
   * The figures as comments of a profile. They begin with {@code #}, so that reports do not print
   * them and only pprof's {@code comments} does.
   */
  public List<String> comments() {
    return List.of(
        "# engine: pprof4j native heap sampler (JVMTI SampledObjectAlloc)",
        ("# interval: %d bytes asked for, %d in force, raised %d times for the CPU budget"
                + " and %d times for the memory budget")
            .formatted(wishedInterval, interval, raisedForCpu, raisedForMemory),
        "# samples: %d taken, %d lost, %d truncated, %d not tracked, %d beyond the memory budget"
            .formatted(samples, lost, truncated, notTracked, beyondBudget),
        "# stacks: %d recognised by their return addresses, %d mistaken"
            .formatted(recognised, mistaken),
        "# cost: %d ns per sample, %d bytes held, %d sweeps in %d ns"
            .formatted(nanosPerSample, heldBytes, sweeps, sweepNanos));
  }
}
