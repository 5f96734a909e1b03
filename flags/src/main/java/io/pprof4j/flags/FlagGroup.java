// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.flags;

import java.util.ArrayList;
import java.util.List;

/**
 * Bool flags of which the user picks one, such as output formats. The group only tells which are
 * on; what to say when several are is the program's matter.
 */
public final class FlagGroup {
  private final FlagSet owner;
  private final List<BoolFlag> members = new ArrayList<>();

  FlagGroup(FlagSet owner) {
    this.owner = owner;
  }

  /**
   * Defines a bool flag, off by default, as the next member.
   *
   * @param name the flag's name, without a dash
   * @param usage its help text
   * @return the flag
   */
  public BoolFlag add(String name, String usage) {
    BoolFlag flag = owner.bool(name, false, usage);
    members.add(flag);
    return flag;
  }

  /** The names of the members that are on, in the order of their definition. */
  public List<String> chosen() {
    List<String> names = new ArrayList<>();
    for (BoolFlag flag : members) {
      if (flag.value()) {
        names.add(flag.name());
      }
    }
    return List.copyOf(names);
  }
}
