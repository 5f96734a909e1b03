// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

/** The flame graph, which a script draws from data that it asks for. */
final class FlameView {
  private FlameView() {}

  static Views.Part page() {
    return Views.Part.of("<div id=\"flame\" class=\"fill\"></div>\n");
  }
}
