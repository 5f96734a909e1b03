// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pprof4j.report.ObjectTool;
import io.pprof4j.report.ObjectTool.Instruction;
import io.pprof4j.report.ObjectTool.MethodCode;
import io.pprof4j.symbol.internal.code.BytecodeDisassembler;
import io.pprof4j.symbol.internal.code.ClassFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeToolsTest {
  /** An instruction in the output of javap: offset, colon, name. */
  private static final Pattern JAVAP = Pattern.compile("^ +(\\d+): ([a-z]\\w*)( .*)?$");

  @TempDir Path directory;

  @Test
  void showsTheInstructionsOfClassesOfTheRunningJdk() {
    List<MethodCode> found = tools().bytecode("java.util.Objects.requireNonNull", "");

    assertThat(found)
        .extracting(MethodCode::systemName)
        .contains("java/util/Objects.requireNonNull(Ljava/lang/Object;)Ljava/lang/Object;");
    List<Instruction> code = found.get(0).instructions();
    assertThat(code)
        .extracting(Instruction::text)
        .containsExactly(
            "aload_0",
            "ifnonnull c",
            "new java/lang/NullPointerException",
            "dup",
            "invokespecial java/lang/NullPointerException.<init>:()V",
            "athrow",
            "aload_0",
            "areturn");
    assertThat(code).extracting(Instruction::file).containsOnly("Objects.java");
    assertThat(code.get(0).line()).isLessThan(code.get(7).line());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.regex.Pattern",
        "java.lang.String",
        "java.util.Formatter",
        "java.math.BigDecimal"
      })
  void readsTheSameInstructionsAsJavap(String className) throws IOException {
    assumeThat(ToolProvider.findFirst("javap")).isPresent();
    List<String> expected = new ArrayList<>();
    StringWriter output = new StringWriter();
    ToolProvider.findFirst("javap")
        .orElseThrow()
        .run(new PrintWriter(output), new PrintWriter(output), "-c", "-p", className);
    Matcher line = JAVAP.matcher("");
    output
        .toString()
        .lines()
        .forEach(
            text -> {
              line.reset(text);
              if (line.matches()) {
                expected.add(line.group(1) + " " + line.group(2));
              }
            });

    List<String> found = new ArrayList<>();
    ClassFile classFile = ClassFile.parse(classBytes(className));
    for (ClassFile.Method method : classFile.methods()) {
      for (Instruction code : BytecodeDisassembler.disassemble(classFile, method)) {
        String name = code.text().split(" ", 2)[0];
        found.add(code.address() + " " + name);
      }
    }

    assertThat(expected).hasSizeGreaterThan(500);
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void choosesTheOverloadThatTheSystemNameTells() {
    List<MethodCode> found =
        tools().bytecode("java.lang.String.indexOf", "java/lang/String.indexOf(I)I");

    assertThat(found)
        .extracting(MethodCode::systemName)
        .containsExactly("java/lang/String.indexOf(I)I");
    assertThat(tools().bytecode("java.lang.String.indexOf", "")).hasSizeGreaterThan(3);
  }

  @Test
  void readsDirectoriesOfClassesAndJars() throws IOException {
    byte[] bytes = classBytes(CodeToolsTest.class.getName());
    String path = CodeToolsTest.class.getName().replace('.', '/') + ".class";
    Path classes = directory.resolve("classes");
    Files.createDirectories(classes.resolve(path).getParent());
    Files.write(classes.resolve(path), bytes);
    Path jar = zip("a.jar", path, bytes);

    for (Path place : List.of(classes, jar)) {
      List<MethodCode> found =
          tools(place).bytecode(CodeToolsTest.class.getName() + ".readsDirectories", "");
      assertThat(found).isEmpty();
      found = tools(place).bytecode(CodeToolsTest.class.getName() + ".classBytes", "");
      assertThat(found).hasSize(1);
      assertThat(found.get(0).origin()).isEqualTo(place.toString());
    }
  }

  @Test
  void prefersTheClassesOfAMultiReleaseJarThatThisJavaLoads() throws IOException {
    String path = "java/util/Objects.class";
    byte[] other = classBytes("java.util.regex.Pattern");
    Path jar = directory.resolve("multi.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      put(out, path, other);
      put(out, "META-INF/versions/999/" + path, other);
      put(out, "META-INF/versions/11/" + path, classBytes("java.util.Objects"));
    }

    List<MethodCode> found = tools(jar).bytecode("java.util.Objects.requireNonNull", "");

    assertThat(found).isNotEmpty();
    assertThat(found.get(0).origin()).isEqualTo(jar.toString());
  }

  @Test
  void readsModulesOfTheJdk() {
    Path module = Path.of(System.getProperty("java.home"), "jmods", "java.base.jmod");
    assumeThat(module).isRegularFile();

    List<MethodCode> found = tools(module).bytecode("java.util.Objects.requireNonNull", "");

    assertThat(found).isNotEmpty();
    assertThat(found.get(0).origin()).isEqualTo(module.toString());
  }

  @Test
  void neverLeavesTheDirectoryOfClasses() throws IOException {
    Files.createDirectories(directory.resolve("classes"));
    Files.write(directory.resolve("Secret.class"), classBytes("java.util.Objects"));
    Files.write(directory.resolve("classes/Open.class"), classBytes("java.util.Objects"));

    ObjectTool tools = tools(directory.resolve("classes"));

    assertThat(tools.bytecode("", "Open.requireNonNull()V")).isNotEmpty();
    assertThat(tools.bytecode("", "../Secret.requireNonNull()V")).isEmpty();
    assertThat(tools.bytecode("", directory + "/Secret.requireNonNull()V")).isEmpty();
  }

  @Test
  void findsNothingInDamagedClasses() throws IOException {
    byte[] bytes = classBytes("java.util.Objects");
    for (int length = 0; length < bytes.length - 1; length += 97) {
      Path jar =
          zip("cut" + length + ".jar", "a/Cut.class", java.util.Arrays.copyOf(bytes, length));

      assertThat(tools(jar).bytecode("a.Cut.requireNonNull", "")).isEmpty();
    }
  }

  @Test
  void knowsNoBytecodeOfOtherLanguages() {
    assertThat(tools().bytecode("std::vector::push_back", "_ZNSt6vector9push_backEv")).isEmpty();
    assertThat(tools().bytecode("net/http.(*conn).serve", "net/http.(*conn).serve")).isEmpty();
    assertThat(tools().bytecode("main", "main")).isEmpty();
  }

  private ObjectTool tools(Path... named) {
    return new CodeTools(
        new CodePath(List.of(named), ArtifactStores.of(directory, "")), ObjectTool.NONE);
  }

  private Path zip(String name, String entry, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      put(out, entry, bytes);
    }
    return file;
  }

  private static void put(ZipOutputStream out, String entry, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(entry));
    out.write(bytes);
  }

  private static byte[] classBytes(String className) throws IOException {
    String path = "/" + className.replace('.', '/') + ".class";
    try (InputStream in = Object.class.getResourceAsStream(path)) {
      if (in != null) {
        return in.readAllBytes();
      }
    }
    try (InputStream in = CodeToolsTest.class.getResourceAsStream(path)) {
      return java.util.Objects.requireNonNull(in, path).readAllBytes();
    }
  }
}
