// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.symbol.ArtifactStores;
import io.pprof4j.symbol.CodePath;
import io.pprof4j.symbol.MappedSources;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceMapTest {
  /** As Kotlin writes it: lines 100 to 102 are of an inlined function that line 7 calls. */
  private static final String KOTLIN =
      """
      SMAP
      Shop.kt
      Kotlin
      *S Kotlin
      *F
      + 1 Shop.kt
      com/acme/Shop
      + 2 Prices.kt
      com/acme/PricesKt
      *L
      1#1,50:1
      20#2,3:100
      *S KotlinDebug
      *F
      + 1 Shop.kt
      com/acme/Shop
      *L
      7#1:100,3
      *E
      """;

  @TempDir Path directory;

  @Test
  void tellsInlinedLinesAndTheirCalls() {
    SourceMap map = SourceMap.parse(KOTLIN);

    assertThat(map.place(101)).isEqualTo(new SourceMap.Place("Prices.kt", "com/acme/PricesKt", 21));
    assertThat(map.call(101)).isEqualTo(new SourceMap.Place("Shop.kt", "com/acme/Shop", 7));
    assertThat(map.place(5)).isEqualTo(new SourceMap.Place("Shop.kt", "com/acme/Shop", 5));
    assertThat(map.place(103)).isNull();
  }

  @Test
  void leavesOutWhatIsMalformed() {
    assertThat(SourceMap.parse("").place(1)).isNull();
    SourceMap map =
        SourceMap.parse("SMAP\na.jsp\nJSP\n*S JSP\n*F\nx\n1 a.jsp\n*L\n?\n3#9:1\n4#1:2\n");
    assertThat(map.place(1)).isNull();
    assertThat(map.place(2)).isEqualTo(new SourceMap.Place("a.jsp", "a.jsp", 4));
  }

  @Test
  void makesTwoFramesOfAnInlinedLine() throws IOException {
    write("com/acme/Shop", "sell", 101, KOTLIN);
    write("com/acme/PricesKt", "sum", 21, "");
    Profile profile = profile("com/acme/Shop.kt", 101);

    Profile resolved = resolve(profile);

    assertThat(frames(resolved))
        .containsExactly(
            "com.acme.PricesKt.sum com/acme/Prices.kt:21", "com.acme.Shop.sell com/acme/Shop.kt:7");
    assertThat(frames(profile)).containsExactly("com.acme.Shop.sell com/acme/Shop.kt:101");
  }

  @Test
  void leavesOwnLinesAndJavaAsTheyAre() throws IOException {
    write("com/acme/Shop", "sell", 101, KOTLIN);

    assertThat(frames(resolve(profile("com/acme/Shop.kt", 5))))
        .containsExactly("com.acme.Shop.sell com/acme/Shop.kt:5");
    Profile java = profile("com/acme/Shop.java", 101);
    assertThat(resolve(java)).isSameAs(java);
  }

  private Profile resolve(Profile profile) {
    return MappedSources.resolve(
        profile, new CodePath(List.of(directory), ArtifactStores.of(directory, "")));
  }

  private static Profile profile(String file, long line) throws IOException {
    Profile empty =
        Profile.read(
            new java.io.ByteArrayInputStream(
                "main;a 1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    ProfileEditor editor = new ProfileEditor(empty);
    int function = editor.addFunction("com.acme.Shop.sell", "com/acme/Shop.sell()V", file, 0);
    editor.locationLines(0, List.of(io.pprof4j.profile.LineSpec.of(function, line)));
    return editor.build();
  }

  private static List<String> frames(Profile profile) {
    Locations locations = profile.locations();
    List<String> frames = new ArrayList<>();
    for (int at = 0; at < locations.lineCount(0); at++) {
      int function = locations.function(0, at);
      frames.add(
          profile.functions().name(function)
              + " "
              + profile.functions().filename(function)
              + ":"
              + locations.line(0, at));
    }
    return frames;
  }

  /** Writes a class with one method, {@code return;} at a line. */
  private void write(String name, String method, int line, String map) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xcafebabe);
    out.writeInt(61);
    String[] texts = {name, method, "()V", "Code", "LineNumberTable", "SourceDebugExtension"};
    out.writeShort(texts.length + 2);
    for (String text : texts) {
      out.writeByte(1);
      out.writeUTF(text);
    }
    out.writeByte(7);
    out.writeShort(1);
    for (int part : new int[] {0x21, 7, 0, 0, 0, 1, 9, 2, 3, 1, 4}) {
      out.writeShort(part);
    }
    out.writeInt(25);
    out.writeInt(0);
    out.writeInt(1);
    out.writeByte(0xb1);
    out.writeShort(0);
    out.writeShort(1);
    out.writeShort(5);
    out.writeInt(6);
    for (int part : new int[] {1, 0, line, map.isEmpty() ? 0 : 1}) {
      out.writeShort(part);
    }
    if (!map.isEmpty()) {
      out.writeShort(6);
      out.writeInt(map.length());
      out.writeBytes(map);
    }
    Path file = directory.resolve(name + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
  }
}
