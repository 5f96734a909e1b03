// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.system.CliException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.CodeSource;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Attaches the agent to JVMs by the JDK's own means. The module {@code jdk.attach} is needed only
 * here, so a Java without it can do all the rest.
 */
final class JvmAgent implements JvmSource.Attacher {
  /** The environment variable that names the agent's jar, if it is not beside this one. */
  static final String VARIABLE = "PPROF_AGENT";

  private static final int TOKEN_BYTES = 24;

  private final CliEnvironment environment;

  /**
   * Where an agent serves profiles.
   *
   * @param url address of the index page, with a slash at its end
   * @param token what it asks for; empty if nothing
   */
  record Listener(String url, String token) {}

  JvmAgent(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public List<Jvm> list() {
    List<Jvm> jvms = new ArrayList<>();
    String self = Long.toString(ProcessHandle.current().pid());
    for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
      if (!jvm.id().equals(self)) {
        jvms.add(new Jvm(jvm.id(), jvm.displayName()));
      }
    }
    return jvms;
  }

  @Override
  public Listener attach(String id) throws CliException {
    try {
      Path jar = jar();
      Path reply =
          Files.createTempFile(
              "pprof-agent",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        handOver(reply, Path.of("/proc", id));
        load(id, jar, reply);
        return listener(Files.readAllLines(reply));
      } finally {
        Files.deleteIfExists(reply);
      }
    } catch (NoClassDefFoundError noModule) {
      throw new CliException("attaching needs a JDK; this Java lacks the module jdk.attach");
    } catch (IOException | AttachNotSupportedException e) {
      throw new CliException("cannot attach to process " + id + ": " + e.getMessage());
    }
  }

  /** Root may attach to a JVM of another user, who has to be able to reply. */
  private static void handOver(Path reply, Path process) throws IOException {
    if (Files.exists(process)) {
      UserPrincipal owner = Files.getOwner(process);
      if (!owner.equals(Files.getOwner(reply))) {
        Files.setOwner(reply, owner);
      }
    }
  }

  private static void load(String id, Path jar, Path reply)
      throws IOException, AttachNotSupportedException, CliException {
    VirtualMachine jvm = VirtualMachine.attach(id);
    try {
      jvm.loadAgent(jar.toString(), "addr=127.0.0.1:0,token=" + newToken() + ",reply=" + reply);
    } catch (AgentLoadException | AgentInitializationException e) {
      throw new CliException("process " + id + " refuses the agent: " + e.getMessage());
    } finally {
      jvm.detach();
    }
  }

  /** A token that only this run knows; the agent keeps the first one that it is given. */
  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Listener listener(List<String> reply) throws CliException {
    String url = "";
    String token = "";
    for (String line : reply) {
      if (line.startsWith("url=")) {
        url = line.substring("url=".length());
      } else if (line.startsWith("token=")) {
        token = line.substring("token=".length());
      } else if (line.startsWith("error=")) {
        throw new CliException("the agent failed: " + line.substring("error=".length()));
      }
    }
    if (url.isEmpty()) {
      throw new CliException("the agent did not answer");
    }
    return new Listener(url, token);
  }

  private Path jar() throws IOException, CliException {
    String named = environment.variable(VARIABLE);
    if (!named.isEmpty()) {
      return environment.resolve(named);
    }
    Path directory = ownDirectory();
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("pprof4j-agent-.*\\.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new CliException(
                      "no pprof4j-agent jar in " + directory + "; name it by " + VARIABLE));
    }
  }

  private static Path ownDirectory() throws CliException {
    try {
      CodeSource source = JvmAgent.class.getProtectionDomain().getCodeSource();
      Path parent = source == null ? null : Path.of(source.getLocation().toURI()).getParent();
      if (parent != null) {
        return parent;
      }
    } catch (URISyntaxException e) {
      // As without a place.
    }
    throw new CliException("cannot tell where the pprof4j-agent jar is; name it by " + VARIABLE);
  }
}
