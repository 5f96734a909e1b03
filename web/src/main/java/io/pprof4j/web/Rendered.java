// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.util.List;

/**
 * What a view shows below the frame that all pages share.
 *
 * @param body markup
 * @param style style sheet that the markup needs besides that of all pages
 * @param legend lines about the profile and about what is shown of it
 * @param warnings lines that the reader should see at once
 */
record Rendered(String body, String style, List<String> legend, List<String> warnings) {
  /** Copies the lists. */
  Rendered {
    legend = List.copyOf(legend);
    warnings = List.copyOf(warnings);
  }

  /** Characters held. */
  long size() {
    return (long) body.length() + style.length() + 1000;
  }
}
