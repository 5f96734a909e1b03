// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.ObjectTool.Frame;
import io.pprof4j.report.ObjectTool.Image;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.symbol.internal.binary.ElfBase;
import io.pprof4j.symbol.internal.binary.ElfFile;
import io.pprof4j.symbol.internal.binary.ElfFile.Segment;
import io.pprof4j.symbol.internal.binary.MachOFile;
import io.pprof4j.symbol.internal.binary.NativeFormat;
import io.pprof4j.symbol.internal.binary.PeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolOutputTest {
  @TempDir Path directory;

  @Test
  void readsWhatGnusObjdumpPrints() {
    String output =
        """

        program:     file format elf64-x86-64


        Disassembly of section .text:

        0000000000001139 <spin>:
        spin():
        /src/a.c:4
            1139:\tmov    %edi,%eax
        /src/a.c:7 (discriminator 2)
            113b:\tretq
        """;

    assertThat(ObjdumpOutput.parse(output))
        .containsExactly(
            new Instruction(0x1139, "mov    %edi,%eax", "spin", "/src/a.c", 4),
            new Instruction(0x113b, "retq", "spin", "/src/a.c", 7));
  }

  @Test
  void readsWhatLlvmsObjdumpPrints() {
    String output =
        """
        0000000000001139 <spin>:
        ; spin():
        ; /src/a.c:4
            1139:      \tmovl\t%edi, %eax
        """;

    assertThat(ObjdumpOutput.parse(output))
        .containsExactly(new Instruction(0x1139, "movl\t%edi, %eax", "spin", "/src/a.c", 4));
  }

  @Test
  void readsTheFramesThatLlvmPrints() {
    String json =
        "{\"Address\":\"0x11\",\"ModuleName\":\"a\",\"Symbol\":["
            + "{\"Column\":3,\"Discriminator\":0,\"FileName\":\"/a \\\"b\\\\.c\",\"FunctionName\":\"in}\","
            + "\"Line\":7,\"StartAddress\":\"\",\"StartFileName\":\"\",\"StartLine\":5},"
            + "{\"Column\":0,\"FileName\":\"\",\"FunctionName\":\"out\",\"Line\":0,\"StartLine\":0}]}";

    assertThat(LlvmFrames.parse(json))
        .containsExactly(new Frame("in}", "/a \"b\\.c", 7, 3, 5), new Frame("out", "", 0));
    assertThat(LlvmFrames.parse("{\"Address\":\"0x11\",\"Error\":{\"Message\":\"no\"}}")).isEmpty();
  }

  @Test
  void findsSymbolsByMangledAndReadableNamesAndByAddress() {
    SymbolList symbols =
        new SymbolList(
            """
                             U printf
            0000000000001000 T _ZN4shop4sellEi
            0000000000001000 T alias
            0000000000001040 t main
            """);

    assertThat(symbols.matching("f", "shop::sell"::equals, 0))
        .containsExactly(new Symbol(List.of("shop::sell"), "f", 0x1000, 0x103f));
    assertThat(symbols.matching("f", "none"::equals, 0x1001))
        .containsExactly(new Symbol(List.of("_ZN4shop4sellEi", "alias"), "f", 0x1000, 0x103f));
    assertThat(symbols.matching("f", "main"::equals, 0))
        .containsExactly(new Symbol(List.of("main"), "f", 0x1040, -1));
    assertThat(symbols.addressOf("alias")).hasValue(0x1000);
  }

  @Test
  void believesTheSizeOfDataOnly() {
    NmFrames symbols = new NmFrames("code T 1000 10\ndata D 2000 8\nend T 3000 10\n");

    assertThat(symbols.of(0x1800)).containsExactly(new Frame("code", "", 0));
    assertThat(symbols.of(0x2007)).containsExactly(new Frame("data", "", 0));
    assertThat(symbols.of(0x2008)).isEmpty();
    assertThat(symbols.of(0x0fff)).isEmpty();
    assertThat(symbols.of(0x3010)).isEmpty();
  }

  @Test
  void placesExecutablesLibrariesAndKernels() throws IOException {
    Segment code = new Segment(0x1000, 0x401000, 0x500, 0x500, 0x1000, true);

    ElfBase fixed = base(ElfFile.TYPE_EXECUTABLE, new Image("a", 0x401000, 0x402000, 0x1000), 0);
    assertThat(fixed.of(code)).isZero();
    ElfBase moved =
        base(ElfFile.TYPE_SHARED, new Image("a", 0x7f0000401000L, 0x7f0000402000L, 0x1000), 0);
    assertThat(moved.of(code)).isEqualTo(0x7f0000000000L);
    ElfBase everything = base(ElfFile.TYPE_SHARED, new Image("a", 0, -1, 0), 0);
    assertThat(everything.of(code)).isZero();
    Segment kernelCode = new Segment(0x200000, 0xffffffff80200000L, 0x500, 0x500, 0x1000, true);
    ElfBase kernel =
        base(
            ElfFile.TYPE_EXECUTABLE,
            new Image("vmlinux", 0xffffffff83200198L, 0xffffffff84200000L, 0),
            0xffffffff80200198L);
    assertThat(kernel.of(kernelCode)).isEqualTo(0x3000000);
  }

  @Test
  void readsWhereWindowsAndMacBinariesExpectToBe() throws IOException {
    ByteBuffer pe = ByteBuffer.allocate(0x100).order(ByteOrder.LITTLE_ENDIAN);
    pe.putShort(0, (short) 0x5a4d).putInt(0x3c, 0x40).putShort(0x58, (short) 0x20b);
    pe.putLong(0x58 + 24, 0x140000000L);
    ByteBuffer mach = ByteBuffer.allocate(0x100).order(ByteOrder.LITTLE_ENDIAN);
    mach.putInt(0, 0xfeedfacf).putInt(16, 1).putInt(20, 72).putInt(32, 0x19).putInt(36, 72);
    mach.position(40).put("__TEXT".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    mach.putLong(56, 0x100000000L);
    Path windows = Files.write(directory.resolve("a.exe"), pe.array());
    Path mac = Files.write(directory.resolve("a"), mach.array());

    assertThat(NativeFormat.of(windows)).isEqualTo(NativeFormat.PE);
    assertThat(PeFile.base(windows, 0x7ff000000000L)).isEqualTo(0x7ff000000000L - 0x140000000L);
    assertThat(PeFile.base(windows, 0)).isZero();
    assertThat(NativeFormat.of(mac)).isEqualTo(NativeFormat.MACH_O);
    assertThat(MachOFile.base(mac, 0x104000000L)).isEqualTo(0x4000000);
  }

  private ElfBase base(int type, Image image, long kernelSymbol) throws IOException {
    ByteBuffer elf = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    elf.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(16, (short) type);
    Path file = Files.write(directory.resolve("elf"), elf.array());
    OptionalLong symbol = kernelSymbol == 0 ? OptionalLong.empty() : OptionalLong.of(kernelSymbol);
    return new ElfBase(ElfFile.read(file), image, symbol);
  }
}
