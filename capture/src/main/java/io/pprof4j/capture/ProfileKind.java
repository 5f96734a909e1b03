// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

/** What a profile of this JVM is about, and the name that it has in Go and on the wire. */
public enum ProfileKind {
  /** CPU time by stack. */
  CPU("profile"),
  /** Live and allocated memory by allocating stack. */
  HEAP("heap"),
  /** The data of {@link #HEAP}, allocated memory first. */
  ALLOCS("allocs"),
  /** Stacks of all threads, platform and virtual. */
  THREADS("goroutine"),
  /** Stacks that created threads. */
  THREADCREATE("threadcreate"),
  /** Time spent waiting, by the stack that waited. */
  BLOCK("block"),
  /** Time that others spent waiting for a lock, by the stack that held it. */
  MUTEX("mutex"),
  /** Elapsed time by stack, whether the thread ran or waited. */
  WALL("wall"),
  /** A profile that the application itself keeps; each has a name of its own. */
  CUSTOM("custom");

  private final String endpoint;

  ProfileKind(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The name in Go's runtime/pprof, which is also the last part of the URL: {@code goroutine}. */
  public String endpoint() {
    return endpoint;
  }
}
