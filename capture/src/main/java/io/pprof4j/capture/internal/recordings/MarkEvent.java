// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.recordings;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A mark in the stream of events: all that happened before it has arrived when it has. */
@Name(MarkEvent.NAME)
@Label("Mark")
@Description("A mark in the stream of events")
@Category("pprof4j")
@Enabled(false)
@StackTrace(false)
final class MarkEvent extends Event {
  static final String NAME = "io.pprof4j.Mark";

  @Label("Number")
  long number;
}
