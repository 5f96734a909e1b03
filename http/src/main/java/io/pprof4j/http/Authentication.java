// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks clients for the token. Tools send it as a bearer token or as the password of basic
 * authentication, which {@code go tool pprof http://user:token@host/...} can do; people open {@code
 * ?token=...} once and have a cookie from then on.
 */
final class Authentication {
  private static final String COOKIE = "pprof4j";
  private static final String PARAMETER = "token";

  private static final Map<String, String> CHALLENGE =
      Map.of(
          "X-Go-Pprof", "1", "WWW-Authenticate", "Bearer realm=\"pprof\", Basic realm=\"pprof\"");

  private final Optional<AccessToken> token;

  /** Asks for a token; for nothing if there is none. */
  Authentication(Optional<AccessToken> token) {
    this.token = token;
  }

  /** What is to be done with a request that may pass. */
  enum Passed {
    /** Answer it. */
    AS_IT_IS,
    /** Answer it, and let the client keep {@link #cookie}. */
    WITH_COOKIE
  }

  /**
   * Lets a request pass.
   *
   * @throws HttpError if the client does not know the token
   */
  Passed check(PprofExchange exchange) throws HttpError {
    if (token.isEmpty()) {
      return Passed.AS_IT_IS;
    }
    AccessToken wanted = token.get();
    String given = Query.parse(exchange.query()).get(PARAMETER);
    if (!given.isEmpty() && wanted.is(given)) {
      return Passed.WITH_COOKIE;
    }
    String authorization = exchange.header("Authorization").orElse("");
    if (wanted.is(secret(authorization)) || hasCookie(wanted, exchange)) {
      return Passed.AS_IT_IS;
    }
    throw HttpError.ofRouter(401, "unauthorized: this server asks for its token", CHALLENGE);
  }

  /** The secret in an Authorization header (RFC 6750, RFC 7617); empty if there is none. */
  private static String secret(String authorization) {
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
    String value = authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "bearer" -> value;
      case "basic" -> password(value);
      default -> "";
    };
  }

  private static String password(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return ""; // not base64
    }
  }

  private static boolean hasCookie(AccessToken wanted, PprofExchange exchange) {
    for (String pair : exchange.header("Cookie").orElse("").split(";", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length == 2 && parts[0].equals(COOKIE) && wanted.isCookie(parts[1])) {
        return true;
      }
    }
    return false;
  }

  /** The cookie for a client that has shown the token; out of reach of scripts and other sites. */
  String cookie(String mountPath) {
    String value = token.map(AccessToken::cookie).orElse("");
    return "%s=%s; Path=%s; HttpOnly; SameSite=Strict".formatted(COOKIE, value, mountPath);
  }

  /** A query without the token, for people to see and for the log. */
  static String withoutToken(String query) {
    StringBuilder rest = new StringBuilder();
    for (String pair : query.split("&", -1)) {
      String key = pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
      if (!PARAMETER.equals(Query.decode(key.replace('+', ' ')).orElse(""))) {
        rest.append(rest.isEmpty() ? "" : "&").append(pair);
      }
    }
    return rest.toString();
  }
}
