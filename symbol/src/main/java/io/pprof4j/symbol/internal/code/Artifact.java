// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.code;

import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** The coordinates by which build tools know a jar. */
record Artifact(String group, String name, String version) {
  /** A jar says what it likes; of such names no path leads out of a store. */
  private static final Pattern PLAIN = Pattern.compile("[\\w-][\\w.+-]*");

  /** The coordinates in a jar's {@code pom.properties}; empty if they are none. */
  static Optional<Artifact> of(Properties properties) {
    Artifact artifact =
        new Artifact(
            properties.getProperty("groupId", ""),
            properties.getProperty("artifactId", ""),
            properties.getProperty("version", ""));
    return artifact.isPlain() ? Optional.of(artifact) : Optional.empty();
  }

  private boolean isPlain() {
    return PLAIN.matcher(group).matches()
        && PLAIN.matcher(name).matches()
        && PLAIN.matcher(version).matches();
  }

  /** What the archive of its sources is called. */
  String sourcesName() {
    return name + "-" + version + "-sources.jar";
  }
}
