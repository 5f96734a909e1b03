// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.profile.Function;
import io.pprof4j.profile.Functions;
import io.pprof4j.profile.JvmNames;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.symbol.internal.code.ClassFile;
import io.pprof4j.symbol.internal.code.MethodName;
import io.pprof4j.symbol.internal.code.SourceMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Resolves line numbers by the source maps of class files, for languages whose compilers write them
 * (JSR 45). A line of an inlined Kotlin function becomes two frames: the function's own line, and
 * the line that calls it. Profiles of plain Java cost nothing: no file is opened for them.
 */
public final class MappedSources {
  /** Extensions of files in languages whose compilers write source maps. */
  private static final Set<String> MAPPED_LANGUAGES =
      Set.of("kt", "kts", "scala", "groovy", "gsp", "jsp", "jspx", "tag", "tagx", "clj");

  /** Loaded when there is such a file. */
  private static final class Syntax {
    private static final Pattern JVM_NAME = Pattern.compile("[^.:() ]+\\.[^.:() ]+\\(.*\\)[^ ]+");
  }

  private final CodePath code;
  private final Map<String, Optional<ClassFile>> classFiles = new HashMap<>();
  private final Map<String, SourceMap> maps = new HashMap<>();
  private final Map<List<String>, Integer> added = new HashMap<>();

  private MappedSources(CodePath code) {
    this.code = code;
  }

  /**
   * The profile with real lines, as far as class files are found.
   *
   * @param code where class files are; opened only if the profile has code of such a language
   */
  public static Profile resolve(Profile profile, CodePath code) {
    boolean[] mapped = mapped(profile.functions());
    for (boolean each : mapped) {
      if (each) {
        return new MappedSources(code).resolve(profile, mapped);
      }
    }
    return profile;
  }

  private static boolean[] mapped(Functions functions) {
    boolean[] mapped = new boolean[functions.size()];
    for (int row = 0; row < mapped.length; row++) {
      String file = functions.filename(row);
      mapped[row] =
          !file.endsWith(".java") // nearly all, and quickly told
              && MAPPED_LANGUAGES.contains(file.substring(file.lastIndexOf('.') + 1))
              && Syntax.JVM_NAME.matcher(functions.get(row).systemName()).matches();
    }
    return mapped;
  }

  private Profile resolve(Profile profile, boolean[] mapped) {
    ProfileEditor editor = new ProfileEditor(profile);
    Locations locations = profile.locations();
    for (int location = 0; location < locations.size(); location++) {
      List<LineSpec> lines = new ArrayList<>();
      boolean changed = false;
      for (int at = 0; at < locations.lineCount(location); at++) {
        int function = locations.function(location, at);
        LineSpec line =
            new LineSpec(function, locations.line(location, at), locations.column(location, at));
        List<LineSpec> real =
            mapped[function] ? real(line, profile.functions().get(function), editor) : List.of();
        changed |= !real.isEmpty();
        lines.addAll(real.isEmpty() ? List.of(line) : real);
      }
      if (changed) {
        editor.locationLines(location, lines);
      }
    }
    return editor.build();
  }

  /** The frames that a line stands for, innermost first; none if it stands for itself. */
  private List<LineSpec> real(LineSpec line, Function function, ProfileEditor editor) {
    MethodName method = MethodName.parse(function.name(), function.systemName());
    if (method == null) {
      return List.of();
    }
    SourceMap map = map(method.className());
    SourceMap.Place place = map.place(line.line());
    String ownFile = baseName(function.filename());
    if (place == null || (place.file().equals(ownFile) && place.line() == line.line())) {
      return List.of();
    }
    SourceMap.Place call = map.call(line.line());
    if (call == null) {
      String file = place.path().contains("/") ? place.path() : place.file();
      int moved = row(List.of(function.name(), function.systemName(), file), editor);
      return List.of(new LineSpec(moved, place.line(), 0));
    }
    List<LineSpec> frames = new ArrayList<>();
    inlined(place, editor).ifPresent(frames::add);
    frames.add(new LineSpec(line.function(), call.line(), 0));
    return frames;
  }

  /** The inlined function's frame; the map has its class, whose line table has its name. */
  private Optional<LineSpec> inlined(SourceMap.Place place, ProfileEditor editor) {
    String className = place.path().replace('/', '.');
    return classFile(className)
        .flatMap(
            owner ->
                owner.methods().stream().filter(each -> each.hasLine(place.line())).findFirst())
        .map(
            method -> {
              String name = className + "." + method.name();
              String systemName = place.path() + "." + method.name() + method.descriptor();
              String file = JvmNames.sourcePath(className, place.file());
              return new LineSpec(row(List.of(name, systemName, file), editor), place.line(), 0);
            });
  }

  private int row(List<String> names, ProfileEditor editor) {
    return added.computeIfAbsent(
        names, key -> editor.addFunction(key.get(0), key.get(1), key.get(2), 0));
  }

  private SourceMap map(String className) {
    return maps.computeIfAbsent(
        className, name -> SourceMap.parse(classFile(name).map(ClassFile::sourceMap).orElse("")));
  }

  private Optional<ClassFile> classFile(String className) {
    return classFiles.computeIfAbsent(
        className,
        name -> {
          CodePath.Found found = code.findClass(name.replace('.', '/') + ".class");
          try {
            return found == null ? Optional.empty() : Optional.of(ClassFile.parse(found.bytes()));
          } catch (IOException damaged) {
            return Optional.empty();
          }
        });
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
