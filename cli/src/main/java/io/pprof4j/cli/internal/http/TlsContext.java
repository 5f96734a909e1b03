// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import io.pprof4j.cli.CliEnvironment;
import io.pprof4j.cli.internal.system.FileErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** How encrypted connections are made: the client's certificate, and whom it trusts. */
public final class TlsContext {
  /** How long a server may take to say why it refuses a client. */
  private static final int LISTEN_MILLIS = 2_000;

  private final TlsFiles files;
  private final CliEnvironment environment;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SSLContext trusting;
  private @Nullable SSLContext verifying;

  /** Reads the files when the first server is asked. */
  public TlsContext(TlsFiles files, CliEnvironment environment) {
    this.files = files;
    this.environment = environment;
  }

  /**
   * Checks the flags, also when the connection turns out to be a plain one.
   *
   * @throws IOException if a certificate is given without its key or the reverse
   */
  void check() throws IOException {
    if (files.certificate().isEmpty() && !files.key().isEmpty()) {
      throw new IOException("-tls_key is specified, so -tls_cert must also be specified");
    }
    if (!files.certificate().isEmpty() && files.key().isEmpty()) {
      throw new IOException("-tls_cert is specified, so -tls_key must also be specified");
    }
  }

  /**
   * Reads the files, for a plain connection that makes no use of them: who names files that are not
   * there hardly meant that.
   *
   * @throws IOException if the certificates cannot be loaded
   */
  void checkFiles() throws IOException {
    KeyManager[] unusedIdentity = identity();
    if (!files.authorities().isEmpty()) {
      TrustManager[] unusedAuthorities = authorities();
    }
  }

  /**
   * Prepares a connection.
   *
   * @throws IOException if the certificates cannot be loaded
   */
  void apply(HttpsURLConnection connection, boolean insecure) throws IOException {
    connection.setSSLSocketFactory(context(insecure).getSocketFactory());
    if (insecure) {
      connection.setHostnameVerifier((host, session) -> true);
    }
  }

  /**
   * What a server says against a client that sends nothing. With TLS 1.3 it judges the client's
   * certificate, or that there is none, when the client has already begun to write: if it closes
   * the connection before the end, who writes learns that and no more.
   *
   * @return empty if the server waits for more, or cannot be asked
   */
  Optional<String> refusal(URL server, boolean insecure) {
    int port = server.getPort() < 0 ? server.getDefaultPort() : server.getPort();
    try (SSLSocket socket = (SSLSocket) context(insecure).getSocketFactory().createSocket()) {
      socket.setSoTimeout(LISTEN_MILLIS);
      socket.connect(new InetSocketAddress(server.getHost(), port), LISTEN_MILLIS);
      socket.startHandshake();
      socket.getInputStream().read();
      return Optional.empty();
    } catch (SSLException refused) {
      return Optional.of(TlsErrors.describe(refused));
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  private SSLContext context(boolean insecure) throws IOException {
    lock.lock();
    try {
      if (insecure) {
        trusting = trusting == null ? context(new TrustManager[] {new TrustAll()}) : trusting;
        return trusting;
      }
      verifying = verifying == null ? context(authorities()) : verifying;
      return verifying;
    } finally {
      lock.unlock();
    }
  }

  private TrustManager[] authorities() throws IOException {
    try {
      KeyStore own =
          files.authorities().isEmpty()
              ? null
              : PemFiles.authorities(environment.resolve(files.authorities()));
      return new TrustManager[] {ServerTrust.in(own, environment.zone())};
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          "could not load CA specified by -tls_ca: " + reason(e, files.authorities()), e);
    }
  }

  private SSLContext context(TrustManager[] trust) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("tls: " + e.getMessage(), e);
    }
  }

  private KeyManager @Nullable [] identity() throws IOException {
    if (files.certificate().isEmpty()) {
      return null;
    }
    Path certificate = environment.resolve(files.certificate());
    Path key = environment.resolve(files.key());
    try {
      return PemFiles.identity(certificate, key);
    } catch (IOException | GeneralSecurityException e) {
      boolean ofKey =
          e instanceof FileSystemException file && key.toString().equals(file.getFile());
      throw new IOException(
          "could not load certificate/key pair specified by -tls_cert and -tls_key: "
              + reason(e, ofKey ? files.key() : files.certificate()),
          e);
    }
  }

  /** What is wrong with a file, which is called what the user called it. */
  private static String reason(Exception error, String file) {
    return error instanceof FileSystemException
        ? FileErrors.describe("open", file, error)
        : String.valueOf(error.getMessage());
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
