// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.report.SourceFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLookupTest {
  @TempDir Path directory;

  @Test
  void findsSourceInTheJarOfSourcesBesideTheJar() throws IOException {
    Path jar = archive("shop-1.jar", "com/acme/Shop.class", "x");
    archive("shop-1-sources.jar", "com/acme/Shop.java", "class Shop {\n}\n");

    SourceFinder.SourceText found = lookup(jar).find(request("Shop.java", "com.acme.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop {", "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".m2/repository/com/acme/shop/2/shop-2-sources.jar",
        ".gradle/caches/modules-2/files-2.1/com.acme/shop/2/5f3a/shop-2-sources.jar"
      })
  void findsSourceByTheCoordinatesOfTheJar(String sources) throws IOException {
    Path jar =
        archive(
            "shop.jar",
            "META-INF/maven/com.acme/shop/pom.properties",
            "groupId=com.acme\nartifactId=shop\nversion=2\n");
    archive(sources, "com/acme/Shop.kt", "class Shop\r\n");

    SourceFinder.SourceText found = lookup(jar).find(request("Shop.kt", "com.acme.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop");
  }

  @Test
  void takesNoCoordinatesThatLeadOutOfTheStore() throws IOException {
    Path jar =
        archive(
            "shop.jar",
            "META-INF/maven/com.acme/shop/pom.properties",
            "groupId=com.acme\nartifactId=../../../x\nversion=2\n");
    Files.createDirectories(directory.resolve(".m2/repository/com/acme"));
    Files.createDirectories(directory.resolve(".m2/x/2"));
    archive("x-2-sources.jar", "com/acme/Shop.kt", "class Shop");

    assertThatThrownBy(() -> lookup(jar).find(request("Shop.kt", "com.acme.Shop.sell")))
        .hasMessageContaining("could not find file Shop.kt");
  }

  @Test
  void findsSourceBesideTheJarInTheCacheOfGradle() throws IOException {
    String version = ".gradle/caches/modules-2/files-2.1/com.acme.till/shop/2/";
    Path jar = archive(version + "5f3a/shop-2.jar", "com/acme/Shop.class", "x");
    archive(version + "90c1/shop-2-sources.jar", "com/acme/Shop.kt", "class Shop");

    SourceFinder.SourceText found = lookup(jar).find(request("Shop.kt", "com.acme.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop");
  }

  @ParameterizedTest
  @CsvSource({
    "shop-web-2.1.jar, .m2/repository/com/acme/shop-web/2.1/shop-web-2.1-sources.jar",
    "shop-1.2-api-3.jar, .m2/repository/com/acme/shop-1.2-api/3/shop-1.2-api-3-sources.jar",
    "shop-2-beta-1.jar, .m2/repository/com/acme/till/shop/2-beta-1/shop-2-beta-1-sources.jar",
    "shop-2.jar, .gradle/caches/modules-2/files-2.1/org.other/shop/2/5f/shop-2-sources.jar"
  })
  void findsSourceOfAJarWithoutCoordinatesByItsNameAndPackages(String name, String sources)
      throws IOException {
    Path jar = archive("lib/" + name, "com/acme/till/Shop.class", "x");
    archive(sources, "com/acme/till/Shop.java", "class Shop");

    SourceFinder.SourceText found =
        lookup(jar).find(request("Shop.java", "com.acme.till.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop");
  }

  @Test
  void aDamagedJarDoesNotHideTheDirectoryItIsIn() throws IOException {
    Files.createDirectories(directory.resolve("code/com/acme"));
    Files.writeString(directory.resolve("code/com/acme/Shop.java"), "class Shop");
    Files.writeString(directory.resolve("code/damaged.jar"), "");

    SourceFinder.SourceText found =
        lookup(directory.resolve("code")).find(request("Shop.java", "com.acme.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop");
  }

  @Test
  void namesAJarWithinAnotherByTheOneThatHoldsIt() throws IOException {
    Path inner = archive("shop-2.jar", "com/acme/Shop.class", "x");
    Path outer = directory.resolve("app.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(outer))) {
      out.putNextEntry(new ZipEntry("BOOT-INF/lib/shop-2.jar"));
      out.write(Files.readAllBytes(inner));
    }
    archive(".m2/repository/com/acme/shop/2/shop-2-sources.jar", "com/acme/Shop.kt", "class Shop");
    CodePath path = new CodePath(List.of(outer), ArtifactStores.of(directory, ""));

    CodePath.Found classFile = path.findClass("com/acme/Shop.class");

    assertThat(classFile).isNotNull();
    assertThat(classFile.root().name()).isEqualTo(outer + "!/BOOT-INF/lib/shop-2.jar");
    assertThat(path.findSource("com/acme/Shop.kt")).isNotNull();
  }

  @Test
  void searchesTheDirectoriesAboveAsPprofDoes() throws IOException {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/main.c"), "int main;\n");

    SourceFinder.SourceText found =
        lookup().find(new SourceFinder.Request("main.c", "main", "a/b", ""));

    assertThat(found.lines()).containsExactly("int main;");
  }

  @Test
  void saysWhereItLookedInVain() {
    assertThatThrownBy(() -> lookup().find(new SourceFinder.Request("no.c", "no", "a:b", "")))
        .hasMessage("could not find file no.c on path a:b");
  }

  private SourceLookup lookup(Path... named) {
    return new SourceLookup(
        directory, new CodePath(List.of(named), ArtifactStores.of(directory, "")));
  }

  private static SourceFinder.Request request(String path, String function) {
    return new SourceFinder.Request(path, function, "", "");
  }

  private Path archive(String name, String entry, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(text.getBytes(UTF_8));
    }
    return file;
  }
}
