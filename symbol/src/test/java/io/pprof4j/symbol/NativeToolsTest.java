// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pprof4j.report.ObjectTool.Frame;
import io.pprof4j.report.ObjectTool.Image;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.ObjectFile;
import io.pprof4j.report.ObjectTool.Range;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.report.ObjectTool.Syntax;
import io.pprof4j.symbol.internal.binary.ElfFile;
import io.pprof4j.symbol.internal.tools.Addr2LineFrames;
import io.pprof4j.symbol.internal.tools.AddressFrames;
import io.pprof4j.symbol.internal.tools.ToolPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a real program, which is compiled here; without a compiler and tools there is nothing. */
class NativeToolsTest {
  private static final String PROGRAM =
      """
      static inline __attribute__((always_inline)) unsigned mix(unsigned x) {
        return x ^ (x << 13);
      }
      __attribute__((noinline)) unsigned spin(unsigned x) {
        for (unsigned k = 0; k < 9; k++)
          x = mix(x) / (k + 1);
        return x;
      }
      int main(int count, char **arguments) {
        return spin(count);
      }
      """;

  /** Where the mapping is in the process; the loader may choose any page. */
  private static final long MOVED = 0x7f0000000000L;

  @TempDir Path directory;

  @Test
  void namesAddressesOfAMovedProgram() throws Exception {
    compile("program");
    Symbol spin = symbol("program");

    try (ObjectFile file = open("program", "")) {
      List<Frame> frames = file.frames(MOVED + spin.start());

      assertThat(frames.get(frames.size() - 1).function()).isEqualTo("spin");
      assertThat(frames.get(0).file()).endsWith("program.c");
      assertThat(file.objectAddress(MOVED + spin.start())).isEqualTo(spin.start());
      assertThatThrownBy(() -> file.frames(MOVED - 1)).hasMessageContaining("outside the mapping");
    }
  }

  @Test
  void knowsNamesFromTheSymbolTableAlone() throws Exception {
    compile("program");
    Symbol spin = symbol("program");

    try (ObjectFile file = tools("").withFast(true).open(image("program"))) {
      assertThat(file.frames(MOVED + spin.start() + 1)).containsExactly(new Frame("spin", "", 0));
    }
  }

  @Test
  void agreesWithGnusTools() throws Exception {
    compile("program");
    Symbol spin = symbol("program");
    Path addr2line =
        new ToolPaths(directory, System.getenv(), "").find("a", "addr2line").orElse(null);
    assumeThat(addr2line).isNotNull();
    Path file = directory.resolve("program");

    try (AddressFrames frames = new Addr2LineFrames(addr2line, file, address -> List.of());
        ObjectFile best = open("program", "")) {
      for (long address = spin.start(); address < spin.start() + 12; address++) {
        List<Frame> expected = best.frames(MOVED + address);
        assertThat(frames.of(address))
            .extracting(Frame::function, Frame::line)
            .isEqualTo(
                expected.stream()
                    .map(
                        frame ->
                            org.assertj.core.api.Assertions.tuple(frame.function(), frame.line()))
                    .toList());
      }
    }
  }

  @Test
  void disassemblesASymbol() throws Exception {
    compile("program");
    assumeThat(new ToolPaths(directory, System.getenv(), "").find("o", "objdump")).isPresent();
    Symbol spin = symbol("program");

    List<Instruction> code =
        tools("").disassemble("program", new Range(spin.start(), spin.end() + 1), Syntax.ATT);

    assertThat(code.get(0).address()).isEqualTo(spin.start());
    assertThat(code).extracting(Instruction::function).contains("spin");
    assertThat(code).extracting(Instruction::line).contains(2L, 5L);
    assertThat(code).extracting(Instruction::text).anyMatch(text -> text.startsWith("ret"));
  }

  @Test
  void takesNoFileNameForAnOptionOrACommand() throws Exception {
    String name = "-x;touch owned;$(touch owned)";
    compile("program");
    Files.copy(directory.resolve("program"), directory.resolve(name));

    Symbol spin = symbol(name);
    try (ObjectFile file = open(name, "")) {
      assertThat(file.frames(MOVED + spin.start())).isNotEmpty();
    }
    assertThat(tools("").disassemble(name, new Range(spin.start(), spin.end()), Syntax.INTEL))
        .isNotEmpty();
    assertThat(directory.resolve("owned")).doesNotExist();
  }

  @Test
  void looksForToolsOnlyWhereItIsTold() throws Exception {
    compile("program");

    Image image = image("program");
    NativeTools nowhere = new NativeTools(directory, Map.of("PATH", "/nonexistent"), "");
    assertThatThrownBy(() -> nowhere.open(image).frames(image.start()))
        .hasMessageContaining("no llvm-symbolizer, addr2line or nm available");
    assertThatThrownBy(
            () ->
                tools("objdump:/nonexistent,nm:/usr/bin")
                    .disassemble("program", new Range(0, 1), Syntax.ATT))
        .hasMessage("cannot disasm: no objdump tool available");
  }

  @Test
  void saysWhatIsNoBinary() throws IOException {
    Files.writeString(directory.resolve("text"), "text");
    Files.write(directory.resolve("cut"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1});

    assertThatThrownBy(() -> open("absent", "")).hasMessageContaining("stat absent: no such file");
    assertThatThrownBy(() -> open("text", "")).hasMessage("unrecognized binary format: text");
    assertThatThrownBy(() -> open("cut", "")).hasMessageStartingWith("error reading ELF file cut:");
  }

  @Test
  void saysThatNoFileHasANameThatIsNoText() {
    assertThatThrownBy(() -> tools("").open(new Image("a\udcf2b", 0, 1, 0)))
        .hasMessageEndingWith("b: no such file or directory");
    assertThatThrownBy(() -> tools("").open(new Image("a\0b", 0, 1, 0)))
        .hasMessageEndingWith("b: invalid argument");
  }

  private Symbol symbol(String name) throws IOException {
    try (ObjectFile file = open(name, "")) {
      List<Symbol> found = file.symbols("spin"::equals, 0);
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private ObjectFile open(String name, String tools) throws IOException {
    return tools(tools).open(image(name));
  }

  /** As a loader maps the executable segment of a small program, whose pages are in file order. */
  private Image image(String name) throws IOException {
    if (!Files.exists(directory.resolve(name)) || Files.size(directory.resolve(name)) < 64) {
      return new Image(name, MOVED, MOVED + 0x1000, 0);
    }
    ElfFile.Segment code =
        ElfFile.read(directory.resolve(name)).segments().stream()
            .filter(ElfFile.Segment::executable)
            .findFirst()
            .orElseThrow();
    long start = MOVED + code.address();
    return new Image(
        name,
        start & -0x1000,
        (start + code.memorySize() + 0xfff) & -0x1000,
        code.offset() & -0x1000);
  }

  private NativeTools tools(String config) {
    return new NativeTools(directory, Map.of("PATH", System.getenv("PATH")), config);
  }

  private void compile(String name) throws Exception {
    ToolPaths paths = new ToolPaths(directory, System.getenv(), "");
    Path gcc = paths.find("gcc", "gcc", "cc").orElse(null);
    assumeThat(gcc).isNotNull();
    assumeThat(paths.find("nm", "nm")).isPresent();
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    Path source = Files.writeString(directory.resolve(name + ".c"), PROGRAM);
    Process compiler =
        new ProcessBuilder(
                gcc.toString(),
                "-g",
                "-O1",
                "-o",
                directory.resolve(name).toString(),
                source.toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
  }
}
