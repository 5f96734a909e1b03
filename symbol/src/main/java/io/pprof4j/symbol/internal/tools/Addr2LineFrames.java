// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.ObjectTool.Frame;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frames by GNU's addr2line, whose names are completed by those of the symbol table. */
public final class Addr2LineFrames implements AddressFrames {
  /** An address that no binary has: its answer marks the end of the one before. */
  private static final String SENTINEL = "ffffffffffffffff";

  private static final String DISCRIMINATOR = " (discriminator";

  private final ToolDialogue tool;
  private final AddressFrames symbols;

  /** Starts the program for a binary; symbols have the names that it cuts. */
  public Addr2LineFrames(Path program, Path file, AddressFrames symbols) throws IOException {
    this.tool = new ToolDialogue(List.of(program.toString(), "-aif", "-e", file.toString()));
    this.symbols = symbols;
  }

  @Override
  public List<Frame> of(long objectAddress) throws IOException {
    String question = Long.toHexString(objectAddress) + "\n" + SENTINEL + "\n";
    List<Frame> frames = tool.ask(question, Addr2LineFrames::answer);
    return frames.isEmpty() ? frames : withLongerName(frames, objectAddress);
  }

  /**
   * Some versions of addr2line leave out parts of C++ names (binutils bug 17541). The outermost
   * frame is no inlined one, so that the symbol table has its name too.
   */
  private List<Frame> withLongerName(List<Frame> frames, long objectAddress) throws IOException {
    List<Frame> named = symbols.of(objectAddress);
    int last = frames.size() - 1;
    Frame outermost = frames.get(last);
    if (!named.isEmpty() && named.get(0).function().length() > outermost.function().length() + 1) {
      frames.set(last, new Frame(named.get(0).function(), outermost.file(), outermost.line()));
    }
    return frames;
  }

  private static List<Frame> answer(BufferedReader lines) throws IOException {
    String address = line(lines);
    if (!address.startsWith("0x")) {
      throw new IOException("unexpected addr2line output: " + address);
    }
    List<Frame> frames = new ArrayList<>();
    for (String function = line(lines); !function.startsWith("0x"); function = line(lines)) {
      Frame frame = frame(function.equals("??") ? "" : function, line(lines));
      if (!frame.equals(new Frame("", "", 0))) {
        frames.add(frame);
      }
    }
    line(lines); // function and place of the sentinel
    line(lines);
    return frames;
  }

  private static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new EOFException("addr2line ended");
    }
    return line.strip();
  }

  /** Reads {@code file:line}; GNU says {@code ??:?} for an unknown place, LLVM {@code ??:0}. */
  private static Frame frame(String function, String place) {
    if (place.equals("??:0") || place.equals("??:?")) {
      return new Frame(function, "", 0);
    }
    int discriminator = place.indexOf(DISCRIMINATOR);
    String plain = discriminator > 0 ? place.substring(0, discriminator) : place;
    int colon = plain.lastIndexOf(':');
    try {
      return new Frame(
          function, plain.substring(0, colon), Integer.parseInt(plain.substring(colon + 1)));
    } catch (NumberFormatException | IndexOutOfBoundsException noLine) {
      return new Frame(function, plain, 0);
    }
  }

  @Override
  public void close() {
    tool.close();
  }
}
