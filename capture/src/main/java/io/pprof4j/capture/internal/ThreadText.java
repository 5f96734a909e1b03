// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.JvmNames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A thread dump as Go writes the goroutines of a program that panics ({@code debug=2}), which tools
 * for such dumps read: {@code goroutine 31 [WAITING, parked, "worker-3"]:}, the frames, and who
 * started the thread.
 */
final class ThreadText {
  private final Appendable out;
  private final FrameAddresses addresses;
  private final ThreadDetails details;
  private final ThreadOrigins origins;

  ThreadText(
      Appendable out, FrameAddresses addresses, ThreadDetails details, ThreadOrigins origins) {
    this.out = out;
    this.addresses = addresses;
    this.details = details;
    this.origins = origins;
  }

  void write(DumpedThread dumped) throws IOException {
    writeHead(dumped);
    for (JavaFrame frame : dumped.frames()) {
      writeFrame(frame);
    }
    Optional<ThreadOrigins.Origin> origin = origins.of(dumped.thread());
    if (origin.isPresent()) {
      writeOrigin(origin.get());
    }
    for (String line : details.lines(dumped.thread())) {
      out.append("\t# ").append(line).append('\n');
    }
    out.append('\n');
  }

  private void writeHead(DumpedThread dumped) throws IOException {
    Thread thread = dumped.thread();
    out.append("goroutine ").append(Long.toString(ThreadIds.of(thread))).append(" [");
    out.append(thread == Thread.currentThread() ? "running" : dumped.state().toString());
    String name = thread.getName();
    if (!name.isEmpty()) {
      out.append(", ").append(Quoted.of(name));
    }
    if (thread.isDaemon() && !VirtualThreads.isVirtual(thread)) {
      out.append(", daemon");
    }
    if (VirtualThreads.isVirtual(thread)) {
      out.append(", virtual");
    }
    writeLabels(dumped.labels());
    out.append("]:\n");
  }

  private void writeLabels(List<Label> labels) throws IOException {
    if (labels.isEmpty()) {
      return;
    }
    out.append(", labels:{");
    String separator = "";
    for (Label label : labels) {
      String text = label.value() instanceof LabelValue.Text value ? value.text() : "";
      out.append(separator).append(Quoted.of(label.key())).append(": ").append(Quoted.of(text));
      separator = ", ";
    }
    out.append('}');
  }

  private void writeFrame(JavaFrame frame) throws IOException {
    if (frame.method().className().isEmpty()) {
      out.append(frame.method().name()).append("(...)\n");
      return;
    }
    out.append(name(frame)).append("(...)\n");
    writePlace(frame);
  }

  /** In the form that Go has since 1.21. */
  private void writeOrigin(ThreadOrigins.Origin origin) throws IOException {
    out.append("created by ").append(name(origin.frame()));
    out.append(" in goroutine ").append(Long.toString(origin.parent())).append('\n');
    writePlace(origin.frame());
  }

  private static String name(JavaFrame frame) {
    return JvmNames.stableClass(frame.method().className()) + "." + frame.method().name();
  }

  private void writePlace(JavaFrame frame) throws IOException {
    String className = JvmNames.stableClass(frame.method().className());
    String systemName =
        className.replace('.', '/') + "." + frame.method().name() + frame.method().descriptor();
    long address = addresses.address(name(frame), systemName, frame.line());
    out.append('\t').append(JvmNames.sourcePath(className, frame.method().sourceFile()));
    out.append(':').append(Integer.toString(frame.line()));
    out.append(" +0x").append(Long.toHexString(FrameAddresses.offset(address))).append('\n');
  }
}
