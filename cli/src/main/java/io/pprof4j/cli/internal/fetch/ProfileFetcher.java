// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.fetch.SourceRequest.Comparison;
import io.pprof4j.cli.internal.http.GoUrl;
import io.pprof4j.cli.internal.symbolize.MappingSources;
import io.pprof4j.cli.internal.symbolize.Symbolizer;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import io.pprof4j.profile.IncompatibleProfilesException;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fetches all sources and bases of a command and makes one profile of them. */
public final class ProfileFetcher {
  private final CliEnvironment environment;
  private final Console console;
  private final SourceRequest request;
  private final TemporaryFiles temporaryFiles;
  private final String tools;

  /**
   * A fetcher.
   *
   * @param tools where to find programs that read binaries
   */
  public ProfileFetcher(
      CliEnvironment environment,
      Console console,
      SourceRequest request,
      String tools,
      TemporaryFiles temporaryFiles) {
    this.environment = environment;
    this.console = console;
    this.request = request;
    this.tools = tools;
    this.temporaryFiles = temporaryFiles;
  }

  /**
   * Fetches, merges, compares and symbolizes.
   *
   * @throws CliException if no source can be read, or what was read does not fit together
   */
  public Profile fetch() throws CliException {
    SourceReader reader = new SourceReader(environment, console, request, temporaryFiles);
    FetchedProfile fetched = fetchAll(new ParallelReader(reader, console));
    Profile profile = fetched.profile();
    if (request.allFrames()) {
      profile = profile.withHeader(header -> header.withDropKeep("", ""));
    }
    profile =
        new Symbolizer(environment, console, reader.transport(), tools)
            .symbolize(profile, request.symbolize(), fetched.sources());
    profile = withoutAddressesForFiles(DropFrames.apply(profile));
    if (!request.comment().isEmpty()) {
      List<String> comments = new ArrayList<>(profile.comments());
      comments.add(request.comment());
      profile = profile.withHeader(header -> header.withComments(comments));
    }
    if (fetched.remote()) {
      new SavedCopy(environment, console).save(profile);
    }
    return profile;
  }

  private FetchedProfile fetchAll(ParallelReader reader) throws CliException {
    ParallelReader.Result result = reader.read(request.sources(), request.bases());
    FetchedProfile source = merged(result.sources(), "problem fetching source profiles: ", "");
    FetchedProfile base = merged(result.bases(), "problem fetching base profiles: ", ",");
    if (source == null) {
      throw new CliException("failed to fetch any source profiles");
    }
    if (base == null && !request.bases().isEmpty()) {
      throw new CliException("failed to fetch any base profiles");
    }
    reportMissing("source", result.sources().size(), request.sources().size());
    reportMissing("base", result.bases().size(), request.bases().size());
    return base == null ? source : compared(source, base);
  }

  private void reportMissing(String kind, int fetched, int wanted) {
    if (fetched != wanted) {
      console.printError("Fetched " + fetched + " " + kind + " profiles out of " + wanted);
    }
  }

  private static @Nullable FetchedProfile merged(CombinedSources parts, String problem, String tail)
      throws CliException {
    try {
      return parts.combine();
    } catch (IncompatibleProfilesException e) {
      throw new CliException(problem + e.getMessage() + tail);
    }
  }

  private FetchedProfile compared(FetchedProfile source, FetchedProfile base) throws CliException {
    MappingSources sources = new MappingSources();
    sources.addAll(source.sources());
    sources.addAll(base.sources());
    try {
      Profile profile = source.profile();
      if (request.normalize()) {
        profile = profile.normalize(base.profile());
      }
      Profile compared =
          request.comparison() == Comparison.DIFF
              ? profile.diff(base.profile())
              : profile.minus(base.profile());
      return new FetchedProfile(compared, sources, source.remote() || base.remote());
    } catch (IncompatibleProfilesException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    }
  }

  /** Takes back the addresses that stood in for unknown files while symbols were fetched. */
  private static Profile withoutAddressesForFiles(Profile profile) {
    ProfileEditor editor = new ProfileEditor(profile);
    for (Mapping mapping : profile.mappings()) {
      if (mapping.buildId().isEmpty() && mapping.filename().indexOf(':') > 0) {
        GoUrl url = GoUrl.parse(mapping.filename());
        if (url != null && !url.scheme().isEmpty()) {
          editor.mappingFile(mapping.row(), "");
        }
      }
    }
    return editor.build();
  }
}
