// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import java.util.ArrayList;
import java.util.List;

/** A flag that may be repeated; its values are kept in the order given. */
public final class ListFlag extends Flag {
  private final String valueName;
  private final List<String> values = new ArrayList<>();

  ListFlag(String name, String valueName, String usage) {
    super(name, usage);
    this.valueName = valueName;
  }

  /** The values given, first one first; empty if the flag was not given. */
  public List<String> values() {
    return List.copyOf(values);
  }

  @Override
  String valueName() {
    return valueName;
  }

  @Override
  String defaultText() {
    return "";
  }

  @Override
  void accept(String text) {
    values.add(text);
  }
}
