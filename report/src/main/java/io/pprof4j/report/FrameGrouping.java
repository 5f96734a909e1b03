// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

/** What functions are summed up by. */
public enum FrameGrouping {
  /** Package or namespace: {@code com.acme.shop}. */
  PACKAGE("package", "no package"),
  /** Jar, module of the JDK or library that has the code: {@code netty-buffer.jar}. */
  MODULE("module", "no module"),
  /** Whose code it is, as {@link FrameKind} tells. */
  KIND("kind", "other");

  private final String key;
  private final String none;

  FrameGrouping(String key, String none) {
    this.key = key;
    this.none = none;
  }

  /** The name in addresses: {@code package}. */
  public String key() {
    return key;
  }

  /** The group of a frame; in parentheses if nothing tells. */
  String of(FlameData.Frame frame) {
    String name =
        switch (this) {
          case PACKAGE -> frame.codePackage();
          case MODULE -> frame.module();
          case KIND -> frame.kind().title();
        };
    return name.isEmpty() ? "(" + none + ")" : name;
  }
}
