// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request consists of, apart from its URL.
 *
 * @param method the method
 * @param headers the fields, without those that the protocol itself needs
 * @param host the value of the Host field, if it is not to be taken from the URL
 * @param body the body; empty for none; not to be changed
 * @param compression whether to ask for a compressed response
 * @param keepAlive whether the connection is to stay open
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by no one, and copied for no one.
public record RequestSpec(
    String method,
    List<Header> headers,
    Optional<String> host,
    byte[] body,
    boolean compression,
    boolean keepAlive) {

  /** The value of a field; names are in canonical form. */
  Optional<String> header(String name) {
    for (Header header : headers) {
      if (header.name().equals(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /**
   * The fields to send after Host. Go sends User-Agent, then the length, then the others sorted,
   * then those it adds by itself.
   */
  List<Header> fieldsFor(HttpUrl url) {
    List<Header> fields = new ArrayList<>();
    header("User-Agent").ifPresent(agent -> fields.add(new Header("User-Agent", agent)));
    boolean bodyExpected = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    if (body.length > 0 || bodyExpected) {
      fields.add(new Header("Content-Length", Integer.toString(body.length)));
    }
    fields.addAll(sortedOthers(url));
    boolean asksForEncoding = header("Accept-Encoding").isPresent() || header("Range").isPresent();
    if (compression && !asksForEncoding && !method.equals("HEAD")) {
      fields.add(new Header("Accept-Encoding", "gzip"));
    }
    if (!keepAlive) {
      fields.add(new Header("Connection", "close"));
    }
    return List.copyOf(fields);
  }

  private List<Header> sortedOthers(HttpUrl url) {
    List<Header> others = new ArrayList<>();
    for (Header header : headers) {
      switch (header.name()) {
        case "Host", "User-Agent", "Content-Length", "Transfer-Encoding", "Trailer" -> {}
        default -> others.add(header);
      }
    }
    if (header("Authorization").isEmpty()) {
      basicAuth(url).ifPresent(value -> others.add(new Header("Authorization", value)));
    }
    others.sort(Comparator.comparing(Header::name));
    return others;
  }

  /** The credentials in a URL's user part, in the form of the Authorization field. */
  static Optional<String> basicAuth(HttpUrl url) {
    if (url.userInfo().isEmpty()) {
      return Optional.empty();
    }
    String user = HttpUrl.decode(url.userInfo());
    return Optional.of(basicAuth(user.indexOf(':') < 0 ? user + ":" : user));
  }

  /** The value of the Authorization field for {@code user:password}. */
  public static String basicAuth(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * What is sent when a redirect is followed, by the rules of Go's http client: a redirect that
   * drops the body drops the fields that describe it, and one to another domain drops secrets.
   */
  RequestSpec redirected(int status, HttpUrl from, HttpUrl to, boolean hostStays) {
    boolean bodyStays = status == 307 || status == 308;
    boolean sameSite = isSameOrSubdomain(from.host(), to.host());
    List<Header> kept = new ArrayList<>();
    for (Header header : headers) {
      boolean secret =
          switch (header.name()) {
            case "Authorization", "Cookie", "Cookie2", "Www-Authenticate" -> true;
            default -> header.name().startsWith("Proxy-Auth");
          };
      boolean ofBody =
          switch (header.name()) {
            case "Content-Encoding", "Content-Language", "Content-Location", "Content-Type" -> true;
            default -> false;
          };
      if ((!secret || sameSite) && (!ofBody || bodyStays)) {
        kept.add(header);
      }
    }
    boolean downgrade = from.scheme().equals("https") && to.scheme().equals("http");
    if (!downgrade && header("Referer").isEmpty()) {
      kept.add(new Header("Referer", from.withoutUser()));
    }
    String next = bodyStays || method.equals("GET") || method.equals("HEAD") ? method : "GET";
    return new RequestSpec(
        next,
        List.copyOf(kept),
        hostStays ? host : Optional.empty(),
        bodyStays ? body : new byte[0],
        compression,
        keepAlive);
  }

  private static boolean isSameOrSubdomain(String parent, String child) {
    String domain = parent.toLowerCase(Locale.ROOT);
    String other = child.toLowerCase(Locale.ROOT);
    return other.equals(domain) || (other.endsWith("." + domain) && domain.indexOf(':') < 0);
  }
}
