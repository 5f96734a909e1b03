// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS engines of a run. Thread-safe. */
final class TlsEngines {
  private final TlsOptions options;
  private final Protocol protocol;
  private @Nullable SSLContext context;

  /** Reads the files that the options name, if there are any. */
  TlsEngines(TlsOptions options, Protocol protocol) throws IOException {
    this.options = options;
    this.protocol = protocol;
    if (options.caCertificates().isPresent() || options.certificate().isPresent()) {
      context = newContext();
    }
  }

  private synchronized SSLContext context() throws IOException {
    // Made on first use: loading the JDK's TLS takes longer than many a run without it.
    SSLContext made = context;
    if (made == null) {
      made = newContext();
      context = made;
    }
    return made;
  }

  private SSLContext newContext() throws IOException {
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keyManagers(), trustManagers(), null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
    if (options.certificate().isEmpty()) {
      return null;
    }
    KeyStore store = PemFiles.identity(options.certificate().get(), options.key());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
    if (!options.verify()) {
      return new TrustManager[] {new TrustsAll()};
    }
    if (options.caCertificates().isEmpty()) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(PemFiles.authorities(options.caCertificates().get()));
    return factory.getTrustManagers();
  }

  /**
   * A new engine for one connection. Sessions are not resumed, as in hey, so that handshakes cost
   * the server what new clients cost it.
   *
   * @param serverName the host, which is sent as SNI unless it is an address
   */
  SSLEngine engine(String serverName, int port) throws IOException {
    SSLEngine engine = proxyEngine(serverName, port);
    if (protocol != Protocol.HTTP_1_1) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  /** A new engine for the way to a proxy, where no version of HTTP is negotiated. */
  SSLEngine proxyEngine(String serverName, int port) throws IOException {
    SSLEngine engine =
        options.verify()
            ? context().createSSLEngine(serverName, port)
            : context().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (isName(serverName)) {
      try {
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
      } catch (IllegalArgumentException e) {
        throw new IOException("no name for SNI: " + serverName, e);
      }
    }
    if (options.verify()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setCipherSuites(smallKeysFirst(parameters.getCipherSuites()));
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * Moves AES with keys of 128 bits before the others, which keep their order. It is what hey asks
   * for, and most servers let the client choose; the JDK would ask for 256 bits and pay for them.
   */
  private static String[] smallKeysFirst(String[] suites) {
    return Stream.concat(
            Stream.of(suites).filter(suite -> suite.contains("_AES_128_GCM_")),
            Stream.of(suites).filter(suite -> !suite.contains("_AES_128_GCM_")))
        .toArray(String[]::new);
  }

  private static boolean isName(String host) {
    boolean digits = true;
    for (int i = 0; i < host.length(); i++) {
      digits &= "0123456789.".indexOf(host.charAt(i)) >= 0;
    }
    return !digits && host.indexOf(':') < 0;
  }

  /** Trusts every server: hey's way, and the default, since load is made against one's own. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
