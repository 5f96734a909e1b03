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

class SourceLookupTest {
  @TempDir Path directory;

  @Test
  void findsSourceInTheJarOfSourcesBesideTheJar() throws IOException {
    Path jar = archive("shop-1.jar", "com/acme/Shop.class", "x");
    archive("shop-1-sources.jar", "com/acme/Shop.java", "class Shop {\n}\n");

    SourceFinder.SourceText found = lookup(jar).find(request("Shop.java", "com.acme.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop {", "}");
  }

  @Test
  void findsSourceByTheCoordinatesOfTheJar() throws IOException {
    Path jar =
        archive(
            "shop.jar",
            "META-INF/maven/com.acme/shop/pom.properties",
            "groupId=com.acme\nartifactId=shop\nversion=2\n");
    Files.createDirectories(directory.resolve("repository/com/acme/shop/2"));
    archive("repository/com/acme/shop/2/shop-2-sources.jar", "com/acme/Shop.kt", "class Shop\r\n");

    SourceFinder.SourceText found = lookup(jar).find(request("Shop.kt", "com.acme.Shop.sell"));

    assertThat(found.lines()).containsExactly("class Shop");
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
        directory, new CodePath(List.of(named), directory.resolve("repository")));
  }

  private static SourceFinder.Request request(String path, String function) {
    return new SourceFinder.Request(path, function, "", "");
  }

  private Path archive(String name, String entry, String text) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(text.getBytes(UTF_8));
    }
    return file;
  }
}
