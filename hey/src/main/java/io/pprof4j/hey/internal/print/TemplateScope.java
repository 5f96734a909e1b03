// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.print;

import java.util.HashMap;
import java.util.Map;

/**
 * What names mean at one place of a template.
 *
 * @param dot the current value
 * @param variables the variables by name, dollar sign included
 */
record TemplateScope(Object dot, Map<String, Object> variables) {
  /** A scope inside this one, whose new variables end with it. */
  TemplateScope inner(Object newDot) {
    return new TemplateScope(newDot, new HashMap<>(variables));
  }
}
