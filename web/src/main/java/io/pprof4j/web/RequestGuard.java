// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may ask for what.
 *
 * <p>A server of this machine only answers this machine, and only under a name of this machine, so
 * that no web site can read it through a name that it makes point here (DNS rebinding). A server
 * that others can reach answers who has opened the address with the token once, which then is in a
 * cookie. What changes anything needs the token in a header, which only our own pages can send.
 */
final class RequestGuard {
  /** The header in which our pages send the token. */
  static final String TOKEN_HEADER = "X-Pprof-Token";

  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int TOKEN_BYTES = 18;

  private final boolean localOnly;
  private final int port;
  private final String token = newToken();

  /**
   * Makes a guard with a token of its own.
   *
   * @param localOnly whether the server listens on a loopback address
   * @param port where it listens, which names the cookie: browsers share cookies between ports
   */
  RequestGuard(boolean localOnly, int port) {
    this.localOnly = localOnly;
    this.port = port;
  }

  private static String newToken() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  String token() {
    return token;
  }

  /** Why a request is refused; empty if it is not. */
  Optional<WebResponse> refuse(WebRequest request) {
    boolean allowed =
        localOnly
            ? request.local() && isLocalName(request.header("host"))
            : isToken(cookie(request)) || isToken(request.parameters().get("t"));
    return allowed && !isForeign(request) ? Optional.empty() : Optional.of(denied());
  }

  /** Why a request that changes something is refused; empty if it is not. */
  Optional<WebResponse> refuseChange(WebRequest request, Set<String> methods) {
    if (!methods.contains(request.method())) {
      return Optional.of(
          WebResponse.error(405, "method not allowed")
              .with("Allow", String.join(", ", methods.stream().sorted().toList())));
    }
    return isToken(request.header(TOKEN_HEADER)) ? Optional.empty() : Optional.of(denied());
  }

  private static WebResponse denied() {
    return WebResponse.error(403, "permission denied");
  }

  /** Whether a request opens the UI with the token, which is then to be kept in a cookie. */
  boolean opens(WebRequest request) {
    return isToken(request.parameters().get("t"));
  }

  /** The header value that gives a browser the token. */
  String cookie() {
    return "pprof-" + port + "=" + token + "; Path=/ui/; HttpOnly; SameSite=Strict";
  }

  private String cookie(WebRequest request) {
    String name = "pprof-" + port + "=";
    for (String pair : request.header("cookie").split(";", -1)) {
      if (pair.strip().startsWith(name)) {
        return pair.strip().substring(name.length());
      }
    }
    return "";
  }

  private boolean isToken(String text) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return LOCAL_NAMES.contains(name);
  }

  /**
   * Whether a page of another site is behind a request. Following a link from there to a page of
   * ours is fine: that site does not see the answer.
   */
  private static boolean isForeign(WebRequest request) {
    String origin = request.header("origin");
    if (!origin.isEmpty()) {
      return !origin.replaceFirst("^https?://", "").equals(request.header("host"));
    }
    String site = request.header("sec-fetch-site");
    boolean elsewhere = site.equals("cross-site") || site.equals("same-site");
    return elsewhere && !request.header("sec-fetch-mode").equals("navigate");
  }
}
