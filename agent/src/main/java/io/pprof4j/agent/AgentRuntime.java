// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import io.pprof4j.http.AccessToken;
import io.pprof4j.http.Pprof;
import io.pprof4j.http.PprofOptions;
import io.pprof4j.http.PprofServer;
import java.io.IOException;

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
    PprofOptions options = PprofOptions.defaults();
    PprofServer server =
        Pprof.listen(address, token.isEmpty() ? options : options.withToken(AccessToken.of(token)));
    return server.url();
  }
}
