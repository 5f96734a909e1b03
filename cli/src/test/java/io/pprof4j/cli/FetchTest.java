// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.cli.internal.http.Deadline;
import io.pprof4j.cli.internal.http.GoUrl;
import io.pprof4j.cli.internal.http.HttpTransport;
import io.pprof4j.cli.internal.http.ProxySettings;
import io.pprof4j.cli.internal.http.TlsContext;
import io.pprof4j.cli.internal.http.TlsFiles;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.profile.Function;
import io.pprof4j.profile.Profile;
import io.pprof4j.profile.ProfileBuilder;
import io.pprof4j.profile.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from servers of this JVM. */
@Timeout(60)
class FetchTest {
  @TempDir private Path directory;
  private final CountDownLatch released = new CountDownLatch(1);
  private TestServer server;
  private byte[] profile;

  @BeforeEach
  void start() throws IOException {
    profile = bytes(profileOf("work", 5));
    server = new TestServer(this::answer);
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
  }

  private void answer(TestServer.Request request, OutputStream out) throws IOException {
    switch (request.target()) {
      case "/missing" -> out.write(TestServer.head("404 Not Found"));
      case "/moved" -> out.write(TestServer.head("302 Found", "Location: /profile"));
      case "/explained" -> {
        out.write(
            TestServer.head(
                "400 Bad Request", "X-Go-Pprof: 1", "Content-Type: text/plain; charset=utf-8"));
        out.write("no such profile\n".getBytes(ISO_8859_1));
      }
      case "/again", "/again?more" -> out.write(TestServer.head("302 Found", "Location: ?more"));
      case "/away" -> out.write(TestServer.head("302 Found", "Location: ftp://x/y"));
      case "/reasoned" -> {
        out.write(
            TestServer.head("301 Moved Permanently", "X-Go-Pprof: 1", "Content-Type: text/plain"));
        out.write("elsewhere".getBytes(ISO_8859_1));
      }
      case "/short" -> {
        out.write(TestServer.head("200 OK", "Content-Length: 99"));
        out.write("abc".getBytes(ISO_8859_1));
      }
      case "/trickle" -> trickle(out);
      default -> out.write(TestServer.ok(profile));
    }
  }

