// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ObjectTool;
import io.pprof4j.report.ObjectTool.Frame;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.MethodCode;
import io.pprof4j.report.ObjectTool.ObjectFile;
import io.pprof4j.report.ReportOption;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.report.internal.request.Report;
import io.pprof4j.report.internal.text.ByteOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The instructions around the addresses that a listing shows, by file and line. Addresses whose
 * binary cannot be read are instructions without text.
 */
final class WebListCode implements AutoCloseable {
  /** How many stretches of a binary are disassembled at most, the heaviest ones. */
  private static final int MAX_RANGES = 25;

  /** How far around an address instructions are shown, in bytes. */
  private static final long EXPANSION = 500;

  /** How far an instruction without a line may be from one whose line it takes, in bytes. */
  private static final long NEIGHBOURHOOD = 32;

  /** Where the numbers of bytecode start: between user space and kernel, no memory can be there. */
  private static final long BYTECODE_BASE = Long.MIN_VALUE;

  /** Methods have at most 64 KiB of code; the rest keeps them apart. */
  private static final long BYTECODE_ROOM = 1 << 17;

  /** More bytecode than any page could show. */
  private static final long BYTECODE_SPACE = 1L << 46;

  /** An instruction; {@code text} is empty if the binary cannot be read. */
  record Code(long objectAddress, long length, String text, Frame frame, long flat, long cum) {}

  /** An instruction on a line, and the inlined calls that lead there, outermost first. */
  record Placed(long address, List<Frame> calls) {}

  /** The instructions of a file by line, and the function of each line. */
  static final class SourceCode {
    final TreeMap<Long, List<Placed>> lines = new TreeMap<>();
    final Map<Long, String> functions = new HashMap<>();
  }

  /** Addresses of one binary that are shown together. */
  private record Stretch(long begin, long end, ObjectFile file, Mapping mapping, long weight) {}

  final Map<String, SourceCode> files = new TreeMap<>(ByteOrder.COMPARATOR);
  final Map<Long, Code> instructions = new HashMap<>();

  private final Report report;
  private final WebListSamples samples;
  private final ObjectTool objects;
  private final Map<String, Optional<ObjectFile>> open = new HashMap<>();
  private long bytecodeBase = BYTECODE_BASE;

  WebListCode(Report report, WebListSamples samples, ObjectTool objects) {
    this.report = report;
    this.samples = samples;
    this.objects = objects;
    List<Long> readable = new ArrayList<>();
    samples.locations.forEach(
        (address, location) -> {
          if (file(location).isPresent()) {
            readable.add(address);
          } else {
            addUnreadable(address, location);
          }
        });
    stretches(readable).stream()
        .sorted(Comparator.comparing(Stretch::weight, Comparator.reverseOrder()))
        .limit(MAX_RANGES)
        .forEach(this::disassemble);
    addValues();
    addBytecode();
  }

  @Override
  public void close() {
    open.values().forEach(file -> file.ifPresent(ObjectFile::close));
  }

  private Optional<ObjectFile> file(int location) {
    int row = report.profile().locations().mapping(location);
    if (row == Locations.NO_MAPPING) {
      return Optional.empty();
    }
    Mapping mapping = report.profile().mappings().get(row);
    return open.computeIfAbsent(mapping.filename(), name -> open(mapping));
  }

