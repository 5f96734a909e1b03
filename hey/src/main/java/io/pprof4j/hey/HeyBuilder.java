// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import io.pprof4j.flags.GoQuote;
import io.pprof4j.hey.internal.engine.Header;
import io.pprof4j.hey.internal.engine.HttpUrl;
import io.pprof4j.hey.internal.engine.LoadPlan;
import io.pprof4j.hey.internal.engine.NetOptions;
import io.pprof4j.hey.internal.engine.Protocol;
import io.pprof4j.hey.internal.engine.Proxies;
import io.pprof4j.hey.internal.engine.RequestSpec;
import io.pprof4j.hey.internal.engine.Target;
import io.pprof4j.hey.internal.engine.TlsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Describes a run. What is not set is as in hey: 200 requests by 50 workers, GET, 20 seconds of
 * patience, connections kept, redirects followed, certificates not verified.
 */
public final class HeyBuilder {
  private static final String AGENT = "hey/0.0.1";

  private final List<String> urls = new ArrayList<>();
  private String method = "GET";
  private final List<Header> headers = new ArrayList<>();
  private String contentType = "text/html";
  private Optional<String> host = Optional.empty();
  private Optional<String> userAgent = Optional.empty();
  private byte[] body = new byte[0];
  private boolean compression = true;

  private long requests = 200;
  private int workers = 50;
  private Duration duration = Duration.ZERO;
  private Duration warmup = Duration.ZERO;
  private double ratePerWorker;
  private double rate;
  private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private Protocol protocol = Protocol.HTTP_1_1;
  private Duration timeout = Duration.ofSeconds(20);
  private boolean keepAlive = true;
  private boolean redirects = true;
  private Proxies proxies = Proxies.NONE;
  private Optional<Path> unixSocket = Optional.empty();
  private boolean verify;
  private Optional<Path> caCertificates = Optional.empty();
  private Optional<Path> certificate = Optional.empty();
  private Optional<Path> key = Optional.empty();
  private Optional<Consumer<RequestTimes>> eachRequest = Optional.empty();
  private Optional<Consumer<Hey>> beforeMeasuring = Optional.empty();

  HeyBuilder() {}

  /** Adds a URL. Several are requested in turn. */
  public HeyBuilder url(String url) {
    urls.add(url);
    return this;
  }

  /** Sets the method; it is sent in capitals. */
  public HeyBuilder method(String name) {
    method = name.isEmpty() ? "GET" : name.toUpperCase(java.util.Locale.ROOT);
    return this;
  }

  /**
   * Adds a header field. Several of one name are all sent, but for Content-Type and User-Agent, of
   * which the last one is.
   *
   * @throws IllegalArgumentException if name or value contain what HTTP does not allow
   */
  public HeyBuilder header(String name, String value) {
    check(Header.isToken(name), "invalid header field name " + GoQuote.quote(name));
    Header header = new Header(Header.canonical(name), value(name, value).strip());
    if (header.name().equals("Content-Type") || header.name().equals("User-Agent")) {
      headers.removeIf(other -> other.name().equals(header.name()));
    }
    headers.add(header);
    return this;
  }

  /** Sets the Accept field, in place of those added before. */
  public HeyBuilder accept(String value) {
    headers.removeIf(header -> header.name().equals("Accept"));
    return header("Accept", value);
  }

  /**
   * Sets the Content-Type that is sent unless a header of that name is added.
   *
   * @throws IllegalArgumentException if the value contains what HTTP does not allow
   */
  public HeyBuilder contentType(String value) {
    contentType = value("Content-Type", value);
    return this;
  }

  /**
   * Sets the User-Agent; hey's own is put behind it.
   *
   * @throws IllegalArgumentException if the value contains what HTTP does not allow
   */
  public HeyBuilder userAgent(String value) {
    userAgent = Optional.of(value("User-Agent", value));
    return this;
  }

  /**
   * Sets the Host field, and the name that TLS asks for.
   *
   * @throws IllegalArgumentException if the value contains what HTTP does not allow
   */
  public HeyBuilder host(String value) {
    host = Optional.of(value("Host", value));
    return this;
  }

  /** The value, which ends neither its field nor the head of the request. */
  private static String value(String name, String value) {
    check(
        Header.isValue(value),
        "invalid header field value for " + GoQuote.quote(name) + ": " + GoQuote.quote(value));
    return value;
  }

  /** Sets credentials for basic authentication, in the form {@code user:password}. */
  public HeyBuilder basicAuth(String credentials) {
    headers.removeIf(header -> header.name().equals("Authorization"));
    headers.add(new Header("Authorization", RequestSpec.basicAuth(credentials)));
    return this;
  }

  /** Sets the body of every request, encoded as UTF-8. */
  public HeyBuilder body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets the body of every request. */
  public HeyBuilder body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Does not ask for compressed responses. */
  public HeyBuilder withoutCompression() {
    compression = false;
    return this;
  }

  /** Sets how many requests are sent in all; exactly so many are. */
  public HeyBuilder requests(long count) {
    requests = count;
    return this;
  }

  /** Sets how many requests may be under way at a time. */
  public HeyBuilder workers(int count) {
    workers = count;
    return this;
  }

  /** Sends requests for so long, in place of a number of requests; zero takes it back. */
  public HeyBuilder duration(Duration time) {
    duration = time;
    return this;
  }

  /** Makes load for so long before measuring. */
  public HeyBuilder warmup(Duration time) {
    warmup = time;
    return this;
  }

  /** Bounds the requests per second of each worker; 0 for no bound. */
  public HeyBuilder ratePerWorker(double perSecond) {
    ratePerWorker = perSecond;
    return this;
  }

