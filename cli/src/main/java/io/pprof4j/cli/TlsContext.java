// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.SourceRequest.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** How encrypted connections are made: the client's certificate, and whom it trusts. */
final class TlsContext {
  private final TlsFiles files;
  private final CliEnvironment environment;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SSLContext trusting;
  private @Nullable SSLContext verifying;

  TlsContext(TlsFiles files, CliEnvironment environment) {
    this.files = files;
    this.environment = environment;
  }

  /**
   * Checks the flags, also when the connection turns out to be a plain one.
   *
   * @throws CliException if a certificate is given without its key or the reverse
   */
  void check() throws CliException {
    if (files.certificate().isEmpty() && !files.key().isEmpty()) {
      throw new CliException("-tls_key is specified, so -tls_cert must also be specified");
    }
    if (!files.certificate().isEmpty() && files.key().isEmpty()) {
      throw new CliException("-tls_cert is specified, so -tls_key must also be specified");
    }
  }

  /**
   * Prepares a connection.
   *
   * @throws CliException if the certificates cannot be loaded
   */
  void apply(HttpsURLConnection connection, boolean insecure) throws CliException {
    lock.lock();
    try {
      if (insecure) {
        trusting = trusting == null ? context(new TrustManager[] {new TrustAll()}) : trusting;
        connection.setSSLSocketFactory(trusting.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true);
        return;
      }
      if (verifying == null) {
        verifying = context(authorities());
      }
      connection.setSSLSocketFactory(verifying.getSocketFactory());
    } finally {
      lock.unlock();
    }
  }

  private TrustManager @Nullable [] authorities() throws CliException {
    if (files.authorities().isEmpty()) {
      return null;
    }
    try {
      return PemFiles.authorities(environment.resolve(files.authorities()));
    } catch (IOException | GeneralSecurityException e) {
      throw new CliException(
          "could not load CA specified by -tls_ca: " + FileErrors.describe("open", e));
    }
  }

  private SSLContext context(TrustManager @Nullable [] trust) throws CliException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          files.certificate().isEmpty()
              ? null
              : PemFiles.identity(
                  environment.resolve(files.certificate()), environment.resolve(files.key())),
          trust,
          null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CliException(
          "could not load certificate/key pair specified by -tls_cert and -tls_key: "
              + FileErrors.describe("open", e));
    }
  }

  /**
   * Accepts every server. Only {@code https+insecure} uses it, whose very meaning is that the user
   * waives the check.
   */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
