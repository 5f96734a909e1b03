// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.flags.GoQuote;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A URL as Go's {@code net/url} accepts it: what it tolerates (blanks, braces, no scheme) is
 * tolerated, and its error texts are kept.
 *
 * @param scheme in lower case; may be empty
 * @param userInfo what stands before {@code @}, percent-encoded; may be empty
 * @param host name or address without brackets and port; may be empty
 * @param port the explicit port, or -1
 * @param path percent-encoded; may be empty
 * @param query with its question mark; may be empty
 */
public record HttpUrl(
    String scheme, String userInfo, String host, int port, String path, String query) {

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with Go's text if even Go would refuse it
   */
  public static HttpUrl parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        throw refused(text, "net/url: invalid control character in URL");
      }
    }
    int fragment = text.indexOf('#');
    String url = fragment < 0 ? text : text.substring(0, fragment);
    String scheme = scheme(text, url);
    String rest = scheme.isEmpty() ? url : url.substring(scheme.length() + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark);
    String before = mark < 0 ? rest : rest.substring(0, mark);
    if (!before.startsWith("/") && !scheme.isEmpty()) {
      return new HttpUrl(scheme, "", "", -1, escape(text, before, false), escapeQuery(query));
    }
    if (!before.startsWith("//")) {
      checkFirstSegment(text, before);
      return new HttpUrl(scheme, "", "", -1, escape(text, before, true), escapeQuery(query));
    }
    int slash = before.indexOf('/', 2);
    String authority = slash < 0 ? before.substring(2) : before.substring(2, slash);
    String path = slash < 0 ? "" : before.substring(slash);
    return withAuthority(text, scheme, authority, escape(text, path, true), escapeQuery(query));
  }

  private static void checkFirstSegment(String text, String path) {
    int slash = path.indexOf('/');
    String segment = slash < 0 ? path : path.substring(0, slash);
    if (segment.indexOf(':') >= 0) {
      throw refused(text, "first path segment in URL cannot contain colon");
    }
  }

  private static HttpUrl withAuthority(
      String text, String scheme, String authority, String path, String query) {
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? "" : authority.substring(0, at);
    String hostPort = authority.substring(at + 1);
    int end = hostPort.startsWith("[") ? hostPort.indexOf(']') + 1 : hostPort.lastIndexOf(':');
    if (hostPort.startsWith("[") && end == 0) {
      throw refused(text, "missing ']' in host");
    }
    int colon = end < 0 ? hostPort.length() : end;
    String host = hostPort.substring(0, colon);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.indexOf(' ') >= 0) {
      throw refused(text, "invalid character \" \" in host name");
    }
    int port = port(text, hostPort.substring(colon));
    return new HttpUrl(scheme, userInfo, host, port, path, query);
  }

  private static int port(String text, String colonPort) {
    if (colonPort.isEmpty() || colonPort.equals(":")) {
      return -1;
    }
    boolean digits = colonPort.charAt(0) == ':' && colonPort.length() <= 6;
    for (int i = 1; i < colonPort.length(); i++) {
      digits &= colonPort.charAt(i) >= '0' && colonPort.charAt(i) <= '9';
    }
    if (!digits || Integer.parseInt(colonPort.substring(1)) > 65535) {
      throw refused(text, "invalid port " + GoQuote.quote(colonPort) + " after host");
    }
    return Integer.parseInt(colonPort.substring(1));
  }

  private static String scheme(String text, String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (c == ':') {
        if (i == 0) {
          throw refused(text, "missing protocol scheme");
        }
        return url.substring(0, i).toLowerCase(Locale.ROOT);
      }
      if (!letter && (i == 0 || "0123456789+-.".indexOf(c) < 0)) {
        return "";
      }
    }
    return "";
  }

  private static IllegalArgumentException refused(String url, String reason) {
    return new IllegalArgumentException("parse " + GoQuote.quote(url) + ": " + reason);
  }

  private static String escape(String text, String path, boolean checked) {
    for (int i = path.indexOf('%'); checked && i >= 0; i = path.indexOf('%', i + 1)) {
      if (i + 2 >= path.length()
          || Character.digit(path.charAt(i + 1), 16) < 0
          || Character.digit(path.charAt(i + 2), 16) < 0) {
        String bad = path.substring(i, Math.min(i + 3, path.length()));
        throw refused(text, "invalid URL escape " + GoQuote.quote(bad));
      }
    }
    return percentEncode(path, "\"<>\\^`{|} ");
  }

  private static String escapeQuery(String query) {
    // Go sends the query as it is; a blank or a non-ASCII byte would break the request line.
    return percentEncode(query, " ");
  }

  private static String percentEncode(String part, String reserved) {
    boolean clean = true;
    for (int i = 0; i < part.length(); i++) {
      clean &= part.charAt(i) < 0x7f && reserved.indexOf(part.charAt(i)) < 0;
    }
    if (clean) {
      return part;
    }
    StringBuilder out = new StringBuilder();
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && b < 0x7f && reserved.indexOf(b) < 0) {
        out.append((char) b);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)));
        out.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
    return out.toString();
  }

  /**
   * The URL that a redirect leads to.
   *
   * @param location the value of the Location field, absolute or relative to this URL
   * @throws IllegalArgumentException if it cannot be read
   */
  public HttpUrl resolve(String location) {
    HttpUrl relative = parse(location);
    if (!relative.scheme.isEmpty()) {
      return relative;
    }
    if (location.startsWith("//")) {
      return parse(scheme + ":" + location);
    }
    String query = relative.query;
    if (relative.path.isEmpty()) {
      return new HttpUrl(scheme, userInfo, host, port, path, query.isEmpty() ? this.query : query);
    }
    try {
      URI base = new URI(null, null, path.isEmpty() ? "/" : path, null);
      String joined = base.resolve(new URI(null, null, decode(relative.path), null)).getRawPath();
      return new HttpUrl(
          scheme, userInfo, host, port, joined.replaceFirst("^(/\\.\\.)+", ""), query);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "parse " + GoQuote.quote(location) + ": " + e.getReason(), e);
    }
  }

  /** Undoes percent-encoding; a plus sign stands for itself. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Whether it can be requested: http or https, and a host. */
  public boolean isRequestable() {
    return (scheme.equals("http") || scheme.equals("https")) && !host.isEmpty();
  }

  /** Why it cannot be requested, in Go's words. */
  public String refusal() {
    return scheme.equals("http") || scheme.equals("https")
        ? "http: no Host in request URL"
        : "unsupported protocol scheme " + GoQuote.quote(scheme);
  }

  /** Where to connect. */
  public Origin origin() {
    return new Origin(scheme.equals("https"), host, port >= 0 ? port : defaultPort());
  }

  private int defaultPort() {
    return scheme.equals("https") ? 443 : isSocks() ? 1080 : 80;
  }

  /** Whether it names a SOCKS proxy; both spellings let the proxy look names up, as in Go. */
  public boolean isSocks() {
    return scheme.equals("socks5") || scheme.equals("socks5h");
  }

  /** The value of the Host field: the port is there only if the URL has one. */
  public String hostField() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port < 0 ? name : name + ":" + port;
  }

  /** The request target in origin form: path and query. */
  public String requestTarget() {
    return (path.isEmpty() ? "/" : path) + query;
  }

  /** The whole URL without user and password. */
  public String withoutUser() {
    String start = scheme.isEmpty() ? "" : scheme + ":";
    return host.isEmpty() && port < 0
        ? start + path + query
        : start + "//" + hostField() + path + query;
  }

  /** The whole URL; as in Go's messages, three x stand for a password. */
  @Override
  public String toString() {
    if (userInfo.isEmpty()) {
      return withoutUser();
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon) + ":xxxxx";
    return scheme + "://" + user + "@" + hostField() + path + query;
  }
}
