// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.code;

import io.pprof4j.profile.Functions;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ObjectTool;
import io.pprof4j.report.ObjectTool.MethodCode;
import io.pprof4j.report.internal.text.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The bytecode of the methods of a profile. Overloads share a name; the profile's system names tell
 * which of them were sampled.
 */
final class Bytecode {
  private final ObjectTool objects;
  private final Map<String, SortedSet<String>> systemNames = new HashMap<>();

  Bytecode(Profile profile, ObjectTool objects) {
    this.objects = objects;
    Functions functions = profile.functions();
    for (int function = 0; function < functions.size(); function++) {
      systemNames
          .computeIfAbsent(functions.name(function), name -> new TreeSet<>(ByteOrder.COMPARATOR))
          .add(functions.get(function).systemName());
    }
  }

  /** The methods of that name, each once; none if no class file is found. */
  Collection<MethodCode> of(String function) {
    Map<String, MethodCode> methods = new LinkedHashMap<>();
    for (String systemName : systemNames.getOrDefault(function, new TreeSet<>())) {
      for (MethodCode method : objects.bytecode(function, systemName)) {
        methods.putIfAbsent(method.systemName(), method);
      }
    }
    return methods.values();
  }
}
