// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.symbolize;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.http.GoUrl;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.report.ObjectTool;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.symbol.NativeTools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gives names to addresses by reading the binaries on this machine. */
final class LocalSymbolizer {
  private final CliEnvironment environment;
  private final Console console;
  private final String tools;

  /** Rows of the functions added so far, by name, file and first line. */
  private final Map<ObjectTool.Frame, Integer> functionRows = new HashMap<>();

  LocalSymbolizer(CliEnvironment environment, Console console, String tools) {
    this.environment = environment;
    this.console = console;
    this.tools = tools;
  }

  /** Symbolizes the mappings that have no symbols, or all if that is forced. */
  Profile symbolize(Profile profile, SymbolizeMode mode) {
    boolean[] used = usedMappings(profile);
    ProfileEditor editor = new ProfileEditor(profile);
    boolean missing = false;
    for (Mapping mapping : profile.mappings()) {
      boolean resolved =
          mapping.hasFunctions() || mapping.hasFilenames() || mapping.hasLineNumbers();
      if (!used[mapping.row()] || (resolved && !mode.force())) {
        continue;
      }
      missing |= !symbolize(profile, mapping, mode, editor);
    }
    if (missing) {
      console.printError(
          "Some binary filenames not available. Symbolization may be incomplete.\n"
              + "Try setting PPROF_BINARY_PATH to the search path for local binaries.");
    }
    return editor.build();
  }

  private static boolean[] usedMappings(Profile profile) {
    boolean[] used = new boolean[profile.mappings().size()];
    Locations locations = profile.locations();
    for (int location = 0; location < locations.size(); location++) {
      if (locations.mapping(location) != Locations.NO_MAPPING) {
        used[locations.mapping(location)] = true;
      }
    }
    return used;
  }

  /** Whether the binary was found, or none is needed. */
  private boolean symbolize(
      Profile profile, Mapping mapping, SymbolizeMode mode, ProfileEditor editor) {
    String file = mapping.filename();
    if (file.isEmpty()) {
      if (mapping.row() == 0) {
        console.printError("Main binary filename not available.");
      }
      return mapping.row() == 0;
    }
    if (isUnsymbolizable(file) || isAddress(mapping)) {
      return true;
    }
    String name = SourcePaths.baseName(file);
    if (!mapping.buildId().isEmpty()) {
      name += " (build ID " + mapping.buildId() + ")";
    }
    NativeTools opener =
        new NativeTools(environment.workingDirectory(), environment.variables(), tools)
            .withFast(mode.fast());
    ObjectTool.Image image =
        new ObjectTool.Image(file, mapping.start(), mapping.limit(), mapping.offset());
    try (ObjectTool.ObjectFile object = opener.open(image)) {
      String found = opener.buildId(file);
      if (!mapping.buildId().isEmpty() && !found.isEmpty() && !found.equals(mapping.buildId())) {
        console.printError("Local symbolization failed for " + name + ": build ID mismatch");
        return true;
      }
      nameLocations(profile, mapping, object, editor);
      return true;
    } catch (IOException e) {
      console.printError("Local symbolization failed for " + name + ": " + e.getMessage());
      return false;
    }
  }

  /** Whether a mapping is none of a file: memory that the kernel or a compiler filled. */
  private static boolean isUnsymbolizable(String file) {
    String name = SourcePaths.baseName(file);
    return name.startsWith("[")
        || name.startsWith("linux-vdso")
        || file.startsWith("/dev/dri/")
        || file.equals("//anon")
        || file.startsWith("/memfd:");
  }

  private static boolean isAddress(Mapping mapping) {
    if (!mapping.buildId().isEmpty()) {
      return false;
    }
    GoUrl url = GoUrl.parse(mapping.filename());
    return url != null && url.scheme().toLowerCase(Locale.ROOT).contains("http");
  }

  private void nameLocations(
      Profile profile, Mapping mapping, ObjectTool.ObjectFile object, ProfileEditor editor) {
    boolean functions = mapping.hasFunctions();
    boolean files = mapping.hasFilenames();
    boolean numbers = mapping.hasLineNumbers();
    boolean inlined = mapping.hasInlineFrames();
    Locations locations = profile.locations();
    for (int location = 0; location < locations.size(); location++) {
      if (locations.mapping(location) != mapping.row()) {
        continue;
      }
      List<LineSpec> lines = new ArrayList<>();
      for (ObjectTool.Frame frame : frames(object, locations.address(location))) {
        functions |= !frame.function().isEmpty();
        files |= !frame.file().isEmpty();
        numbers |= frame.line() != 0;
        int function =
            functionRows.computeIfAbsent(
                new ObjectTool.Frame(frame.function(), frame.file(), 0, 0, frame.startLine()),
                key ->
                    editor.addFunction(
                        key.function(), key.function(), key.file(), key.startLine()));
        lines.add(new LineSpec(function, frame.line(), frame.column()));
      }
      if (!lines.isEmpty()) {
        inlined = true;
        editor.locationLines(location, lines);
      }
    }
    editor.mappingResolved(
        mapping.row(), new MappingSpec.Resolved(functions, files, numbers, inlined));
  }

  private static List<ObjectTool.Frame> frames(ObjectTool.ObjectFile object, long address) {
    try {
      return object.frames(address);
    } catch (IOException unknownAddress) {
      return List.of(); // The location keeps its address.
    }
  }
}
