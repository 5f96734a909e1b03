// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM starts: {@code java -javaagent:pprof4j-agent.jar=addr=localhost:6060 ...}, or a tool
 * that attaches to a running JVM. A failure is told and never becomes one of the application.
 *
 * <p>This class and those beside it are on the application's class path and need nothing but {@code
 * java.base}; all else is loaded by an {@link IsolatedLoader}.
 */
public final class Agent {
  private static final String RUNTIME = "io.pprof4j.agent.AgentRuntime";

  private static final ReentrantLock LOCK = new ReentrantLock();

  /**
   * The listener of this JVM. It is static because all that the JVM offers an agent are static
   * methods, and because the second attach must find what the first one started.
   */
  private static @Nullable Listener running;

  private Agent() {}

  /**
   * Where profiles are served.
   *
   * @param url address of the index page
   * @param token what clients must know; empty if nothing is asked
   */
  record Listener(String url, String token) {}

  /** Starts with the JVM. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    try {
      Listener listener = start(AgentArguments.parse(text(arguments)), instrumentation);
      System.err.println("pprof4j: profiles at " + listener.url());
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      // What leaves this method ends the JVM.
      System.err.println("pprof4j: no profiles: " + reason(e));
    }
  }

  /** Starts in a running JVM, and writes where profiles are into the file that is to be told. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    Optional<Path> reply = Optional.empty();
    String answer;
    try {
      AgentArguments parsed = AgentArguments.parse(text(arguments));
      if (parsed.reply().isPresent()) {
        // Before anything starts: nobody would know where.
        ReplyFile.check(parsed.reply().get());
      }
      reply = parsed.reply();
      Listener listener = start(parsed, instrumentation);
      answer = "url=" + listener.url() + "\ntoken=" + listener.token() + "\n";
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      answer = "error=" + reason(e) + "\n";
    }
    try {
      if (reply.isPresent()) {
        ReplyFile.write(reply.get(), answer);
        return;
      }
    } catch (IOException e) {
      // What leaves this method, the JVM prints as an assertion of its own that failed.
      answer = "error=" + reason(e) + "\n";
    }
    System.err.print("pprof4j: " + answer.replaceAll("\ntoken=.*", ""));
  }

  private static String text(@Nullable String arguments) {
    return arguments == null ? "" : arguments;
  }

  private static Listener start(AgentArguments arguments, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    LOCK.lock();
    try {
      Listener listener = running;
      if (listener == null) {
        String token = arguments.secret();
        listener = new Listener(startRuntime(arguments, token, instrumentation), token);
        running = listener;
      }
      return listener;
    } finally {
      LOCK.unlock();
    }
  }

  private static String startRuntime(
      AgentArguments arguments, String token, Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    arguments.rates().forEach(Agent::setIfAbsent);
    Modules.require();
    ClassLoader loader = IsolatedLoader.create();
    Modules.openServer(instrumentation, loader.getUnnamedModule());
    Object url =
        Class.forName(RUNTIME, true, loader)
            .getMethod("start", String.class, String.class)
            .invoke(null, arguments.address(), token);
    return String.valueOf(url);
  }

  /** What the operator set by -D counts. */
  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    if (e instanceof java.lang.reflect.InvocationTargetException && e.getCause() != null) {
      cause = e.getCause();
    }
    String message = cause.getMessage();
    boolean speaks = cause instanceof IOException || cause instanceof IllegalArgumentException;
    String told = speaks && message != null ? message : cause.toString();
    return told.replace('\n', ' ');
  }
}
