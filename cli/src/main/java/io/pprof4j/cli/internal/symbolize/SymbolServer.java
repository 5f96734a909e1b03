// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.symbolize;

import io.pprof4j.cli.internal.http.GoUrl;
import io.pprof4j.cli.internal.http.HttpTransport;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.profile.LineSpec;
import io.pprof4j.profile.Locations;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.MappingSpec;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.report.SourcePaths;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server that a profile came from for the names of its addresses: {@code
 * /debug/pprof/symbol} of Go, {@code /pprof/symbol} of gperftools, {@code /symbolz} of others.
 */
final class SymbolServer {
  private static final List<String> GPERFTOOLS =
      List.of(
          "/pprof/heap",
          "/pprof/growth",
          "/pprof/profile",
          "/pprof/pmuprofile",
          "/pprof/contention");

  private final HttpTransport transport;

  SymbolServer(HttpTransport transport) {
    this.transport = transport;
  }

  /**
   * Names the addresses of mappings without function names, or of all if that is forced.
   *
   * @throws CliException if a server fails
   */
  Profile symbolize(Profile profile, MappingSources sources, boolean force) throws CliException {
    ProfileEditor editor = new ProfileEditor(profile);
    Map<String, Integer> functions = new HashMap<>();
    for (Mapping mapping : profile.mappings()) {
      if (mapping.hasFunctions() && !force) {
        continue;
      }
      for (MappingSources.Origin origin : sources.of(mapping)) {
        GoUrl address = symbolAddress(origin.url());
        if (address != null) {
          long offset = origin.start() - mapping.start();
          functions.clear();
          symbolize(profile, new Query(address, mapping, offset), functions, editor);
          editor.mappingResolved(mapping.row(), withFunctions(mapping));
          break;
        }
      }
    }
    return editor.build();
  }

  /** What is asked of a server: the addresses of a mapping, shifted to where it has it. */
  private record Query(GoUrl address, Mapping mapping, long offset) {}

  private static MappingSpec.Resolved withFunctions(Mapping mapping) {
    return new MappingSpec.Resolved(
        true, mapping.hasFilenames(), mapping.hasLineNumbers(), mapping.hasInlineFrames());
  }

  private static @Nullable GoUrl symbolAddress(String source) {
    GoUrl url = GoUrl.parse(source);
    if (url == null || url.host().isEmpty()) {
      return null;
    }
    boolean pprof = url.path().contains("/debug/pprof/");
    for (String suffix : GPERFTOOLS) {
      pprof |= url.path().endsWith(suffix);
    }
    String page = pprof ? "/../symbol" : "/../symbolz";
    return url.withPath(SourcePaths.clean(url.path() + page));
  }

  private void symbolize(
      Profile profile, Query query, Map<String, Integer> functions, ProfileEditor editor)
      throws CliException {
    String body = body(profile, query);
    if (body.isEmpty()) {
      return;
    }
    String answer = new String(transport.post(query.address(), body), StandardCharsets.UTF_8);
    Map<Long, String> names = names(answer, query.offset());
    // In the order of the answer, which is how pprof numbers new functions.
    names
        .values()
        .forEach(
            name ->
                functions.computeIfAbsent(name, added -> editor.addFunction(added, added, "", 0)));
    Locations locations = profile.locations();
    for (int location = 0; location < locations.size(); location++) {
      String name = names.get(locations.address(location));
      if (name != null && locations.mapping(location) == query.mapping().row()) {
        int function = functions.getOrDefault(name, 0);
        editor.locationLines(location, List.of(LineSpec.of(function, 0)));
      }
    }
  }

  private static String body(Profile profile, Query query) throws CliException {
    StringBuilder body = new StringBuilder();
    Locations locations = profile.locations();
    for (int location = 0; location < locations.size(); location++) {
      long address = locations.address(location);
      boolean unnamed = address != 0 && locations.lineCount(location) == 0;
      if (unnamed && locations.mapping(location) == query.mapping().row()) {
        body.append(body.isEmpty() ? "" : "+");
        body.append("0x").append(Long.toHexString(shifted(address, query.offset())));
      }
    }
    return body.toString();
  }

  /** Moves an address, which is unsigned. */
  private static long shifted(long address, long offset) throws CliException {
    long moved = address + offset;
    int order = Long.compareUnsigned(moved, address);
    if (offset < 0 ? order >= 0 : order < 0) {
      throw new CliException(
          "cannot adjust address %s by %d, it would overflow"
              .formatted(Long.toUnsignedString(address), offset));
    }
    return moved;
  }

  /** Reads lines of an address in hexadecimal, blanks and a name; others mean nothing. */
  private static Map<Long, String> names(String answer, long offset) throws CliException {
    Map<Long, String> names = new java.util.LinkedHashMap<>();
    int start = 0;
    for (int end = answer.indexOf('\n'); end >= 0; end = answer.indexOf('\n', start)) {
      String line = answer.substring(start, end);
      start = end + 1;
      int from = line.indexOf("0x");
      int to = from + 2;
      while (from >= 0 && to < line.length() && Character.digit(line.charAt(to), 16) >= 0) {
        to++;
      }
      int name = to;
      while (name < line.length() && isBlank(line.charAt(name))) {
        name++;
      }
      boolean matches = from >= 0 && to > from + 2 && name > to;
      if (matches && to - from <= 18) {
        long address = Long.parseUnsignedLong(line.substring(from + 2, to), 16);
        names.put(shifted(address, -offset), line.substring(name));
      }
    }
    return names;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }
}
