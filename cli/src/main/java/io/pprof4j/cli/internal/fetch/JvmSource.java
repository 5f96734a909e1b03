// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.internal.http.RemoteSource;
import io.pprof4j.cli.internal.system.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A running JVM of this machine as a source: {@code jvm:PID[/profile]} or {@code
 * jvm:NAME[/profile]}, where a name is that of the main class, with or without its package, or of
 * the jar. The profile is {@code profile}, CPU time, unless it is named: {@code heap}, {@code
 * profile?seconds=5}.
 *
 * @param process the number or name
 * @param path below {@code /debug/pprof/}
 */
record JvmSource(String process, String path) {
  private static final String SCHEME = "jvm:";

  /** What JVMs there are, and how an agent gets into them. */
  interface Attacher {
    /** A JVM. */
    record Jvm(String id, String command) {}

    /** The JVMs of this user, by which others cannot be meant. */
    List<Jvm> list();

    /**
     * Starts the agent, or finds it running.
     *
     * @throws CliException if that fails; the message is for the user
     */
    JvmAgent.Listener attach(String id) throws CliException;
  }

  /** Understands what the user typed; null if it does not name a JVM. */
  static @Nullable JvmSource of(String source) {
    if (!source.startsWith(SCHEME)) {
      return null;
    }
    String rest = source.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    return new JvmSource(
        slash < 0 ? rest : rest.substring(0, slash), path.isEmpty() ? "profile" : path);
  }

  /**
   * Gets the agent into the JVM and completes the address of its profile.
   *
   * @throws CliException if there is no such JVM, more than one, or it cannot be attached to
   */
  RemoteSource locate(Attacher attacher, long seconds, long timeoutSeconds) throws CliException {
    JvmAgent.Listener listener = attacher.attach(id(attacher));
    RemoteSource remote = RemoteSource.of(listener.url() + path, seconds, timeoutSeconds);
    if (remote == null) {
      throw new CliException("the JVM answered with no address: " + listener.url());
    }
    return remote.withToken(listener.token());
  }

  private String id(Attacher attacher) throws CliException {
    if (!process.isEmpty() && process.chars().allMatch(c -> c >= '0' && c <= '9')) {
      checkIsJvm(process);
      return process;
    }
    List<Attacher.Jvm> found = new ArrayList<>();
    List<Attacher.Jvm> all = attacher.list();
    for (Attacher.Jvm jvm : all) {
      if (matches(jvm.command())) {
        found.add(jvm);
      }
    }
    if (found.size() == 1) {
      return found.get(0).id();
    }
    throw new CliException(
        found.isEmpty()
            ? "no JVM of this user is called \"" + process + "\"; there are: " + listed(all)
            : found.size() + " JVMs are called \"" + process + "\": " + listed(found));
  }

  private static String listed(List<Attacher.Jvm> jvms) {
    List<String> texts = new ArrayList<>();
    for (Attacher.Jvm jvm : jvms) {
      texts.add(jvm.id() + " " + mainName(jvm.command()));
    }
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  private boolean matches(String command) {
    String main = mainName(command);
    String file = main.substring(main.lastIndexOf('/') + 1);
    String simple = main.substring(main.lastIndexOf('.') + 1);
    return !process.isEmpty()
        && (main.equals(process)
            || file.equals(process)
            || file.equals(process + ".jar")
            || simple.equals(process));
  }

  /** The main class or jar, which the arguments follow. */
  private static String mainName(String command) {
    int blank = command.indexOf(' ');
    String main = blank < 0 ? command : command.substring(0, blank);
    int module = main.indexOf('/');
    return module > 0 && !main.toLowerCase(Locale.ROOT).endsWith(".jar")
        ? main.substring(module + 1)
        : main;
  }

  /**
   * Refuses what is no JVM: attaching begins with a signal that ends other programs. Only Linux
   * says what a process has loaded; elsewhere the JDK knows by itself.
   */
  private static void checkIsJvm(String id) throws CliException {
    Path process = Path.of("/proc", id);
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return;
    }
    if (!Files.isDirectory(process)) {
      throw new CliException("there is no process " + id);
    }
    try {
      if (!Files.readString(process.resolve("maps"), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains("libjvm.so")) {
        throw new CliException("process " + id + " is no JVM");
      }
    } catch (IOException notOurs) {
      throw new CliException("process " + id + " cannot be looked into; it is another user's");
    }
  }
}
