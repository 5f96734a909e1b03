// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.flags.GoQuote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One request, ready to be sent any number of times. Immutable and shared by all loops. */
public final class Target {
  private final HttpUrl url;
  private final Origin origin;
  private final RequestSpec spec;
  private final List<Header> fields;
  private final Optional<HttpUrl> proxy;
  private final ByteBuffer wire;

  /**
   * Encodes a request.
   *
   * @param url where it goes
   * @param spec what is sent
   * @param proxy the proxy it goes through
   */
  public Target(HttpUrl url, RequestSpec spec, Optional<HttpUrl> proxy) {
    this.url = url;
    this.origin = url.origin();
    this.spec = spec;
    this.proxy = proxy;
    this.fields = spec.fieldsFor(url);
    this.wire = encode();
  }

  private ByteBuffer encode() {
    StringBuilder head = new StringBuilder(256);
    boolean absolute = proxy.isPresent() && !proxy.get().isSocks() && !origin.secure();
    String target = absolute ? url.withoutUser() : url.requestTarget();
    head.append(spec.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
    append(head, new Header("Host", hostField()));
    for (Header field : fields) {
      append(head, field);
    }
    if (absolute) {
      proxy
          .flatMap(RequestSpec::basicAuth)
          .ifPresent(credentials -> append(head, new Header("Proxy-Authorization", credentials)));
    }
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] body = spec.body();
    return ByteBuffer.allocateDirect(bytes.length + body.length).put(bytes).put(body).flip();
  }

  private static void append(StringBuilder head, Header field) {
    head.append(field.name()).append(": ").append(field.value()).append("\r\n");
  }

  /** Where it goes. */
  public HttpUrl url() {
    return url;
  }

  /** Where its connection leads. */
  public Origin origin() {
    return origin;
  }

  /** What is sent. */
  public RequestSpec spec() {
    return spec;
  }

  /** The proxy it goes through. */
  public Optional<HttpUrl> proxy() {
    return proxy;
  }

  /** The fields after Host, in the order in which Go sends them. */
  public List<Header> fields() {
    return fields;
  }

  /** The value of the Host field or of the pseudo-field {@code :authority}. */
  public String hostField() {
    return spec.host().orElse(url.hostField());
  }

  /** The name to ask for by TLS's SNI: never with the port, which hey sends along. */
  String serverName() {
    String host = hostField();
    int bracket = host.indexOf(']');
    int colon = host.lastIndexOf(':');
    String name = colon > bracket ? host.substring(0, colon) : host;
    return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
  }

  /** Head and body in HTTP/1.1, as an independent view. */
  ByteBuffer wire() {
    return wire.duplicate();
  }

  /** Whether it may be sent again when a kept connection turns out to be closed. */
  boolean isRepeatable() {
    return switch (spec.method()) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> spec.body().length == 0;
      default -> false;
    };
  }

  /** The message of a failed request, as Go's http client words it. */
  String failure(String reason) {
    return failure(url.toString(), reason);
  }

  /** The same, with another place than the URL. */
  String failure(String where, String reason) {
    String method = spec.method();
    String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    return verb + " " + GoQuote.quote(where) + ": " + reason;
  }
}
