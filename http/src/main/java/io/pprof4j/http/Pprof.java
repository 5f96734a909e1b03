// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Switches profiling on, in one line. */
public final class Pprof {
  /** Where Go has its profiles, and where tools look for them. */
  public static final String PATH = "/debug/pprof";

  /** Where felixge/fgprof is, as scrapers expect it. */
  public static final String FGPROF_PATH = "/debug/fgprof";

  /** A request that takes longer to come in is dropped. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(10);

  private Pprof() {}

  /** Serves the profiles of this JVM below {@code /debug/pprof/} of a server. */
  public static void mount(HttpServer server) {
    mount(server, PprofOptions.defaults());
  }

  /** Serves the profiles of this JVM below {@code /debug/pprof/} of a server. */
  public static void mount(HttpServer server, PprofOptions options) {
    PprofHandler handler = PprofHandler.create(options);
    server.createContext(PATH, handler);
    server.createContext(FGPROF_PATH, exchange -> handler.handle(exchange, PATH));
  }

  /**
   * Serves the profiles of this JVM on a port of their own.
   *
   * @param address host and port: {@code localhost:6060}; port 0 takes a free one
   * @throws IllegalArgumentException if the address is none, or if other machines reach it
   * @throws IOException if the port is taken or the address is not of this machine
   */
  public static PprofServer listen(String address) throws IOException {
    return listen(address, PprofOptions.defaults());
  }

  /**
   * Serves the profiles of this JVM on a port of their own.
   *
   * @param address host and port: {@code localhost:6060}; port 0 takes a free one
   * @throws IllegalArgumentException if the address is none, or if other machines reach it and the
   *     options neither ask for a token nor allow that
   * @throws IOException if the port is taken or the address is not of this machine
   */
  public static PprofServer listen(String address, PprofOptions options) throws IOException {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    InetSocketAddress local = local(host, port(address, colon));
    if (!local.getAddress().isLoopbackAddress()) {
      requireConsent(address, options);
    }
    PprofHandler handler = PprofHandler.create(options.withHosts(hosts(local, host, options)));
    requireServer();
    try {
      return PprofServer.start(local, handler, REQUEST_TIME);
    } catch (BindException e) {
      throw new IOException("cannot listen on %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  /** Fails now, not when the first client comes, in a JVM without the module of the server. */
  private static void requireServer() {
    String unused = HttpServer.class.getName();
  }

  private static int port(String address, int colon) {
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (colon >= 0 && port > 0xffff) {
        throw new IllegalArgumentException("a port is at most 65535: \"" + address + "\"");
      }
      if (colon >= 0 && port >= 0) {
        return port;
      }
    } catch (NumberFormatException notNumber) {
      // said below
    }
    throw new IllegalArgumentException(
        "address must be host:port, for example localhost:6060, not \"" + address + "\"");
  }

  private static InetSocketAddress local(String host, int port) throws IOException {
    if (host.isEmpty()) {
      return new InetSocketAddress(port);
    }
    InetSocketAddress local = new InetSocketAddress(host.replaceAll("^\\[|]$", ""), port);
    if (local.isUnresolved()) {
      throw new IOException("unknown host: " + host);
    }
    return local;
  }

  private static void requireConsent(String address, PprofOptions options) {
    if (options.token().isPresent()) {
      return;
    }
    if (options.remoteAccess() != PprofOptions.RemoteAccess.UNAUTHENTICATED) {
      throw new IllegalArgumentException(
          ("other machines reach %s, and nobody is asked who he is; use localhost, set a token (of the"
                  + " agent: token= or token_file=), or in code RemoteAccess.UNAUTHENTICATED")
              .formatted(address));
    }
    System.getLogger(Pprof.class.getName())
        .log(
            Level.WARNING,
            "profiles of this JVM are open to everybody who reaches http://{0}/debug/pprof/",
            address);
  }

  /**
   * The names to answer to. A page of another name has no cookie of ours, so a listener for other
   * machines that asks for a token need not know its own names.
   */
  private static Set<String> hosts(InetSocketAddress local, String host, PprofOptions options) {
    if (options.token().isPresent()
        && options.hosts().isEmpty()
        && !local.getAddress().isLoopbackAddress()) {
      return Set.of();
    }
    Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    if (!host.isEmpty()) {
      hosts.add(host.toLowerCase(Locale.ROOT));
    }
    options.hosts().forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    return hosts;
  }
}
