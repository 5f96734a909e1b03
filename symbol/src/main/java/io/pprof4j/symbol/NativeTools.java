// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.report.ObjectTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;

/** Reads binaries of the system, with the tools that this machine has for them. */
public final class NativeTools implements ObjectTool {
  private final Path workingDirectory;
  private final Map<String, String> variables;
  private final String tools;
  private final boolean fast;

  /**
   * Prepares to read binaries; no tool is started yet.
   *
   * @param workingDirectory what relative file names are relative to
   * @param variables the environment, of which {@code PATH} is used
   * @param tools where to find the tools: directories and {@code tool:directory}, by commas
   */
  public NativeTools(Path workingDirectory, Map<String, String> variables, String tools) {
    this(workingDirectory, Map.copyOf(variables), tools, false);
  }

  private NativeTools(
      Path workingDirectory, Map<String, String> variables, String tools, boolean fast) {
    this.workingDirectory = workingDirectory;
    this.variables = variables;
    this.tools = tools;
    this.fast = fast;
  }

  /** The same tools, satisfied with names if they are had faster than files and lines. */
  public NativeTools withFast(boolean namesOnly) {
    return new NativeTools(workingDirectory, variables, tools, namesOnly);
  }

  /** The build id of a file; empty if it has none. */
  public String buildId(String filename) {
    return NativeBinary.buildId(workingDirectory.resolve(filename));
  }

  @Override
  public ObjectFile open(Image image) throws IOException {
    Path file = workingDirectory.resolve(image.filename());
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException missing) {
      throw new IOException("stat " + image.filename() + ": no such file or directory", missing);
    }
    if (BinaryKind.of(file) != BinaryKind.NATIVE) {
      throw new IOException("unrecognized binary format: " + image.filename());
    }
    throw new IOException("no tool reads " + image.filename() + (fast ? " fast" : ""));
  }

  @Override
  public List<Instruction> disassemble(String filename, Range range, Syntax syntax)
      throws IOException {
    throw new IOException("cannot disasm: no objdump tool available");
  }
}
