// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ids of what code comes from. */
class BuildIdsTest {
  private static final String ID = "[0-9a-f]{40}";

  private final BuildIds ids = new BuildIds();

  @TempDir Path folder;

  private String jar(String name, long millis, String content) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry entry = new ZipEntry("com/acme/Shop.class");
      entry.setTime(millis);
      out.putNextEntry(entry);
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return jar.toString();
  }

  @Test
  void anIdIsThatOfTheContent() throws IOException {
    String one = ids.of(jar("one.jar", 1_000_000_000_000L, "shop"));

    assertThat(one).matches(ID);
    assertThat(ids.of(jar("same.jar", 1_500_000_000_000L, "shop"))).isEqualTo(one);
    assertThat(ids.of(jar("other.jar", 1_000_000_000_000L, "Shop"))).isNotEqualTo(one);
  }

  @Test
  void modulesOfTheJdkAndArchivesInArchivesHaveOne() throws IOException {
    String outer = jar("app.jar", 0, "shop");

    assertThat(ids.of("jrt:/java.base")).matches(ID).isNotEqualTo(ids.of("jrt:/java.sql"));
    assertThat(ids.of("jar:nested:" + outer + "/!BOOT-INF/lib/b.jar!/")).matches(ID);
    assertThat(ids.of("jar:file:" + outer + "!/BOOT-INF/lib/b.jar!/")).matches(ID);
  }

  @Test
  void whatIsNoArchiveHasNone() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no archive");

    for (String source :
        new String[] {
          "", "jvm", "libjvm.so", folder.toString(), text.toString(), "/no/where.jar", "\0", "http:"
        }) {
      assertThat(ids.of(source)).as(source).isEmpty();
    }
  }
}
