// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import io.pprof4j.cli.internal.system.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;

/**
 * Makes HTTP requests with the user's certificates and proxies. It is built on {@code
 * HttpURLConnection} because that one loads a fifth of the classes of {@code java.net.http} and
 * tells the reason phrase, which pprof prints. Safe for use by several threads.
 */
public final class HttpTransport {
  private static final int MAX_REDIRECTS = 10;
  private static final int MAX_PORT = 65535;
  private static final int MAX_ERROR_BYTES = 1 << 16;

  private static final String NO_HEADERS =
      "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

  /** What HttpURLConnection says when a connection is closed before the request is written. */
  private static final String NOT_WRITTEN = "Error writing to server";

  /** Time beyond the fetch timeout that the whole exchange may take. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** How long a server may take to answer a post; those are questions that it answers at once. */
  private static final Duration POST_TIMEOUT = Duration.ofSeconds(60);

  /** How long a server may take to show that it knows no TLS. */
  private static final int PLAIN_MILLIS = 2_000;

  private final TlsContext tls;
  private final ProxySettings proxies;

  /** Fetches with these certificates, and through these proxies. */
  public HttpTransport(TlsContext tls, ProxySettings proxies) {
    this.tls = tls;
    this.proxies = proxies;
  }

  /**
   * Gets what is at an address; the caller closes it.
   *
   * @throws CliException if it cannot be had; the message is for the user
   */
  public InputStream get(RemoteSource source) throws CliException {
    Deadline deadline = new Deadline(source.timeout().plus(GRACE));
    boolean answered = false;
    try {
      InputStream answer = read(source.url(), source.token(), deadline);
      answered = true;
      return answer;
    } catch (IOException e) {
      String address = e instanceof RedirectException redirect ? redirect.address() : "";
      String shown = address.isEmpty() ? source.url().shown() : address;
      String reason = deadline.passed() ? NO_HEADERS : describe(e, source.url());
      throw new CliException("http fetch: Get \"" + shown + "\": " + reason);
    } finally {
      if (!answered) {
        deadline.close();
      }
    }
  }

