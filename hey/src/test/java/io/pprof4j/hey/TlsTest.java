// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;
  private static KeyStore identity;
  private static Path certificateFile;
  private static Path keyFile;

  /** A certificate for localhost, made by the JDK's own tool. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = directory.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "k",
            "-keyalg",
            "RSA",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost");
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    identity = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      identity.load(in, PASSWORD);
    }
    certificateFile = pem("cert.pem", "CERTIFICATE", identity.getCertificate("k").getEncoded());
    keyFile = pem("key.pem", "PRIVATE KEY", identity.getKey("k", PASSWORD).getEncoded());
  }

  private static Path pem(String name, String label, byte[] der) throws IOException {
    String text =
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n";
    return Files.writeString(directory.resolve(name), text);
  }

  /** A socket that speaks TLS with the certificate, and trusts who has the same. */
  private static SSLServerSocket secureSocket() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(identity, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("k", identity.getCertificate("k"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
  }

  /** Answers one request after the other, and notes what clients say in their handshakes. */
  private static final class Server implements AutoCloseable {
    private final SSLServerSocket socket;
    private final List<String> names = new CopyOnWriteArrayList<>();
    private final List<String> peers = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Server(boolean wantsClients) throws Exception {
      socket = secureSocket();
      socket.setNeedClientAuth(wantsClients);
      Thread thread = new Thread(this::accept, "tls-server");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try {
        while (true) {
          SSLSocket client = (SSLSocket) socket.accept();
          Thread thread = new Thread(() -> serve(client), "tls-client");
          thread.setDaemon(true);
          thread.start();
        }
      } catch (IOException closed) {
        return;
      }
    }

    private void serve(SSLSocket client) {
      try (client) {
        client.startHandshake();
        ExtendedSSLSession session = (ExtendedSSLSession) client.getSession();
        session
            .getRequestedServerNames()
            .forEach(name -> names.add(((SNIHostName) name).getAsciiName()));
        if (socket.getNeedClientAuth()) {
          peers.add(session.getPeerPrincipal().getName());
        }
        InputStream in = client.getInputStream();
        String body = "z".repeat(40_000);
        byte[] response = TestServer.response(200, body);
        for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
          lines.add(head.substring(0, head.indexOf('\r')));
          in.skipNBytes(contentLength(head));
          client.getOutputStream().write(response);
        }
      } catch (IOException closed) {
        return;
      }
    }

    private static String readHead(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.append((char) next);
        if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
          return head.toString();
        }
      }
      return "";
    }

    private static int contentLength(String head) {
      Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(head);
      return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    String url(String host) {
      return "https://" + host + ":" + socket.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void asksForTheServersNameWithoutThePort() throws Exception {
    try (Server server = new Server(false)) {
      Report report =
          Hey.builder().url(server.url("localhost")).requests(20).workers(2).build().run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.bytes()).isEqualTo(20 * 40_000);
      assertThat(server.names).containsExactly("localhost", "localhost");
    }
  }

  @Test
  void hostChangesTheNameAndAddressesHaveNone() throws Exception {
    try (Server server = new Server(false)) {
      Hey.builder().url(server.url("127.0.0.1")).requests(1).workers(1).build().run();
      assertThat(server.names).isEmpty();

      Hey.builder()
          .url(server.url("127.0.0.1"))
          .host("example.org:99")
          .requests(1)
          .workers(1)
          .build()
          .run();
      assertThat(server.names).containsExactly("example.org");
    }
  }

  @Test
  void verifiesCertificatesIfTold() throws Exception {
    try (Server server = new Server(false)) {
      HeyBuilder builder = Hey.builder().url(server.url("localhost")).requests(1).workers(1);

      assertThat(builder.verifyCertificates().build().run().errors().keySet())
          .singleElement()
          .asString()
          .contains("tls: ", "certification path");
      assertThat(builder.certificateAuthorities(certificateFile).build().run().statusCodes())
          .isEqualTo(Map.of(200, 1L));
    }
  }

  @Test
  void refusesCertificatesOfOtherNames() throws Exception {
    try (Server server = new Server(false)) {
      Report report =
          Hey.builder()
              .url(server.url("127.0.0.1"))
              .certificateAuthorities(certificateFile)
              .requests(1)
              .workers(1)
              .build()
              .run();

      assertThat(report.errors().keySet()).singleElement().asString().contains("127.0.0.1");
    }
  }

  @Test
  void identifiesItselfByACertificate() throws Exception {
    try (Server server = new Server(true)) {
      HeyBuilder builder = Hey.builder().url(server.url("localhost")).requests(2).workers(1);
      assertThat(builder.build().run().successes()).isZero();

      Report report = builder.clientCertificate(certificateFile).clientKey(keyFile).build().run();

      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 2L));
      assertThat(server.peers).containsExactly("CN=localhost");
    }
  }

  @Test
  void passesAProxyByATunnel() throws Exception {
    try (Server server = new Server(false);
        TunnelProxy proxy = new TunnelProxy()) {
      Report report =
          Hey.builder()
              .url(server.url("localhost"))
              .proxy("127.0.0.1:" + proxy.port())
              .requests(3)
              .workers(1)
              .build()
              .run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 3L));
      assertThat(new String(proxy.head(), StandardCharsets.ISO_8859_1))
          .startsWith("CONNECT localhost:");
    }
  }

  @Test
  void speaksTlsInsideTheTlsOfAProxy() throws Exception {
    try (Server server = new Server(false);
        TunnelProxy proxy = new TunnelProxy(secureSocket())) {
      Report report =
          Hey.builder()
              .url(server.url("localhost"))
              .proxy("https://localhost:" + proxy.port())
              .certificateAuthorities(certificateFile)
              .requests(20)
              .workers(2)
              .build()
              .run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.bytes()).isEqualTo(20 * 40_000);
      assertThat(server.names).containsExactly("localhost", "localhost");
      assertThat(new String(proxy.head(), StandardCharsets.ISO_8859_1))
          .startsWith("CONNECT localhost:");
    }
  }

  @Test
  void sendsLargeBodiesThroughBothLayersOfTls() throws Exception {
    try (Server server = new Server(false);
        TunnelProxy proxy = new TunnelProxy(secureSocket())) {
      Report report =
          Hey.builder()
              .url(server.url("localhost"))
              .proxy("https://127.0.0.1:" + proxy.port())
              .method("POST")
              .body(new byte[8 << 20])
              .requests(4)
              .workers(2)
              .build()
              .run();

      assertThat(report.errors()).isEmpty();
      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 4L));
      assertThat(server.lines).hasSize(4).containsOnly("POST / HTTP/1.1");
    }
  }

  @Test
  void asksAProxyByTlsForPlainUrls() throws Exception {
    try (Server proxy = new Server(false)) {
      Report report =
          Hey.builder()
              .url("http://example.invalid/path")
              .proxyFromEnvironment(Map.of("http_proxy", proxy.url("localhost")))
              .requests(2)
              .workers(1)
              .build()
              .run();

      assertThat(report.statusCodes()).isEqualTo(Map.of(200, 2L));
      assertThat(proxy.lines).hasSize(2).containsOnly("GET http://example.invalid/path HTTP/1.1");
      assertThat(proxy.names).containsExactly("localhost");
    }
  }

  @Test
  void saysThatTheProxyIsNotTrusted() throws Exception {
    try (Server server = new Server(false);
        TunnelProxy proxy = new TunnelProxy(secureSocket())) {
      Report report =
          Hey.builder()
              .url(server.url("localhost"))
              .proxy("https://localhost:" + proxy.port())
              .verifyCertificates()
              .requests(1)
              .workers(1)
              .build()
              .run();

      assertThat(report.errors().keySet())
          .singleElement()
          .asString()
          .contains("proxyconnect tcp: tls: ", "certification path");
      assertThat(server.lines).isEmpty();
    }
  }
}
