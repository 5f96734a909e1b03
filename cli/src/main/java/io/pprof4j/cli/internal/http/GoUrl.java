// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL read by the rules of Go's {@code net/url}, which decide what is a file and what is a server
 * for pprof, and how the address that is fetched and printed is spelled.
 *
 * @param scheme in lower case; empty if there is none
 * @param opaque whether something other than a path follows the scheme: {@code localhost:80}
 * @param userInfo name and password as written, with the at sign; empty if there is none
 * @param host host and port; empty if there is none
 * @param path the path, escaped
 * @param query the query as written
 * @param questionMark whether a question mark is written even without a query behind it
 * @param fragment the fragment with its number sign; empty if there is none
 */
public record GoUrl(
    String scheme,
    boolean opaque,
    String userInfo,
    String host,
    String path,
    String query,
    boolean questionMark,
    String fragment) {

  private static final String HEX = "0123456789ABCDEF";

  /** A parameter of a query, unescaped. */
  record Parameter(String key, String value) {}

  /** Reads a URL; null if it is malformed. */
  public static @Nullable GoUrl parse(String text) {
    if (hasControl(text)) {
      return null;
    }
    int number = text.indexOf('#');
    String fragment = number < 0 ? "" : text.substring(number);
    String rest = number < 0 ? text : text.substring(0, number);
    int colon = schemeEnd(rest);
    if (colon == 0) {
      return null; // missing protocol scheme
    }
    String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
    rest = colon < 0 ? rest : rest.substring(colon + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    boolean questionMark = mark >= 0 && query.isEmpty();
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme, true, "", "", rest, query, questionMark, fragment);
      }
      int slash = rest.indexOf('/');
      if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
        return null; // first path segment in URL cannot contain colon
      }
    }
    GoUrl address = hierarchical(scheme, rest);
    return address == null ? null : address.withQuery(query, questionMark, fragment);
  }

  private static @Nullable GoUrl hierarchical(String scheme, String rest) {
    String userInfo = "";
    String host = "";
    String path = rest;
    boolean authority = rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"));
    if (authority) {
      int slash = rest.indexOf('/', 2);
      String part = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      path = slash < 0 ? "" : rest.substring(slash);
      int at = part.lastIndexOf('@');
      userInfo = at < 0 ? "" : part.substring(0, at + 1);
      host = part.substring(at + 1);
      if (!validHost(host)) {
        return null;
      }
    }
    String escaped = escapedPath(path);
    return escaped == null
        ? null
        : new GoUrl(scheme, false, userInfo, host, escaped, "", false, "");
  }

  private GoUrl withQuery(String newQuery, boolean mark, String newFragment) {
    return new GoUrl(scheme, opaque, userInfo, host, path, newQuery, mark, newFragment);
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        return true;
      }
    }
    return false;
  }

  /** Where the scheme ends; negative if there is none. */
  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isLetter(c)) {
        continue;
      }
      boolean inner = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (inner && i > 0) {
        continue;
      }
      return c == ':' ? i : -1;
    }
    return -1;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean validHost(String host) {
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
    if (host.startsWith("[") && host.indexOf(']') < 0) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      if (" <>\"\\^`{}|/".indexOf(host.charAt(i)) >= 0) {
        return false;
      }
      if (colon >= 0 && i > colon && (host.charAt(i) < '0' || host.charAt(i) > '9')) {
        return false;
      }
    }
    return true;
  }

  /** The path with everything escaped that must be; null if an escape in it is malformed. */
  private static @Nullable String escapedPath(String path) {
    StringBuilder escaped = new StringBuilder(path.length());
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c == '%') {
        if (i + 2 >= bytes.length || hex(bytes[i + 1]) < 0 || hex(bytes[i + 2]) < 0) {
          return null;
        }
        escaped.append(c);
      } else if (isUnreserved(c) || "!$&'()*+,;=:@[]/".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        appendEscape(escaped, c);
      }
    }
    return escaped.toString();
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }

  private static boolean isUnreserved(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || "-_.~".indexOf(c) >= 0;
  }

  private static void appendEscape(StringBuilder text, char c) {
    text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
  }

  /** The parameters of the query in their order; malformed ones are left out, as in Go. */
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty() || part.indexOf(';') >= 0) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = unescape(equals < 0 ? part : part.substring(0, equals));
      String value = unescape(equals < 0 ? "" : part.substring(equals + 1));
      if (key != null && value != null) {
        parameters.add(new Parameter(key, value));
      }
    }
    return parameters;
  }

  /** The same URL with other parameters, sorted by key and escaped as Go's Values.Encode does. */
  GoUrl withParameters(List<Parameter> parameters) {
    List<Parameter> sorted = new ArrayList<>(parameters);
    sorted.sort(Comparator.comparing(Parameter::key)); // stable: values of a key keep their order
    StringBuilder encoded = new StringBuilder();
    for (Parameter parameter : sorted) {
      encoded.append(encoded.isEmpty() ? "" : "&");
      encoded.append(escape(parameter.key())).append('=').append(escape(parameter.value()));
    }
    return withQuery(encoded.toString(), questionMark, fragment);
  }

  /** The same server with another path and no query. */
  public GoUrl withPath(String newPath) {
    return new GoUrl(scheme, opaque, userInfo, host, newPath, "", questionMark, fragment);
  }

  /** What a reference in the answer of this address means (RFC 3986); null if it is malformed. */
  @Nullable GoUrl resolve(String reference) {
    GoUrl target = parse(reference);
    if (target == null || target.opaque) {
      return target;
    }
    if (!target.scheme.isEmpty() || !target.host.isEmpty()) {
      String own = target.scheme.isEmpty() ? scheme : target.scheme;
      return target.at(own, target.userInfo, target.host, withoutDots(target.path));
    }
    if (target.path.isEmpty() && target.query.isEmpty() && !target.questionMark) {
      return withQuery(query, questionMark, target.fragment);
    }
    String whole = target.path;
    if (!whole.startsWith("/")) {
      whole = whole.isEmpty() ? path : path.substring(0, path.lastIndexOf('/') + 1) + whole;
    }
    return target.at(scheme, userInfo, host, withoutDots(whole));
  }

  /** The address for messages: without password, and without a colon that no port follows. */
  String shown() {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon) + ":***@";
    String bare = host.endsWith(":") ? host.substring(0, host.length() - 1) : host;
    return at(scheme, user, bare, path).toString();
  }

  /** Host and port; the scheme's port if none is given. */
  String hostAndPort() {
    String bare = host.endsWith(":") ? host.substring(0, host.length() - 1) : host;
    boolean hasPort = bare.lastIndexOf(':') > bare.lastIndexOf(']');
    return hasPort ? bare : bare + (scheme.startsWith("https") ? ":443" : ":80");
  }

  private GoUrl at(String newScheme, String newUser, String newHost, String newPath) {
    return new GoUrl(newScheme, false, newUser, newHost, newPath, query, questionMark, fragment);
  }

  /** The path with {@code .} and {@code ..} followed. */
  private static String withoutDots(String path) {
    if (path.isEmpty()) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String relative = path.startsWith("/") ? path.substring(1) : path;
    String last = "";
    for (String element : relative.split("/", -1)) {
      last = element;
      if (element.equals("..")) {
        kept.pollLast();
      } else if (!element.equals(".")) {
        kept.addLast(element);
      }
    }
    boolean directory = last.equals(".") || last.equals("..");
    return "/" + String.join("/", kept) + (directory && !kept.isEmpty() ? "/" : "");
  }

  private static @Nullable String unescape(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] plain = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        if (i + 2 >= bytes.length || hex(bytes[i + 1]) < 0 || hex(bytes[i + 2]) < 0) {
          return null;
        }
        plain[length++] = (byte) (hex(bytes[i + 1]) * 16 + hex(bytes[i + 2]));
        i += 2;
      } else {
        plain[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        escaped.append(c);
      } else if (c == ' ') {
        escaped.append('+');
      } else {
        appendEscape(escaped, c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!scheme.isEmpty()) {
      text.append(scheme).append(':');
    }
    if (!opaque && !host.isEmpty()) {
      text.append("//").append(userInfo).append(host);
      text.append(path.isEmpty() || path.startsWith("/") ? "" : "/");
    }
    text.append(path);
    if (questionMark || !query.isEmpty()) {
      text.append('?').append(query);
    }
    return text.append(fragment).toString();
  }
}
