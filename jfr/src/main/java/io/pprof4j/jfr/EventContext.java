// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static java.util.Objects.requireNonNull;

/**
 * How the events of a recording become samples.
 *
 * @param details what is known of methods besides the recording
 * @param labels the labels of samples
 * @param mainSource the application's main jar or folder, which profiles show as their file; empty
 *     if unknown
 */
public record EventContext(MethodDetails details, EventLabels labels, String mainSource) {
  /** Rejects null parts. */
  public EventContext {
    requireNonNull(details, "details");
    requireNonNull(labels, "labels");
    requireNonNull(mainSource, "mainSource");
  }

  /** For a recording of another JVM: samples are labelled with their thread. */
  public static EventContext ofFile() {
    return new EventContext(MethodDetails.NONE, EventLabels.THREAD, "");
  }
}
