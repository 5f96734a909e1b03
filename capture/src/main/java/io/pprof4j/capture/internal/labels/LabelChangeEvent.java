// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.labels;

import io.pprof4j.jfr.LabelChanges;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The labels of a thread change. Off unless a profile needs it. */
@Name(LabelChangeEvent.NAME)
@Label("Labels Change")
@Description("The profiling labels of the thread change")
@Category("pprof4j")
@Enabled(false)
@StackTrace(false)
public final class LabelChangeEvent extends Event {
  static final String NAME = LabelChanges.EVENT;

  @Label("Before")
  String before = "";

  @Label("After")
  String after = "";
}
