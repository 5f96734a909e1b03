// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.pprof4j.capture.Captures;
import io.pprof4j.capture.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Serves the profiles of this JVM from the JDK's own HTTP server. One handler answers everything
 * below the context it is mounted at:
 *
 * <pre>{@code
 * server.createContext("/debug/pprof", PprofHandler.create());
 * }</pre>
 *
 * <p>Requests are answered on threads of the handler's own, so a profile that takes a minute does
 * not hold a thread of the server.
 */
public final class PprofHandler implements HttpHandler {
  private final PprofEndpoint endpoint;

  private PprofHandler(PprofOptions options) {
    endpoint = PprofEndpoint.create(options);
  }

  /** A handler with default options. */
  public static PprofHandler create() {
    return create(PprofOptions.defaults());
  }

  /** A handler. */
  public static PprofHandler create(PprofOptions options) {
    return new PprofHandler(options);
  }

  /** Puts a handler together, with what this JVM is to record. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void handle(HttpExchange exchange) {
    String context = exchange.getHttpContext().getPath();
    String mount = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
    handle(exchange, mount);
  }

  void handle(HttpExchange exchange, String mount) {
    handle(new JdkExchange(exchange, mount), exchange::close);
  }

  void handle(PprofExchange exchange, Runnable whenDone) {
    endpoint.serveAsync(exchange, whenDone);
  }

  /**
   * Options and rates for a handler. What is not set is as in {@link PprofOptions#defaults}, and
   * rates stay what they are. Not safe for several threads.
   */
  public static final class Builder {
    private final List<Consumer<Rates>> rates = new ArrayList<>();
    private PprofOptions options = PprofOptions.defaults();

    private Builder() {}

    /** Asks clients for a token. */
    public Builder token(AccessToken token) {
      options = options.withToken(token);
      return this;
    }

    /** The longest {@code seconds} that is accepted. */
    public Builder maxWindow(Duration longest) {
      options = options.withMaxWindow(longest);
      return this;
    }

    /** The least time between two collections of garbage on request. */
    public Builder gcInterval(Duration least) {
      options = options.withGcInterval(least);
      return this;
    }

    /** How many requests may take time at once. */
    public Builder maxCollections(int most) {
      options = options.withMaxCollections(most);
      return this;
    }

    /** Adds names, without port, that the handler answers to; if none is added, to any. */
    public Builder hosts(String... names) {
      options = options.withHosts(union(options.hosts(), names));
      return this;
    }

    /** Leaves out more routes, by their names: {@code cmdline}, {@code trace}, a profile's. */
    public Builder hide(String... names) {
      options = options.withHidden(union(options.hidden(), names));
      return this;
    }

    private static Set<String> union(Set<String> before, String... added) {
      Set<String> all = new HashSet<>(before);
      all.addAll(Arrays.asList(added));
      return all;
    }

    /** Sets {@link Rates#setMemProfileRate}, for the whole JVM. */
    public Builder memProfileRate(long bytes) {
      return rate(all -> all.setMemProfileRate(bytes));
    }

    /** Sets {@link Rates#setCpuProfileRate}, for the whole JVM. */
    public Builder cpuProfileRate(int hz) {
      return rate(all -> all.setCpuProfileRate(hz));
    }

    /** Sets {@link Rates#setBlockProfileRate}, for the whole JVM. */
    public Builder blockProfileRate(long nanos) {
      return rate(all -> all.setBlockProfileRate(nanos));
    }

    /** Sets {@link Rates#setMutexProfileFraction}, for the whole JVM. */
    public Builder mutexProfileFraction(int n) {
      return rate(all -> all.setMutexProfileFraction(n));
    }

    private Builder rate(Consumer<Rates> change) {
      rates.add(change);
      return this;
    }

    /**
     * The handler; rates are in force from now on.
     *
     * @throws IllegalArgumentException if a rate is out of range
     * @throws IllegalStateException if this JVM cannot record what a rate asks for
     */
    public PprofHandler build() {
      rates.forEach(change -> change.accept(Captures.ofThisJvm().rates()));
      return create(options);
    }
  }
}
