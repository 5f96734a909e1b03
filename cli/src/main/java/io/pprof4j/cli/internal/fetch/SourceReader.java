// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.http.HttpTransport;
import io.pprof4j.cli.internal.http.ProxySettings;
import io.pprof4j.cli.internal.http.RemoteSource;
import io.pprof4j.cli.internal.http.TlsContext;
import io.pprof4j.cli.internal.symbolize.MappingSources;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.cli.internal.system.FileErrors;
import io.pprof4j.cli.internal.system.TemporaryFiles;
import io.pprof4j.profile.Mapping;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileEditor;
import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.ProfileReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Reads one source: a file, or a profile that a server takes on request. Thread-safe. */
final class SourceReader {
  private static final byte[] PERF_MAGIC = "PERFILE2".getBytes(StandardCharsets.ISO_8859_1);

  private static final int BUFFER = 1 << 16;

  private final CliEnvironment environment;
  private final Console console;
  private final SourceRequest request;
  private final HttpTransport transport;
  private final TemporaryFiles temporaryFiles;

  SourceReader(
      CliEnvironment environment,
      Console console,
      SourceRequest request,
      TemporaryFiles temporaryFiles) {
    this.environment = environment;
    this.console = console;
    this.request = request;
    this.temporaryFiles = temporaryFiles;
    transport =
        new HttpTransport(
            new TlsContext(request.tls(), environment), new ProxySettings(environment));
  }

  /** How this reader talks to servers. */
  HttpTransport transport() {
    return transport;
  }

  /**
   * Reads a source. What is a file is never taken for an address.
   *
   * @throws CliException if it cannot be read; the message is for the user
   */
  FetchedProfile read(String source) throws CliException {
    String noFile = missing(source);
    if (noFile == null) {
      return local(readFile(source));
    }
    RemoteSource remote = remoteSource(source);
    if (remote == null) {
      throw new CliException(noFile);
    }
    return remote(readRemote(remote), remote.url().toString());
  }

  private @Nullable RemoteSource remoteSource(String source) throws CliException {
    long seconds = request.seconds();
    long timeout = request.timeoutSeconds();
    JvmSource jvm = JvmSource.of(source);
    return jvm == null
        ? RemoteSource.of(source, seconds, timeout)
        : jvm.locate(new JvmAgent(environment), seconds, timeout);
  }

  /** Whether a source is a file, which takes no waiting for others. */
  boolean isFile(String source) {
    return missing(source) == null;
  }

  /** Why there is no such file; null if there is one. */
  private @Nullable String missing(String source) {
    try {
      if (source.isEmpty()) {
        return "stat : no such file or directory"; // Java takes it for the working directory
      }
      Files.readAttributes(environment.resolve(source), BasicFileAttributes.class);
      return null;
    } catch (IOException | InvalidPathException e) {
      return FileErrors.describe("stat", source, e);
    }
  }

  private Profile readFile(String source) throws CliException {
    Path file = environment.resolve(source);
    try (InputStream in = open(file, source)) {
      if (Recordings.isRecording(in)) {
        return Recordings.read(file, in, request.times());
      }
      ProfileReader reader = ProfileReader.withDefaults();
      return (request.stacks() ? reader : reader.withoutStacks()).read(in);
    } catch (ProfileFormatException malformed) {
      throw new CliException(String.valueOf(malformed.getMessage()));
    } catch (IOException e) {
      boolean directory = Files.isDirectory(file);
      throw new CliException(FileErrors.describe(directory ? "read" : "open", source, e));
    }
  }

  /** Opens a profile; recordings of perf are converted first. */
  private InputStream open(Path file, String source) throws IOException, CliException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    in.mark(PERF_MAGIC.length);
    boolean perf = java.util.Arrays.equals(in.readNBytes(PERF_MAGIC.length), PERF_MAGIC);
    if (!perf) {
      in.reset();
      return in;
    }
    in.close();
    return new BufferedInputStream(
        Files.newInputStream(PerfData.convert(file, source, environment, console, temporaryFiles)));
  }

  private Profile readRemote(RemoteSource remote) throws CliException {
    console.print("Fetching profile over HTTP from " + remote.url());
    if (request.seconds() > 0) {
      console.print(
          "Please wait... ("
              + io.pprof4j.flags.GoDuration.format(request.seconds() * 1_000_000_000L)
              + ")");
    }
    try (InputStream in = new BufferedInputStream(transport.get(remote), BUFFER)) {
      return Recordings.isRecording(in) ? Recordings.read(in, request.times()) : Profile.read(in);
    } catch (IOException e) {
      throw new CliException(String.valueOf(e.getMessage()));
    }
  }

  private FetchedProfile local(Profile profile) throws CliException {
    return new FetchedProfile(named(profile), new MappingSources(), false);
  }

  private FetchedProfile remote(Profile fetched, String url) throws CliException {
    Profile profile = named(fetched);
    MappingSources sources = new MappingSources();
    ProfileEditor editor = new ProfileEditor(profile);
    for (Mapping mapping : profile.mappings()) {
      String key = mapping.buildId().isEmpty() ? mapping.filename() : mapping.buildId();
      if (key.isEmpty()) {
        // The address stands in for the file until symbols have been fetched, so that merging keeps
        // apart what came from different servers.
        editor.mappingFile(mapping.row(), url);
        key = url;
      }
      sources.add(key, new MappingSources.Origin(url, mapping.start()));
    }
    return new FetchedProfile(editor.build(), sources, true);
  }

  /** Applies what the user says of the main binary, and finds local copies of binaries. */
  private Profile named(Profile profile) {
    return new BinaryLocator(environment, console).locate(profile, request);
  }
}
