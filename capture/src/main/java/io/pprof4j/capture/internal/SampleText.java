// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.capture.FrameAddresses;
import io.pprof4j.capture.JavaFrame;
import io.pprof4j.profile.Function;
import io.pprof4j.profile.JvmMethod;
import io.pprof4j.profile.JvmNames;
import io.pprof4j.profile.Label;
import io.pprof4j.profile.LabelValue;
import io.pprof4j.profile.Line;
import io.pprof4j.profile.Location;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * Profiles as Go's runtime/pprof writes them with {@code debug=1}: for people, and readable by
 * pprof's reader of old formats.
 */
public final class SampleText {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

  private final FrameAddresses addresses;

  private record Frame(String name, String systemName, String file, long line) {}

  /** Text whose frames have the given addresses. */
  public SampleText(FrameAddresses addresses) {
    this.addresses = addresses;
  }

  /** A profile that counts something in its only column, most frequent stacks first. */
  public void writeCounts(String name, Profile profile, Appendable out) throws IOException {
    out.append(name).append(" profile: total ").append(Long.toString(profile.total(0)));
    out.append('\n');
    for (Sample sample : byDescending(profile, sample -> sample.value(0))) {
      out.append(Long.toString(sample.value(0)));
      writeStack(sample, out);
    }
  }

  /**
   * A profile of contentions and delays, longest delay first. The unit of delay is called a cycle
   * in this format; ours is the nanosecond.
   *
   * @param head the first line, {@code contention} or {@code mutex}
   * @param samplingPeriod for the head, not written if 0
   */
  public void writeContentions(String head, long samplingPeriod, Profile profile, Appendable out)
      throws IOException {
    out.append("--- ").append(head).append(":\ncycles/second=1000000000\n");
    if (samplingPeriod > 0) {
      out.append("sampling period=").append(Long.toString(samplingPeriod)).append('\n');
    }
    for (Sample sample : byDescending(profile, sample -> sample.value(1))) {
      out.append(Long.toString(sample.value(1))).append(' ');
      out.append(Long.toString(sample.value(0)));
      writeStack(sample, out);
    }
  }

  private static List<Sample> byDescending(Profile profile, ToLongFunction<Sample> value) {
    List<Sample> samples = new ArrayList<>();
    profile.samples().forEach(samples::add);
    samples.sort(Comparator.comparingLong(value).reversed());
    return samples;
  }

  private void writeStack(Sample sample, Appendable out) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (Location location : sample.locations()) {
      for (Line line : location.lines()) {
        Function function = line.function();
        frames.add(
            new Frame(function.name(), function.systemName(), function.filename(), line.line()));
      }
    }
    writeStack(frames, sample.labels(), out);
  }

  /** The addresses of a stack, then its frames as comments, then an empty line. */
  public void writeStack(List<JavaFrame> stack, Appendable out) throws IOException {
    writeStack(stack.stream().map(SampleText::frame).toList(), List.of(), out);
  }

  /** Names as in {@link io.pprof4j.profile.JvmFrames}. */
  private static Frame frame(JavaFrame frame) {
    JvmMethod method = frame.method();
    if (method.className().isEmpty()) {
      return new Frame(method.name(), "", "", 0);
    }
    String className = JvmNames.stableClass(method.className());
    return new Frame(
        className + "." + method.name(),
        className.replace('.', '/') + "." + method.name() + method.descriptor(),
        JvmNames.sourcePath(className, method.sourceFile()),
        frame.line());
  }

  private void writeStack(List<Frame> frames, List<Label> labels, Appendable out)
      throws IOException {
    out.append(" @");
    for (Frame frame : frames) {
      out.append(" 0x").append(Long.toHexString(address(frame)));
    }
    out.append('\n');
    writeLabels(labels, out);
    for (Frame frame : frames) {
      writeFrame(frame, out);
    }
    out.append('\n');
  }

  private static void writeLabels(List<Label> labels, Appendable out) throws IOException {
    List<Label> sorted = new ArrayList<>(labels);
    sorted.removeIf(label -> !(label.value() instanceof LabelValue.Text));
    if (sorted.isEmpty()) {
      return;
    }
    sorted.sort(Comparator.comparing(Label::key));
    out.append("# labels: {");
    String separator = "";
    for (Label label : sorted) {
      String text = label.value() instanceof LabelValue.Text value ? value.text() : "";
      out.append(separator).append(Quoted.of(label.key())).append(':').append(Quoted.of(text));
      separator = ", ";
    }
    out.append("}\n");
  }

  private void writeFrame(Frame frame, Appendable out) throws IOException {
    long address = address(frame);
    out.append("#\t0x").append(Long.toHexString(address));
    out.append('\t').append(oneLine(frame.name()));
    out.append("+0x").append(Long.toHexString(FrameAddresses.offset(address)));
    out.append("\t\t").append(oneLine(frame.file()));
    out.append(':').append(Long.toString(frame.line())).append('\n');
  }

  private long address(Frame frame) {
    return addresses.address(frame.name(), frame.systemName(), frame.line());
  }

  /** Names come from class files, which may hold any character. */
  private static String oneLine(String name) {
    // Nearly no name holds one, and a text has hundreds of thousands of names: no regex here.
    for (int at = 0; at < name.length(); at++) {
      if (Character.isISOControl(name.charAt(at))) {
        return CONTROL.matcher(name).replaceAll("?");
      }
    }
    return name;
  }
}