  private Optional<ObjectFile> open(Mapping mapping) {
    try {
      return Optional.of(
          objects.open(
              new ObjectTool.Image(
                  mapping.filename(), mapping.start(), mapping.limit(), mapping.offset())));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private void addUnreadable(long address, int location) {
    List<Frame> frames = new ArrayList<>();
    Profile profile = report.profile();
    Locations locations = profile.locations();
    Functions functions = profile.functions();
    for (int line = 0; line < locations.lineCount(location); line++) {
      int function = locations.function(location, line);
      frames.add(
          new Frame(
              functions.name(function),
              functions.filename(function),
              locations.line(location, line)));
    }
    Frame innermost = frames.isEmpty() ? new Frame("", "", 0) : frames.get(0);
    instructions.put(address, new Code(address, 1, "", innermost, 0, 0));
    place(address, frames);
  }

  private void place(long address, List<Frame> frames) {
    for (int at = 0; at < frames.size(); at++) {
      Frame frame = frames.get(at);
      if (!samples.functions.contains(frame.function())) {
        continue;
      }
      SourceCode file = files.computeIfAbsent(canonical(frame.file()), name -> new SourceCode());
      List<Frame> calls = new ArrayList<>(frames.subList(0, at));
      java.util.Collections.reverse(calls);
      file.lines
          .computeIfAbsent(frame.line(), line -> new ArrayList<>())
          .add(new Placed(address, calls));
      file.functions.putIfAbsent(frame.line(), frame.function());
    }
  }

  /**
   * Puts the bytecode of methods on their lines. Profiles of JVMs know lines, not instructions, so
   * the instructions have no values of their own: those of the line stand beside it.
   */
  private void addBytecode() {
    Bytecode bytecode = new Bytecode(report.profile(), objects);
    Map<Frame, Set<Long>> sampled = new LinkedHashMap<>();
    for (Code code : List.copyOf(instructions.values())) {
      if (code.text.isEmpty()) {
        sampled
            .computeIfAbsent(
                new Frame(code.frame.function(), code.frame.file(), 0), key -> new HashSet<>())
            .add(code.frame.line());
      }
    }
    sampled.forEach(
        (function, lines) -> {
          if (samples.functions.contains(function.function())) {
            for (MethodCode method : bytecode.of(function.function())) {
              if (method.instructions().stream().anyMatch(code -> lines.contains(code.line()))) {
                addMethod(method, function);
              }
            }
          }
        });
  }

  /** Whether an address stands for an instruction of the JVM. */
  static boolean isBytecode(long address) {
    return address < BYTECODE_BASE + BYTECODE_SPACE; // The base is the smallest number there is.
  }

  private void addMethod(MethodCode method, Frame function) {
    List<Instruction> list = method.instructions();
    for (int at = 0; at < list.size(); at++) {
      Instruction instruction = list.get(at);
      long offset = instruction.address();
      // The last instruction's own length does not matter: nothing follows it.
      long length = at + 1 < list.size() ? list.get(at + 1).address() - offset : 1;
      Frame frame = new Frame(function.function(), function.file(), instruction.line());
      long address = bytecodeBase + offset;
      instructions.put(address, new Code(offset, length, instruction.text(), frame, 0, 0));
      place(address, List.of(frame));
    }
    bytecodeBase += BYTECODE_ROOM;
  }

  private static String canonical(String file) {
    String path = file.startsWith("/proc/self/cwd/") ? file.substring(15) : file;
    return SourcePaths.clean(path.startsWith("./") ? path.substring(2) : path);
  }

  private List<Stretch> stretches(List<Long> addresses) {
    List<Stretch> stretches = new ArrayList<>();
    int at = 0;
    while (at < addresses.size()) {
      long begin = addresses.get(at);
      long end = begin;
      int location = samples.locations.getOrDefault(begin, 0);
      Mapping mapping =
          report.profile().mappings().get(report.profile().locations().mapping(location));
      long weight = 0;
      while (at < addresses.size()
          && Long.compareUnsigned(addresses.get(at), end + 2 * EXPANSION) <= 0
          && (addresses.get(at) == begin
              || Long.compareUnsigned(addresses.get(at), mapping.limit()) < 0)) {
        end = addresses.get(at++);
        weight += samples.flat.getOrDefault(end, 0L);
      }
      stretches.add(
          new Stretch(
              begin - within(begin - mapping.start()),
              end + within(mapping.limit() - end),
              file(location).orElseThrow(),
              mapping,
              weight));
    }
    return stretches;
  }

  private static long within(long room) {
    return Long.compareUnsigned(room, EXPANSION) >= 0 ? EXPANSION : room;
  }

  private void disassemble(Stretch stretch) {
    ObjectTool.Syntax syntax =
        report.options().get(ReportOption.INTEL_SYNTAX)
            ? ObjectTool.Syntax.INTEL
            : ObjectTool.Syntax.ATT;
    try {
      long begin = stretch.file.objectAddress(stretch.begin);
      long end = stretch.file.objectAddress(stretch.end);
      add(
          stretch,
          stretch.begin - begin,
          objects.disassemble(
              stretch.mapping.filename(), new ObjectTool.Range(begin, end), syntax));
    } catch (IOException unreadable) {
      // As in pprof, the addresses of such a stretch are missing from the listing.
      return;
    }
  }

  private void add(Stretch stretch, long base, List<Instruction> list) {
    List<Frame> lastFrames = List.of();
    long lastAddress = 0;
    long largest = 0;
    for (int at = 0; at < list.size(); at++) {
      Instruction instruction = list.get(at);
      long address = instruction.address() + base;
      if (Long.compareUnsigned(address, largest) <= 0) {
        // Disassemblers may print a stretch twice.
        continue;
      }
      largest = address;
      List<Frame> frames = frames(stretch.file, address, instruction);
      Frame innermost = frames.isEmpty() ? new Frame("", "", 0) : frames.get(0);
      long next = at + 1 < list.size() ? list.get(at + 1).address() : instruction.address() + 1;
      long length = Math.max(1, next - instruction.address());
      instructions.put(
          address, new Code(instruction.address(), length, instruction.text(), innermost, 0, 0));
      if (innermost.line() != 0) {
        lastFrames = frames;
        lastAddress = address;
      } else if (address - lastAddress <= NEIGHBOURHOOD && !lastFrames.isEmpty()) {
        frames = lastFrames;
      }
      place(address, frames);
    }
  }

  private static List<Frame> frames(ObjectFile file, long address, Instruction instruction) {
    try {
      return file.frames(address);
    } catch (IOException unknown) {
      return List.of(new Frame(instruction.function(), instruction.file(), instruction.line()));
    }
  }

  /** Samples in the middle of an instruction belong to it. */
  private void addValues() {
    instructions.replaceAll(
        (address, code) -> {
          long flat = 0;
          long cum = 0;
          for (long at = address; at < address + code.length; at++) {
            flat += samples.flat.getOrDefault(at, 0L);
            cum += samples.cum.getOrDefault(at, 0L);
          }
          return new Code(code.objectAddress, code.length, code.text, code.frame, flat, cum);
        });
  }
}
