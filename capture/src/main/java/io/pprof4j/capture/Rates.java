// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

/**
 * How finely this JVM is profiled. Each knob is also a system property, read when the library
 * starts: {@code pprof4j.memprofilerate}, {@code pprof4j.cpuprofilerate}, {@code
 * pprof4j.blockprofilerate}, {@code pprof4j.mutexprofilefraction}.
 */
public interface Rates {
  /** Mean bytes between two sampled allocations; 0 if allocations are not sampled. */
  long memProfileRate();

  /**
   * Sets the mean bytes between two sampled allocations.
   *
   * @param bytes 1 samples every allocation, 0 none; the default is 524288
   */
  void setMemProfileRate(long bytes);

  /** Samples per second of CPU time in CPU profiles that do not say otherwise. */
  int cpuProfileRate();

  /**
   * Sets the samples per second of CPU time in CPU profiles that do not say otherwise.
   *
   * @param hz 1 to {@value CaptureRequest#MAX_HZ}; the default is 100
   */
  void setCpuProfileRate(int hz);

  /** The shortest wait that the block profile records, in nanoseconds; 0 if it is off. */
  long blockProfileRate();

  /**
   * Turns the block profile on or off.
   *
   * @param nanos 1 records every wait, more only those that last so long, 0 or less none; the
   *     default is 0
   */
  void setBlockProfileRate(long nanos);

  /** The fraction of the mutex profile: 1/n of its finest sampling; 0 if it is off. */
  int mutexProfileFraction();

  /**
   * Turns the mutex profile on or off.
   *
   * @param n 1 looks at the locks 100 times a second, n one n-th as often; 0 is off, the default;
   *     negative changes nothing
   * @return the fraction until now
   */
  int setMutexProfileFraction(int n);
}