  /** The answer of a server, of which nothing is read any more once the deadline has passed. */
  public InputStream read(GoUrl url, String token, Deadline deadline)
      throws IOException, CliException {
    HttpURLConnection connection = get(url, token, deadline);
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new CliException(statusError(connection));
    }
    long length = connection.getContentLengthLong();
    return deadline.guarded(new PromisedInput(connection.getInputStream(), length));
  }

  /**
   * Posts a body and returns the answer.
   *
   * @throws CliException if there is none; the message is for the user
   */
  public byte[] post(GoUrl url, String body) throws CliException {
    try (Deadline deadline = new Deadline(POST_TIMEOUT)) {
      HttpURLConnection connection = open(url);
      connection.setConnectTimeout(deadline.leftMillis());
      connection.setReadTimeout(deadline.leftMillis());
      deadline.guard(connection);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/octet-stream");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new CliException("http post " + url.shown() + ": " + statusError(connection));
      }
      try (InputStream in = deadline.guarded(connection.getInputStream())) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new CliException(
          "http post " + url.shown() + ": Post \"" + url.shown() + "\": " + describe(e, url));
    }
  }

  private HttpURLConnection get(GoUrl url, String token, Deadline deadline)
      throws IOException, CliException {
    GoUrl next = url;
    String location = "";
    for (int requests = 0; requests < MAX_REDIRECTS; requests++) {
      HttpURLConnection connection = requests == 0 ? open(next) : openRedirect(next);
      if (!token.isEmpty() && next.host().equals(url.host())) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
      }
      connection.setConnectTimeout(deadline.leftMillis());
      connection.setReadTimeout(deadline.leftMillis());
      deadline.guard(connection);
      location = redirect(connection);
      if (location.isEmpty()) {
        return connection;
      }
      connection.disconnect();
      GoUrl target = next.resolve(location);
      if (target == null) {
        throw new IOException("failed to parse Location header \"" + location + "\"");
      }
      next = target;
    }
    throw new RedirectException(location, "stopped after " + MAX_REDIRECTS + " redirects");
  }

  private HttpURLConnection openRedirect(GoUrl target) throws IOException, CliException {
    try {
      return open(target);
    } catch (IOException e) {
      throw new RedirectException(target.shown(), describe(e, target));
    }
  }

  /** Where the answer says that the profile is; empty if it is the answer itself. */
  private static String redirect(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    String location = connection.getHeaderField("Location");
    boolean redirect = (status >= 301 && status <= 303) || status == 307 || status == 308;
    return redirect && location != null ? location : "";
  }

  private HttpURLConnection open(GoUrl url) throws IOException, CliException {
    String scheme = url.scheme();
    if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("https+insecure")) {
      throw new IOException("unsupported protocol scheme \"" + scheme + "\"");
    }
    checkPort(url);
    tls.check();
    URL target = new URL(web(url));
    Proxy proxy = proxies.proxyOf(url);
    HttpURLConnection connection = (HttpURLConnection) target.openConnection(proxy);
    connection.setInstanceFollowRedirects(false);
    if (connection instanceof HttpsURLConnection secure) {
      tls.apply(secure, scheme.endsWith("+insecure"));
    } else {
      tls.checkFiles();
    }
    if (!url.userInfo().isEmpty()) {
      byte[] credentials =
          url.userInfo().substring(0, url.userInfo().length() - 1).getBytes(StandardCharsets.UTF_8);
      connection.setRequestProperty(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return connection;
  }

  private static void checkPort(GoUrl url) throws IOException {
    String port = url.host().substring(url.host().lastIndexOf(':') + 1);
    boolean given = url.host().indexOf(':') >= 0 && !port.endsWith("]");
    if (given && (port.length() > 9 || (!port.isEmpty() && Integer.parseInt(port) > MAX_PORT))) {
      throw new IOException("dial tcp: address " + port + ": invalid port");
    }
  }

  /** The address without what HttpURLConnection does not know. */
  private static String web(GoUrl url) {
    String scheme = url.scheme().equals("https+insecure") ? "https" : url.scheme();
    return new GoUrl(scheme, false, "", url.host(), url.path(), url.query(), url.questionMark(), "")
        .toString();
  }

  /** The status line, and the body if the server is one that explains itself to pprof. */
  private static String statusError(HttpURLConnection connection) throws IOException {
    String reason = connection.getResponseMessage();
    int code = connection.getResponseCode();
    String status = "server response: " + code + " " + (reason == null ? "" : reason);
    String type = connection.getContentType();
    InputStream body =
        code < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream();
    boolean explained = connection.getHeaderField("X-Go-Pprof") != null;
    if (body == null || !explained || type == null || !type.contains("text/plain")) {
      return status;
    }
    try (body) {
      byte[] text = body.readNBytes(MAX_ERROR_BYTES);
      return status + " - " + new String(text, StandardCharsets.UTF_8);
    }
  }

  /** What went wrong on the way, in the words of Go's network library where they are known. */
  private String describe(IOException error, GoUrl url) {
    String message = String.valueOf(error.getMessage());
    Proxy proxy = proxies.proxyOf(url);
    boolean isDirect = proxy.equals(Proxy.NO_PROXY);
    String by =
        isDirect ? "" : proxy.type() == Proxy.Type.HTTP ? "proxyconnect tcp: " : "socks connect: ";
    InetSocketAddress hop = (InetSocketAddress) proxy.address();
    if (error instanceof UnknownHostException) {
      String host = isDirect ? hostName(url) : hop.getHostString();
      return by + "dial tcp: lookup " + host + ": no such host";
    }
    if (error instanceof ConnectException) {
      String address = isDirect ? url.hostAndPort() : hop.getHostString() + ":" + hop.getPort();
      return by + "dial tcp " + address + ": connect: " + connectReason(message);
    }
    if (error instanceof SocketTimeoutException) {
      return NO_HEADERS;
    }
    if (error instanceof MalformedURLException) {
      return "invalid URL: " + message;
    }
    if (error instanceof SSLException) {
      String reason = TlsErrors.describe(error);
      boolean isPlain = reason.equals(TlsErrors.NO_HANDSHAKE) && isDirect && speaksHttp(url);
      return isPlain ? "http: server gave HTTP response to HTTPS client" : reason;
    }
    if (message.equals(NOT_WRITTEN) && url.scheme().startsWith("https")) {
      return refusal(url).orElse(message);
    }
    return message;
  }

  /**
   * Why a server closes connections before it has read a request. HttpURLConnection, which was
   * still writing, does not look at what the server said last.
   */
  private Optional<String> refusal(GoUrl url) {
    try {
      if (!proxies.proxyOf(url).equals(Proxy.NO_PROXY)) {
        return Optional.empty();
      }
      return tls.refusal(new URL(web(url)), url.scheme().endsWith("+insecure"));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /** Whether a server that does not know TLS answers a plain request. */
  private static boolean speaksHttp(GoUrl url) {
    try {
      URL plain = new URL("http://" + url.hostAndPort() + "/");
      HttpURLConnection connection = (HttpURLConnection) plain.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(PLAIN_MILLIS);
      connection.setReadTimeout(PLAIN_MILLIS);
      connection.setRequestMethod("HEAD");
      return connection.getResponseCode() > 0;
    } catch (IOException silent) {
      return false;
    }
  }

  private static String connectReason(String message) {
    String reason = message.toLowerCase(Locale.ROOT);
    Map<String, String> known = new TreeMap<>();
    known.put("connection refused", "connection refused");
    known.put("timed out", "connection timed out");
    known.put("unreachable", "network is unreachable");
    for (Map.Entry<String, String> entry : known.entrySet()) {
      if (reason.contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    return reason;
  }

  private static String hostName(GoUrl url) {
    int colon = url.host().lastIndexOf(':');
    return colon < 0 ? url.host() : url.host().substring(0, colon);
  }
}
