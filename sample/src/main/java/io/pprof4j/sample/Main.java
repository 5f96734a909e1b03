// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import io.pprof4j.flags.FlagSet;
import io.pprof4j.flags.HelpRequestedException;
import io.pprof4j.flags.StringFlag;
import io.pprof4j.flags.UsageException;
import io.vertx.core.Vertx;
import java.io.IOException;

/** The command {@code sendjson}: starts the service and runs until it is told to stop. */
public final class Main {
  private Main() {}

  /** Starts the service. */
  public static void main(String[] args) {
    FlagSet flags = new FlagSet("sendjson");
    StringFlag addr =
        flags.string("addr", "localhost:4000", "`host:port` to listen on; port 0 is a free one");
    try {
      flags.parse(args);
      serve(Address.parse(addr.value()));
    } catch (HelpRequestedException e) {
      flags.printUsage(System.err);
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      flags.printUsage(System.err);
      System.exit(2);
    }
  }

  private static void serve(Address address) {
    Vertx vertx = Vertx.vertx();
    try {
      Address bound = Listeners.start(vertx, address, SendJson.routes());
      System.err.println("listener : Started : Listening on: " + bound.url());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Listeners.stop(vertx), "shutdown"));
    } catch (IOException e) {
      System.err.println("sendjson: cannot listen on %s: %s".formatted(address, e.getMessage()));
      System.exit(1);
    }
  }
}
