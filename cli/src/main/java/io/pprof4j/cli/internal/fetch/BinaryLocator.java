// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.report.SourcePaths;
import io.pprof4j.symbol.BinaryKind;
import io.pprof4j.symbol.NativeBinary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds local copies of the binaries that a profile names, in the places where pprof looks, and
 * applies what the user says of the main binary.
 */
final class BinaryLocator {
  private final CliEnvironment environment;
  private final Console console;

  BinaryLocator(CliEnvironment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /** The profile with the files of its mappings corrected. */
  Profile locate(Profile profile, SourceRequest request) {
    ProfileEditor editor = new ProfileEditor(profile);
    for (String directory : searchPath()) {
      if (Files.isDirectory(environment.resolve(directory))) {
        replaceFiles(profile, editor);
        break;
      }
    }
    boolean unknown = profile.mappings().isEmpty();
    if (unknown) {
      // So that there is something to symbolize: Go's runtime writes text without mappings.
      editor.addUnknownMapping();
    }
    boolean jvmDirectory =
        !request.binary().isEmpty() && Files.isDirectory(environment.resolve(request.binary()));
    if (!request.binary().isEmpty() && !jvmDirectory) {
      editor.mappingFile(0, request.binary());
    }
    if (!request.buildId().isEmpty()
        && (unknown || profile.mappings().get(0).buildId().isEmpty())) {
      editor.mappingBuildId(0, request.buildId());
    }
    return editor.build();
  }

  private List<String> searchPath() {
    String path = environment.variable("PPROF_BINARY_PATH");
    return SourcePaths.split(
        path.isEmpty() ? environment.variable("HOME") + "/pprof/binaries" : path);
  }

  private void replaceFiles(Profile profile, ProfileEditor editor) {
    for (Mapping mapping : profile.mappings()) {
      String local = localFile(mapping);
      if (local != null) {
        editor.mappingFile(mapping.row(), local);
      }
    }
  }

  private @Nullable String localFile(Mapping mapping) {
    for (String directory : searchPath()) {
      for (String candidate : candidates(directory, mapping)) {
        Optional<Path> file =
            environment.find(candidate).filter(some -> BinaryKind.of(some) == BinaryKind.NATIVE);
        if (file.isEmpty()) {
          continue;
        }
        String found = NativeBinary.buildId(file.get());
        if (mapping.buildId().isEmpty() || mapping.buildId().equals(found)) {
          return candidate;
        }
        console.printError(
            "Ignoring local file %s: build-id mismatch (%s != %s)"
                .formatted(candidate, mapping.buildId(), found));
      }
    }
    return null;
  }

  /** The file names to try, best first: those of pprof's -h, perf and gdb. */
  private List<String> candidates(String directory, Mapping mapping) {
    List<String> names = new ArrayList<>();
    String file = mapping.filename();
    String base = file.isEmpty() ? "" : SourcePaths.baseName(file);
    String id = mapping.buildId();
    if (!id.isEmpty()) {
      names.add(join(directory, id, base));
      names.addAll(filesIn(join(directory, id)));
      names.add(join(directory, file, id));
      if (id.length() >= 2) {
        names.add(join(directory, id.substring(0, 2), id.substring(2) + ".debug"));
      }
    }
    if (!file.isEmpty()) {
      String parent = SourcePaths.clean(file + "/..");
      names.add(join(directory, base));
      names.add(join(directory, file));
      names.add(join(directory, file + ".debug"));
      names.add(join(directory, parent, ".debug", base + ".debug"));
      names.add(join(directory, "usr", "lib", "debug", parent, base + ".debug"));
    }
    return names;
  }

  private List<String> filesIn(String directory) {
    List<String> names = new ArrayList<>();
    Optional<Path> folder = environment.find(directory);
    if (folder.isEmpty()) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get())) {
      for (Path file : files) {
        names.add(join(directory, file.getFileName().toString()));
      }
    } catch (IOException none) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  private static String join(String... parts) {
    return SourcePaths.clean(String.join("/", parts));
  }
}
