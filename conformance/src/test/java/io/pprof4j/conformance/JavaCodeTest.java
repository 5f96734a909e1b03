// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Source and bytecode of a CPU profile of sendjson, as the distribution's launcher shows them. */
class JavaCodeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path LIBRARIES = ROOT.resolve("dist/target/pprof4j/lib");
  private static final Path PROFILE =
      Path.of("src/test/resources/java/sendjson-cpu.pb.gz").toAbsolutePath();

  @BeforeEach
  void needsTheDistribution() {
    assumeTrue(
        Files.isExecutable(ROOT.resolve("dist/target/pprof4j/bin/pprof")),
        "SKIPPED: the distribution is not built; mvn verify builds it before this test");
  }

  @Test
  void listsOwnCodeFromTheSourceTree() throws Exception {
    String own = "sample/src/main/java";
    String listed = pprof("-list=SendJson.serve", ROOT.resolve(own).toString(), PROFILE.toString());

    assertThat(listed)
        .contains("ROUTINE ======================== io.pprof4j.sample.SendJson.serve");
    assertThat(listed).doesNotContain("Note:", "Error:");
    String source = Files.readString(ROOT.resolve(own + "/io/pprof4j/sample/SendJson.java"));
    assertThat(listed.lines().filter(line -> line.matches(" +\\S+ +\\S+ +\\d+:.*")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(source).contains(line.substring(line.indexOf(':') + 1)));
  }

  @Test
  void listsLibrariesDecompiled() throws Exception {
    String listed =
        pprof("-list=HttpUtils.validateAscii", LIBRARIES.toString(), PROFILE.toString());

    assertThat(listed).containsPattern(" Note: decompiled from .*vertx-core-[0-9.]*\\.jar");
    assertThat(listed).contains("80ms       80ms (flat, cum)");
  }

  @Test
  void listsTheJdkFromItsSourceArchive() throws Exception {
    assumeTrue(
        Files.isReadable(Path.of(System.getProperty("java.home"), "lib/src.zip")),
        "SKIPPED: this JDK has no src.zip");

    assertThat(pprof("-list=java.util.Arrays.copyOfRange", PROFILE.toString()))
        .contains("ROUTINE ======================== java.util.Arrays.copyOfRange")
        .doesNotContain("Note:", "Error:");
  }

  @Test
  void showsBytecodeWithItsCost() throws Exception {
    String code =
        pprof("-disasm=HttpUtils.validateAscii", LIBRARIES.toString(), PROFILE.toString());
    assertThat(code).contains("invokevirtual io/netty/util/AsciiString.length:()I");
    assertThat(code).containsPattern("80ms +80ms +[0-9a-f]+: ");

    String page =
        pprof(
            "-weblist=HttpUtils.validateAscii",
            "-output=/dev/stdout",
            LIBRARIES.toString(),
            PROFILE.toString());
    assertThat(page).contains("invokevirtual io/netty/util/AsciiString.length:()I", "livesrc");
  }

  private static String pprof(String... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(ROOT.resolve("bin/pprof").toString());
    builder.command().addAll(List.of(args));
    builder.directory(LIBRARIES.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }
}
