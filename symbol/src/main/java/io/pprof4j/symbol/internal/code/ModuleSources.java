// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JDK's {@code src.zip}, in which a folder per module stands above the packages. */
public final class ModuleSources implements CodeRoot {
  private final ZipRoot archive;
  private final Set<String> modules = new TreeSet<>();

  /** The sources in this archive. */
  public ModuleSources(ZipRoot archive) {
    this.archive = archive;
    for (String name : archive.entryNames()) {
      int slash = name.indexOf('/');
      if (slash > 0) {
        modules.add(name.substring(0, slash + 1));
      }
    }
  }

  /** Whether an archive has folders of modules at its top. */
  public static boolean isOne(ZipRoot archive) throws IOException {
    return archive.read("java.base/java/lang/Object.java") != null;
  }

  @Override
  public String name() {
    return archive.name();
  }

  @Override
  public byte @Nullable [] read(String path) throws IOException {
    for (String module : modules) {
      byte[] bytes = archive.read(module + path);
      if (bytes != null) {
        return bytes;
      }
    }
    return null;
  }
}
