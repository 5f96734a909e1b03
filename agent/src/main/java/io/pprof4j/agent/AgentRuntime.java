// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import io.pprof4j.http.AccessToken;
import io.pprof4j.http.Pprof;
import io.pprof4j.http.PprofOptions;
import io.pprof4j.http.PprofServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The part of the agent that knows the rest of pprof4j; loaded by {@link IsolatedLoader}. */
public final class AgentRuntime {
  private AgentRuntime() {}

  /**
   * Serves profiles until the JVM ends.
   *
   * @param address host and port
   * @param token what clients must know; empty to ask for nothing
   * @return address of the index page
   * @throws IllegalArgumentException if the address is none, or if other machines reach it and
   *     there is no token
   */
  public static String start(String address, String token) throws IOException {
    PprofOptions defaults = PprofOptions.defaults();
    PprofOptions options = token.isEmpty() ? defaults : defaults.withToken(AccessToken.of(token));
    FutureTask<PprofServer> listening = new FutureTask<>(() -> Pprof.listen(address, options));
    // All threads of ours stem from this one, and programs count those of their own group.
    new Thread(systemGroup(), listening, "pprof4j-start", 0, false).start();
    return await(listening).url();
  }

  private static ThreadGroup systemGroup() {
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  private static PprofServer await(FutureTask<PprofServer> listening) throws IOException {
    try {
      return listening.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it started");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), cause);
    }
  }
}
