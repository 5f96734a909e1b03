// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The JDK's modules that profiles need. */
final class Modules {
  private static final String SERVER = "jdk.httpserver";

  private static final List<String> NEEDED =
      List.of(SERVER, "jdk.jfr", "java.management", "jdk.management");

  private Modules() {}

  /**
   * Checks that the modules are in this image.
   *
   * @throws IOException if some are not, with what to do
   */
  static void require() throws IOException {
    List<String> missing =
        NEEDED.stream().filter(name -> ModuleLayer.boot().findModule(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "this JVM runs without modules that are needed: add them by --add-modules, of java or of"
              + " jlink: "
              + String.join(",", missing));
    }
  }

  /**
   * Opens the package of the JDK's server, which is read only when the server's own thread has not
   * outlived that the heap was full.
   */
  static void openServer(Instrumentation instrumentation, Module reader) {
    ModuleLayer.boot()
        .findModule(SERVER)
        .ifPresent(
            server ->
                instrumentation.redefineModule(
                    server,
                    Set.of(),
                    Map.of(),
                    Map.of("sun.net.httpserver", Set.of(reader)),
                    Set.of(),
                    Map.of()));
  }
}
