// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.report.ObjectTool;
import io.pprof4j.symbol.internal.binary.ElfBase;
import io.pprof4j.symbol.internal.binary.ElfFile;
import io.pprof4j.symbol.internal.binary.MachOFile;
import io.pprof4j.symbol.internal.binary.NativeFormat;
import io.pprof4j.symbol.internal.binary.PeFile;
import io.pprof4j.symbol.internal.tools.Addr2LineFrames;
import io.pprof4j.symbol.internal.tools.AddressFrames;
import io.pprof4j.symbol.internal.tools.LlvmFrames;
import io.pprof4j.symbol.internal.tools.NmFrames;
import io.pprof4j.symbol.internal.tools.ObjdumpOutput;
import io.pprof4j.symbol.internal.tools.SymbolList;
import io.pprof4j.symbol.internal.tools.ToolPaths;
import io.pprof4j.symbol.internal.tools.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads binaries of the system, with the tools that this machine has for them: llvm-symbolizer or
 * addr2line, nm, and objdump. No shell is between. File names reach the tools as arguments of their
 * own and absolute, so that none can be taken for an option ({@code --}, which would say the same,
 * is an error to LLVM's nm).
 */
public final class NativeTools implements ObjectTool {
  private static final Set<String> PADDING = Set.of("int3", "nop");

  /** Loaded when a tool is asked for its version. */
  private static final class Versions {
    private static final Pattern LLVM =
        Pattern.compile("LLVM version (?:(\\d{1,6})\\.(\\d+)\\.(\\d+)|.*(trunk))");
  }

  /** Older ones lack options. */
  private static final int MIN_LLVM_OBJDUMP = 8;

  private final Path workingDirectory;
  private final ToolPaths paths;
  private final boolean fast;

  /**
   * Prepares to read binaries; no tool is started yet.
   *
   * @param workingDirectory what relative file names are relative to
   * @param variables the environment, of which {@code PATH} is used
   * @param tools where to find the tools: directories and {@code tool:directory}, by commas
   */
  public NativeTools(Path workingDirectory, Map<String, String> variables, String tools) {
    this(workingDirectory, new ToolPaths(workingDirectory, variables, tools), false);
  }

  private NativeTools(Path workingDirectory, ToolPaths paths, boolean fast) {
    this.workingDirectory = workingDirectory;
    this.paths = paths;
    this.fast = fast;
  }

  /** The same tools, satisfied with names if they are had faster than files and lines. */
  public NativeTools withFast(boolean namesOnly) {
    return new NativeTools(workingDirectory, paths, namesOnly);
  }

  /**
   * The build id of a file; empty if it has none.
   *
   * @throws IOException if no file can have that name
   */
  public String buildId(String filename) throws IOException {
    return NativeBinary.buildId(resolve(filename));
  }

  @Override
  public ObjectFile open(Image image) throws IOException {
    Path file = resolve(image.filename());
    try {
      Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException missing) {
      throw missing(image.filename(), missing);
    }
    return switch (NativeFormat.of(file)) {
      case ELF -> openElf(image, file);
      case MACH_O -> fixed(image, MachOFile.base(file, image.start()));
      case PE -> fixed(image, PeFile.base(file, image.start()));
      case OTHER -> throw new IOException("unrecognized binary format: " + image.filename());
    };
  }

  private ObjectFile fixed(Image image, long base) {
    return new NativeObject(image, address -> base, this);
  }

  private ObjectFile openElf(Image image, Path file) throws IOException {
    try {
      ElfFile elf = ElfFile.read(file);
      OptionalLong kernelSymbol =
          ElfBase.needsKernelSymbol(image) && nm().isPresent()
              ? symbolsOf(image.filename()).addressOf("_stext")
              : OptionalLong.empty();
      ElfBase base = new ElfBase(elf, image, kernelSymbol);
      base.of(elf.textSegment()); // Whether there is one at all is to be known now.
      return new NativeObject(image, base::ofAddress, this);
    } catch (IOException e) {
      throw new IOException(
          "error reading ELF file " + image.filename() + ": " + e.getMessage(), e);
    }
  }

  /** What knows the frames of a file: the best tool there is. */
  AddressFrames framesOf(String filename) throws IOException {
    Path file = absolute(filename);
    Optional<Path> llvm =
        fast ? Optional.empty() : paths.find("llvm-symbolizer", "llvm-symbolizer");
    if (llvm.isPresent()) {
      return new LlvmFrames(llvm.get(), file);
    }
    Optional<Path> nm = nm().or(() -> paths.onSearchPath("nm"));
    AddressFrames symbols =
        nm.isPresent() ? new NmFrames(nm.get(), file) : objectAddress -> List.of();
    Optional<Path> addr2line =
        fast ? Optional.empty() : paths.find("addr2line", "addr2line", "gaddr2line");
    if (addr2line.isPresent()) {
      return new Addr2LineFrames(addr2line.get(), file, symbols);
    }
    if (nm.isEmpty()) {
      throw new IOException("cannot symbolize: no llvm-symbolizer, addr2line or nm available");
    }
    return symbols;
  }

  /** The symbols of a file. */
  SymbolList symbolsOf(String filename) throws IOException {
    Path nm = nm().orElseThrow(() -> new IOException("cannot read symbols: no nm tool available"));
    return new SymbolList(
        ToolRun.output(List.of(nm.toString(), "-n", absolute(filename).toString())));
  }

  private Optional<Path> nm() {
    return paths.find("nm", "llvm-nm", "nm", "gnm");
  }

  private Path absolute(String filename) throws IOException {
    return resolve(filename).toAbsolutePath();
  }

  /** Names come from profiles, and may have bytes that are no text. */
  private Path resolve(String filename) throws IOException {
    try {
      return workingDirectory.resolve(filename);
    } catch (InvalidPathException noFile) {
      throw filename.indexOf('\0') < 0
          ? missing(filename, noFile)
          : new IOException("stat " + filename + ": invalid argument", noFile);
    }
  }

  private static IOException missing(String filename, Exception cause) {
    return new IOException("stat " + filename + ": no such file or directory", cause);
  }

  /** A disassembler, and which of the two kinds it is. */
  private record Objdump(Path program, boolean llvm) {}

  private Optional<Objdump> objdump() {
    for (String name : new String[] {"llvm-objdump", "objdump", "gobjdump"}) {
      Optional<Path> program = paths.find("objdump", name);
      String version = program.map(NativeTools::version).orElse("");
      if (isRecentLlvm(version)) {
        return program.map(path -> new Objdump(path, true));
      }
      if (version.contains("GNU objdump")) {
        return program.map(path -> new Objdump(path, false));
      }
    }
    return Optional.empty();
  }

  private static String version(Path program) {
    try {
      return ToolRun.output(List.of(program.toString(), "--version"));
    } catch (IOException unusable) {
      return "";
    }
  }

  private static boolean isRecentLlvm(String version) {
    Matcher matcher = Versions.LLVM.matcher(version);
    return matcher.find()
        && (matcher.group(4) != null || Integer.parseInt(matcher.group(1)) >= MIN_LLVM_OBJDUMP);
  }

  @Override
  public List<Instruction> disassemble(String filename, Range range, Syntax syntax)
      throws IOException {
    Objdump objdump =
        objdump().orElseThrow(() -> new IOException("cannot disasm: no objdump tool available"));
    List<String> command =
        new ArrayList<>(
            List.of(
                objdump.program.toString(),
                "--disassemble",
                "--demangle",
                "--no-show-raw-insn",
                "--line-numbers",
                "--start-address=0x" + Long.toHexString(range.begin()),
                "--stop-address=0x" + Long.toHexString(range.end())));
    if (syntax == Syntax.INTEL) {
      command.addAll(objdump.llvm ? List.of("--x86-asm-syntax=intel") : List.of("-M", "intel"));
    }
    command.add(absolute(filename).toString());
    return withoutPadding(ObjdumpOutput.parse(ToolRun.output(command)), range);
  }

  /**
   * The instructions without the filling before the next function, if it is one of a byte: as
   * pprof, which stops a byte earlier, but not where that byte is a return.
   */
  private static List<Instruction> withoutPadding(List<Instruction> code, Range range) {
    if (code.isEmpty()) {
      return code;
    }
    Instruction last = code.get(code.size() - 1);
    boolean isPadding = PADDING.contains(last.text().strip());
    return isPadding && last.address() == range.end() - 1 ? code.subList(0, code.size() - 1) : code;
  }
}
