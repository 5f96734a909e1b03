// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.JavaFrame;
import io.pprof4j.capture.internal.Quoted;
import io.pprof4j.capture.internal.ThreadIds;
import io.pprof4j.capture.internal.VirtualThreads;
import io.pprof4j.profile.JvmNames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A thread dump as Go writes the goroutines of a program that panics ({@code debug=2}), which tools
 * for such dumps read: {@code goroutine 31 [WAITING, parked, "worker-3"]:}, the frames, and who
 * started the thread.
 */
final class ThreadText {
  /** Stacks whose text is kept; most threads have one that others have too. */
  private static final int MOST_TEXTS = 1000;

  private final Appendable out;
  private final FrameAddresses addresses;
  private final ThreadDetails details;
  private final ThreadOrigins origins;
  private final IdentityHashMap<List<JavaFrame>, String> texts = new IdentityHashMap<>();

  ThreadText(
      Appendable out, FrameAddresses addresses, ThreadDetails details, ThreadOrigins origins) {
    this.out = out;
    this.addresses = addresses;
    this.details = details;
    this.origins = origins;
  }

  void write(DumpedThread dumped) throws IOException {
    writeHead(dumped);
    out.append(text(dumped.frames()));
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

  /** Threads with the same stack share its list of frames. */
  private String text(List<JavaFrame> frames) {
    String known = texts.get(frames);
    if (known != null) {
      return known;
    }
    StringBuilder text = new StringBuilder();
    for (JavaFrame frame : frames) {
      appendFrame(frame, text);
    }
    if (texts.size() == MOST_TEXTS) {
      texts.clear();
    }
    texts.put(frames, text.toString());
    return text.toString();
  }

  private void appendFrame(JavaFrame frame, StringBuilder text) {
    if (frame.method().className().isEmpty()) {
      text.append(frame.method().name()).append("(...)\n");
      return;
    }
    text.append(name(frame)).append("(...)\n");
    appendPlace(frame, text);
  }

  /** In the form that Go has since 1.21. */
  private void writeOrigin(ThreadOrigins.Origin origin) throws IOException {
    StringBuilder text = new StringBuilder("created by ").append(name(origin.frame()));
    text.append(" in goroutine ").append(origin.parent()).append('\n');
    appendPlace(origin.frame(), text);
    out.append(text);
  }

  private static String name(JavaFrame frame) {
    return JvmNames.stableClass(frame.method().className()) + "." + frame.method().name();
  }

  private void appendPlace(JavaFrame frame, StringBuilder text) {
    String className = JvmNames.stableClass(frame.method().className());
    String systemName =
        className.replace('.', '/') + "." + frame.method().name() + frame.method().descriptor();
    long address = addresses.address(name(frame), systemName, frame.line());
    text.append('\t').append(JvmNames.sourcePath(className, frame.method().sourceFile()));
    text.append(':').append(frame.line());
    text.append(" +0x").append(Long.toHexString(FrameAddresses.offset(address))).append('\n');
  }
}