  /** Sends so many requests per second in all, due by the clock whatever the server does. */
  public HeyBuilder rate(double perSecond) {
    rate = perSecond;
    return this;
  }

  /** Sets how many threads make the load; half of the processors by default. */
  public HeyBuilder threads(int count) {
    loops = count;
    return this;
  }

  /** Speaks HTTP/2 with servers that offer it by ALPN. */
  public HeyBuilder http2() {
    protocol = Protocol.HTTP_2_NEGOTIATED;
    return this;
  }

  /** Speaks HTTP/2 with every server, without asking over plain connections. */
  public HeyBuilder http2PriorKnowledge() {
    protocol = Protocol.HTTP_2_PRIOR_KNOWLEDGE;
    return this;
  }

  /** Sets how long one request may take with all its redirects; zero for any time. */
  public HeyBuilder timeout(Duration time) {
    timeout = time;
    return this;
  }

  /** Makes a new connection for each request. */
  public HeyBuilder withoutKeepAlive() {
    keepAlive = false;
    return this;
  }

  /** Takes redirects for responses. */
  public HeyBuilder withoutRedirects() {
    redirects = false;
    return this;
  }

  /**
   * Sends all requests through a proxy.
   *
   * @param proxy {@code host:port} or an {@code http}, {@code https} or {@code socks5} URL, perhaps
   *     with user and password
   * @throws IllegalArgumentException if it cannot be read
   */
  public HeyBuilder proxy(String proxy) {
    Optional<HttpUrl> url = Optional.of(ProxyUrls.parse(proxy));
    proxies = target -> url;
    return this;
  }

  /**
   * Takes the proxies from {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}.
   *
   * @param environment the variables
   * @throws IllegalArgumentException if a proxy's URL cannot be read
   */
  public HeyBuilder proxyFromEnvironment(Map<String, String> environment) {
    proxies = ProxyUrls.fromEnvironment(environment);
    return this;
  }

  /** Connects to a Unix socket, whatever host the URL names. */
  public HeyBuilder unixSocket(Path path) {
    unixSocket = Optional.of(path);
    return this;
  }

  /** Verifies the certificates of servers, by the JDK's authorities unless others are set. */
  public HeyBuilder verifyCertificates() {
    verify = true;
    return this;
  }

  /** Verifies the certificates of servers by the authorities in a PEM file. */
  public HeyBuilder certificateAuthorities(Path pemFile) {
    verify = true;
    caCertificates = Optional.of(pemFile);
    return this;
  }

  /** Identifies itself by a certificate; the private key is in the same PEM file. */
  public HeyBuilder clientCertificate(Path pemFile) {
    certificate = Optional.of(pemFile);
    return this;
  }

  /** Sets the PEM file of the client's private key. */
  public HeyBuilder clientKey(Path pemFile) {
    key = Optional.of(pemFile);
    return this;
  }

  /**
   * Hands over the times of each successful request as it ends. Calls come from all threads that
   * make the load, which wait for their return.
   */
  public HeyBuilder eachRequest(Consumer<RequestTimes> consumer) {
    eachRequest = Optional.of(consumer);
    return this;
  }

  /** Calls the action after the warm-up and before the first request that is measured. */
  public HeyBuilder beforeMeasuring(Consumer<Hey> action) {
    beforeMeasuring = Optional.of(action);
    return this;
  }

  /**
   * Checks the description.
   *
   * @throws IllegalArgumentException if a URL or a number makes no sense
   */
  public Hey build() {
    check(!urls.isEmpty(), "no URL");
    check(workers > 0, "workers: " + workers);
    check(!duration.isZero() || requests >= 0, "requests: " + requests);
    check(isRate(rate) && isRate(ratePerWorker), "rates must be finite and not negative");
    check(Header.isToken(method), "net/http: invalid method " + GoQuote.quote(method));
    int threads = Math.max(1, Math.min(loops, workers));
    LoadPlan plan =
        new LoadPlan(requests, workers, duration.toNanos(), ratePerWorker, rate, threads);
    TlsOptions tls = new TlsOptions(verify, caCertificates, certificate, key);
    NetOptions net =
        new NetOptions(protocol, timeout.toNanos(), keepAlive, redirects, proxies, unixSocket, tls);
    return new Hey(plan, warmup.toNanos(), net, targets(), eachRequest, beforeMeasuring);
  }

  private static boolean isRate(double perSecond) {
    return perSecond >= 0 && Double.isFinite(perSecond);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private List<Target> targets() {
    RequestSpec spec = new RequestSpec(method, finalHeaders(), host, body, compression, keepAlive);
    List<Target> targets = new ArrayList<>();
    for (String text : urls) {
      HttpUrl url = HttpUrl.parse(text);
      Optional<HttpUrl> proxy = unixSocket.isPresent() ? Optional.empty() : proxies.proxyFor(url);
      targets.add(new Target(url, spec, proxy));
    }
    return targets;
  }

  private List<Header> finalHeaders() {
    List<Header> all = new ArrayList<>(headers);
    if (all.stream().noneMatch(header -> header.name().equals("Content-Type"))
        && !contentType.isEmpty()) {
      all.add(new Header("Content-Type", contentType));
    }
    String own =
        all.stream()
            .filter(header -> header.name().equals("User-Agent"))
            .map(Header::value)
            .findFirst()
            .orElse("");
    String agent = userAgent.orElse(own);
    all.removeIf(header -> header.name().equals("User-Agent"));
    all.add(new Header("User-Agent", agent.isEmpty() ? AGENT : agent + " " + AGENT));
    return List.copyOf(all);
  }
}
