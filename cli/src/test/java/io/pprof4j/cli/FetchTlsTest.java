// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fetches from servers that speak TLS. The messages are those of google/pprof, fetching from Go
 * servers with certificates made the same way.
 */
@Timeout(120)
class FetchTlsTest {
  private static final String PASSWORD = "changeit";
  private static final String REFUSED = "tls: failed to verify certificate: x509: ";

  @TempDir private static Path directory;

  @BeforeAll
  static void makeCertificates() throws Exception {
    make("good", "-ext", "san=ip:127.0.0.1");
    make("other", "-ext", "san=dns:profiles.example.com");
    make("expired", "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "1");
    make("client");
  }

  /** A key with a certificate signed by itself, made by the JDK's own tool. */
  private static void make(String name, String... more) throws Exception {
    Path store = directory.resolve(name + ".p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "k", "-keyalg", "EC"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-dname", "CN=" + name));
    command.addAll(List.of(more));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    KeyStore keys = keys(name);
    pem(name + ".crt", "CERTIFICATE", keys.getCertificate("k").getEncoded());
    pem(name + ".key", "PRIVATE KEY", keys.getKey("k", PASSWORD.toCharArray()).getEncoded());
  }

  private static KeyStore keys(String name) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void pem(String file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, body));
  }

  /** A server with the certificate of a name, which wants that of the client or none. */
  private static TestServer server(String name, boolean wantsClient) throws Exception {
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(keys(name), PASSWORD.toCharArray());
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, null);
    clients.setCertificateEntry("client", keys("client").getCertificate("k"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(clients);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
    byte[] profile = profile();
    return new TestServer(
        new TlsSockets(context.getServerSocketFactory(), wantsClient),
        (request, out) -> out.write(TestServer.ok(profile)));
  }

  /** Sockets that may ask for the client's certificate. */
  private static final class TlsSockets extends ServerSocketFactory {
    private final ServerSocketFactory plain;
    private final boolean wantsClient;

    TlsSockets(ServerSocketFactory plain, boolean wantsClient) {
      this.plain = plain;
      this.wantsClient = wantsClient;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return createServerSocket(port, 50);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      SSLServerSocket socket = (SSLServerSocket) plain.createServerSocket(port, backlog, address);
      socket.setNeedClientAuth(wantsClient);
      return socket;
    }
  }

  private static byte[] profile() throws IOException {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int location = builder.location(-1, builder.function("work", "", "", 0), 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    builder.sample(new int[] {location}, 5).build().writeTo(out);
    return out.toByteArray();
  }

  private static String url(TestServer server, String scheme) {
    return server.url("/profile").replace("http:", scheme + ":");
  }

  private static CommandRun fetch(TestServer server, String... flags) {
    return fetch(url(server, "https"), flags);
  }

  private static CommandRun fetch(String url, String... flags) {
    List<String> arguments = new ArrayList<>(List.of(flags));
    arguments.addAll(List.of("-top", url));
    return CommandRun.in(directory).run(arguments.toArray(String[]::new));
  }

  private static void assertFetched(CommandRun run) {
    assertThat(run.err()).contains("Saved profile in");
    assertThat(run.out()).contains("5   100%  work\n");
    assertThat(run.exit()).isZero();
  }

  private static void assertRefused(CommandRun run, TestServer server, String reason) {
    String url = url(server, "https");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains(url + ": http fetch: Get \"" + url + "\": " + reason)
        .endsWith("pprof: failed to fetch any source profiles\n");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void refusesACertificateOfAnUnknownAuthority() throws Exception {
    try (TestServer server = server("good", false)) {
      assertRefused(fetch(server), server, REFUSED + "certificate signed by unknown authority\n");
      assertRefused(
          fetch(server, "-tls_ca=client.crt"),
          server,
          REFUSED + "certificate signed by unknown authority\n");
    }
  }

  @Test
  void trustsTheAuthoritiesOfAFile() throws Exception {
    try (TestServer server = server("good", false)) {
      assertFetched(fetch(server, "-tls_ca=good.crt"));
    }
  }

  @Test
  void trustsNobodyBecauseOfAFileWithoutCertificates() throws Exception {
    Files.writeString(directory.resolve("empty.crt"), "nothing\n");
    try (TestServer server = server("good", false)) {
      assertRefused(
          fetch(server, "-tls_ca=empty.crt"),
          server,
          REFUSED + "certificate signed by unknown authority\n");
    }
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    String noAddress =
        "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs\n";
    try (TestServer server = server("other", false)) {
      assertRefused(fetch(server), server, REFUSED + noAddress);
      assertRefused(fetch(server, "-tls_ca=other.crt"), server, REFUSED + noAddress);
    }
  }

  @Test
  void refusesAnExpiredCertificateEvenIfItIsItsOwnAuthority() throws Exception {
    String expired = "certificate has expired or is not yet valid: current time ";
    try (TestServer server = server("expired", false)) {
      assertRefused(fetch(server), server, REFUSED + expired);
      assertRefused(fetch(server, "-tls_ca=expired.crt"), server, REFUSED + expired);
    }
  }

  @Test
  void asksNothingOfAnInsecureServer() throws Exception {
    for (String name : List.of("good", "other", "expired")) {
      try (TestServer server = server(name, false)) {
        assertFetched(fetch(url(server, "https+insecure")));
      }
    }
  }

  @Test
  void showsItsOwnCertificate() throws Exception {
    try (TestServer server = server("good", true)) {
      assertFetched(
          fetch(server, "-tls_ca=good.crt", "-tls_cert=client.crt", "-tls_key=client.key"));
    }
  }

  @Test
  void isTurnedAwayWithoutACertificateOfItsOwn() throws Exception {
    try (TestServer server = server("good", true)) {
      CommandRun run = fetch(server, "-tls_ca=good.crt");

      assertThat(run.exit()).isEqualTo(2);
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void saysWhyItIsTurnedAwayHoweverSoonTheServerCloses() throws Exception {
    try (TestServer server = server("good", true)) {
      // Whether the server closes before the request is written is a race, so it is run often.
      for (int turn = 0; turn < 40; turn++) {
        assertRefused(fetch(server, "-tls_ca=good.crt"), server, "remote error: tls: ");
      }
    }
  }

  @Test
  void saysWhichFileIsWrong() throws Exception {
    String pair = "could not load certificate/key pair specified by -tls_cert and -tls_key: ";
    try (TestServer server = server("good", false)) {
      assertRefused(
          fetch(server, "-tls_ca=nope.crt"),
          server,
          "could not load CA specified by -tls_ca: open nope.crt: no such file or directory\n");
      assertRefused(
          fetch(server, "-tls_cert=nope.crt", "-tls_key=client.key"),
          server,
          pair + "open nope.crt: no such file or directory\n");
      assertRefused(
          fetch(server, "-tls_cert=client.crt", "-tls_key=nope.key"),
          server,
          pair + "open nope.key: no such file or directory\n");
      assertRefused(
          fetch(server, "-tls_cert=client.key", "-tls_key=client.key"),
          server,
          pair + "tls: failed to find any PEM data in certificate input\n");
      assertRefused(
          fetch(server, "-tls_cert=client.crt", "-tls_key=good.key"),
          server,
          pair + "tls: private key does not match public key\n");
      assertRefused(
          fetch(server, "-tls_key=good.key"),
          server,
          "-tls_key is specified, so -tls_cert must also be specified\n");
      assertRefused(
          fetch(server, "-tls_cert=good.crt"),
          server,
          "-tls_cert is specified, so -tls_key must also be specified\n");
    }
  }
}
