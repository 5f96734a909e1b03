// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import io.pprof4j.hey.Hey;
import io.pprof4j.hey.HeyBuilder;
import io.pprof4j.hey.internal.engine.Header;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Turns flags into the description of a run. */
final class OptionReader {
  private final HeyFlags flags;
  private final InputStream in;
  private final HeyBuilder builder = Hey.builder();

  OptionReader(HeyFlags flags, InputStream in) {
    this.flags = flags;
    this.in = in;
  }

  /**
   * Reads all flags.
   *
   * @throws IllegalArgumentException if one makes no sense; the message is for the user
   * @throws IOException if a file cannot be read
   */
  HeyBuilder read() throws IOException {
    amount();
    request();
    body();
    network();
    tls();
    urls();
    return builder;
  }

  private void amount() {
    builder.requests(flags.requests.value());
    builder.workers((int) Math.min(flags.workers.value(), Integer.MAX_VALUE));
    builder.duration(flags.duration.nanos() > 0 ? flags.duration.value() : Duration.ZERO);
    builder.warmup(flags.warmup.value());
    builder.ratePerWorker(Math.max(0, flags.workerRate.value()));
    builder.rate(Math.max(0, flags.rate.value()));
    if (flags.threads.value() > 0) {
      builder.threads((int) Math.min(flags.threads.value(), Integer.MAX_VALUE));
    }
  }

  private void request() {
    builder.method(flags.method.value()).contentType(flags.contentType.value());
    for (String header : flags.headers.values()) {
      header(header);
    }
    if (!flags.accept.value().isEmpty()) {
      builder.accept(flags.accept.value());
    }
    if (!flags.userAgent.value().isEmpty()) {
      builder.userAgent(flags.userAgent.value());
    }
    if (!flags.host.value().isEmpty()) {
      builder.host(flags.host.value());
    }
    String auth = flags.auth.value();
    if (!auth.isEmpty()) {
      if (auth.indexOf(':') <= 0) {
        throw unreadable(auth);
      }
      builder.basicAuth(auth);
    }
  }

  private void header(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon);
    if (!Header.isToken(name) || !Header.isValue(text.substring(colon + 1))) {
      throw unreadable(text);
    }
    builder.header(name, text.substring(colon + 1));
  }

  private static IllegalArgumentException unreadable(String input) {
    return new IllegalArgumentException("could not parse the provided input; input = " + input);
  }

  private void body() throws IOException {
    if (!flags.body.value().isEmpty()) {
      builder.body(flags.body.value());
    }
    String file = flags.bodyFile.value();
    if (file.equals("-")) {
      builder.body(in.readAllBytes());
    } else if (!file.isEmpty()) {
      builder.body(Files.readAllBytes(Path.of(file)));
    }
  }

  private void network() {
    long seconds = Math.max(0, flags.timeout.value());
    builder.timeout(Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)));
    if (flags.withoutCompression.value()) {
      builder.withoutCompression();
    }
    if (flags.withoutKeepAlive.value()) {
      builder.withoutKeepAlive();
    }
    if (flags.withoutRedirects.value()) {
      builder.withoutRedirects();
    }
    if (flags.http2.value()) {
      builder.http2();
    }
    if (flags.priorKnowledge.value()) {
      builder.http2PriorKnowledge();
    }
    if (flags.proxyFromEnvironment.value()) {
      builder.proxyFromEnvironment(System.getenv());
    }
    if (!flags.proxy.value().isEmpty()) {
      builder.proxy(flags.proxy.value());
    }
    if (!flags.unixSocket.value().isEmpty()) {
      builder.unixSocket(Path.of(flags.unixSocket.value()));
    }
  }

  private void tls() {
    if (!flags.insecure.value()) {
      builder.verifyCertificates();
    }
    if (!flags.caCertificates.value().isEmpty()) {
      builder.certificateAuthorities(Path.of(flags.caCertificates.value()));
    }
    if (!flags.certificate.value().isEmpty()) {
      builder.clientCertificate(Path.of(flags.certificate.value()));
    }
    if (!flags.key.value().isEmpty()) {
      builder.clientKey(Path.of(flags.key.value()));
    }
  }

  private void urls() throws IOException {
    String file = flags.urls.value();
    if (file.isEmpty()) {
      // As in hey, only the first argument counts.
      builder.url(flags.set.arguments().get(0));
      return;
    }
    byte[] bytes = file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      String url = line.strip();
      if (!url.isEmpty() && !url.startsWith("#")) {
        builder.url(url);
      }
    }
  }
}