  /** Never stays silent for long, and never ends. */
  private void trickle(OutputStream out) throws IOException {
    out.write(TestServer.head("200 OK"));
    try {
      while (!released.await(20, TimeUnit.MILLISECONDS)) {
        out.write('x');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String url(String path) {
    return server.url(path);
  }

  private List<String> requests() {
    return server.requests.stream().map(r -> r.method() + " " + r.target()).toList();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory).run(arguments);
  }

  @Test
  void savesACopyOfWhatItFetched() throws IOException {
    CommandRun run = run("-top", url("/profile"));

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("5   100%  work\n");
    assertThat(run.err())
        .startsWith("Fetching profile over HTTP from " + url("/profile") + "\n")
        .contains("Saved profile in saved/pprof.samples.001.pb.gz\n");
    Profile saved = Profile.read(directory.resolve("saved/pprof.samples.001.pb.gz"));
    assertThat(saved.functions()).extracting(Function::name).containsExactly("work");
    assertThat(saved.total(0)).isEqualTo(5);
  }

  @Test
  void followsTenRedirectsAndNoMore() {
    CommandRun run = run("-top", url("/again"));

    assertThat(run.err()).contains("Get \"?more\": stopped after 10 redirects\n");
    assertThat(requests()).hasSize(10).endsWith("GET /again?more");
  }

  @Test
  void namesTheAddressToWhichItWasSent() {
    assertThat(run("-top", url("/away")).err())
        .contains("http fetch: Get \"ftp://x/y\": unsupported protocol scheme \"ftp\"\n");
  }

  @Test
  void printsWhatAServerSaysBesidesAnyStatus() {
    assertThat(run("-top", url("/reasoned")).err())
        .contains("server response: 301 Moved Permanently - elsewhere\n");
  }

  @Test
  void saysThatAnAnswerIsCutOff() {
    assertThat(run("-top", url("/short")).err()).contains("/short: unexpected EOF\n");
  }

  @Test
  void losesNoSourceToABadOne() throws IOException {
    try (OutputStream file = Files.newOutputStream(directory.resolve("local.pb.gz"))) {
      profileOf("rest", 3).writeTo(file);
    }
    String refused = refused();

    CommandRun run =
        run("-top", "local.pb.gz", url("/missing"), "nosuch", refused + "/x", url("/profile"));

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("work").contains("rest").contains("8 total");
    assertThat(run.err())
        .contains(url("/missing") + ": server response: 404 Not Found\n")
        .contains("nosuch: stat nosuch: no such file or directory\n")
        .contains(
            refused
                + "/x: http fetch: Get \""
                + refused
                + "/x\": dial tcp "
                + refused.substring("http://".length())
                + ": connect: connection refused\n")
        .contains("Fetched 2 source profiles out of 5\n");
  }

  @Test
  void takesMappingsWhoseNamesNoFileCanHave() throws IOException {
    String text =
        """
        heap profile: 1: 2 [3: 4] @ heap_v2/1
        1: 2 [3: 4] @ 0x401000 0x501000
        MAPPED_LIBRARIES:
        00400000-00500000 r-xp 00000000 00:00 0 /opt/a\u00f2b/program
        00500000-00600000 r-xp 00000000 00:00 0 /opt/a\u00f2b/code.jar
        """;
    Files.write(directory.resolve("heap"), text.getBytes(ISO_8859_1));

    CommandRun run =
        CommandRun.in(directory)
            .variable("PPROF_BINARY_PATH", directory.toString())
            .run("-traces", "heap");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("program: no such file or directory");
    assertThat(run.out()).contains("[program]", "[code.jar]");
  }

  @Test
  void failsWhenNoSourceCanBeRead() {
    CommandRun run = run("-top", url("/explained"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains(url("/explained") + ": server response: 400 Bad Request - no such profile\n")
        .endsWith("pprof: failed to fetch any source profiles\n");
  }

  @Test
  void failsWhenNoBaseCanBeRead() {
    CommandRun run = run("-top", "-base=" + url("/missing"), url("/profile"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).endsWith("pprof: failed to fetch any base profiles\n");
  }

  @Test
  void asksForSecondsAndSaysHowLongToWait() {
    CommandRun run = run("-top", "-seconds=2", url("/heap?gc=1"));

    assertThat(run.err()).contains("Please wait... (2s)\n");
    assertThat(requests()).containsExactly("GET /heap?gc=1&seconds=2");
  }

  @Test
  void followsRedirectsAndSendsTheUsersName() {
    CommandRun run = run("-top", url("/moved").replace("//", "//me:secret@"));

    assertThat(run.exit()).isZero();
    String basic = "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(ISO_8859_1));
    assertThat(requests()).containsExactly("GET /moved", "GET /profile");
    assertThat(server.requests.get(0).headers()).containsEntry("authorization", basic);
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() {
    String proxy = "127.0.0.1:" + server.port();

    CommandRun run =
        CommandRun.in(directory)
            .variable("http_proxy", proxy)
            .variable("NO_PROXY", "example.org, .internal")
            .run("-top", "http://profiles.example.com/profile");

    assertThat(run.exit()).isZero();
    assertThat(requests()).containsExactly("GET http://profiles.example.com/profile");
  }

  @Test
  void saysThatItIsTheProxyWhichCannotBeReached() {
    CommandRun refused =
        CommandRun.in(directory)
            .variable("HTTP_PROXY", "http://127.0.0.1:1")
            .run("-top", "http://profiles.example.com/profile");
    CommandRun unknown =
        CommandRun.in(directory)
            .variable("HTTP_PROXY", "http://no-such-proxy.invalid:3128")
            .run("-top", "http://profiles.example.com/profile");

    assertThat(refused.err())
        .contains("proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused");
    assertThat(unknown.err())
        .contains("proxyconnect tcp: dial tcp: lookup no-such-proxy.invalid: no such host");
  }

  @Test
  void readsTheFilesOfTlsForPlainConnectionsToo() {
    CommandRun run = run("-top", "-tls_ca=nowhere.pem", url("/profile"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("could not load CA specified by -tls_ca: open nowhere.pem: no such file");
    assertThat(requests()).isEmpty();
  }

  @Test
  void saysThatAServerKnowsNoTls() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answerBadRequests(plain), "plain server");
      server.setDaemon(true);
      server.start();

      CommandRun run = run("-top", "https://127.0.0.1:" + plain.getLocalPort() + "/profile");

      assertThat(run.err()).contains("http: server gave HTTP response to HTTPS client");
    }
  }

  /** As servers do that take a client's first words of TLS for a request. */
  private static void answerBadRequests(ServerSocket plain) {
    try {
      while (true) {
        try (Socket client = plain.accept()) {
          client.getInputStream().read(new byte[4096]);
          client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Test
  void refusesPortsThatDoNotExist() {
    CommandRun run = run("-top", "http://127.0.0.1:99999/x", url("/profile"));

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("dial tcp: address 99999: invalid port");
  }

  @Test
  void givesUpOnAServerThatTricklesItsAnswer() throws CliException {
    Deadline deadline = new Deadline(Duration.ofMillis(300));

    assertThatThrownBy(
            () -> transport().read(GoUrl.parse(url("/trickle")), "", deadline).readAllBytes())
        .hasMessage(
            "context deadline exceeded (Client.Timeout or context cancellation while reading"
                + " body)");
  }

  private HttpTransport transport() {
    CliEnvironment environment =
        new CliEnvironment(
            java.io.InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            java.util.Map.of(),
            directory,
            java.time.ZoneOffset.UTC,
            java.util.Set.of());
    TlsFiles none = new TlsFiles("", "", "");
    return new HttpTransport(new TlsContext(none, environment), new ProxySettings(environment));
  }

  private static String refused() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static Profile profileOf(String function, long value) {
    ProfileBuilder builder = Profile.builder(new ValueType("samples", "count"));
    int location = builder.location(-1, builder.function(function, "", "", 0), 1);
    return builder.sample(new int[] {location}, value).build();
  }

  private static byte[] bytes(Profile profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    profile.writeTo(out);
    return out.toByteArray();
  }
}
