// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts JVMs with the agent's jar as it ships. */
@Timeout(120)
class AgentTest {
  private static final String TOKEN = "0123456789abcdef0123";

  @TempDir private Path directory;
  private final List<Process> children = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** What a child said before it was ready, and the child. */
  private record Child(Process process, BufferedReader out, String said) {
    String url() {
      String mark = "profiles at ";
      int start = said.indexOf(mark) + mark.length();
      return said.substring(start, said.indexOf('\n', start));
    }
  }

  private Child start(String arguments) throws IOException {
    return start(Application.class, arguments);
  }

  private Child start(Class<?> application, String arguments) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("app/io/pprof4j/agent"));
    String name = application.getSimpleName() + ".class";
    Files.copy(Path.of("target/test-classes/io/pprof4j/agent", name), classes.resolve(name));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-javaagent:" + System.getProperty("agent.jar") + "=" + arguments,
                "-cp",
                directory.resolve("app").toString(),
                application.getName())
            .redirectErrorStream(true)
            .start();
    children.add(process);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Child(process, out, readUntil(out, "ready"));
  }

  /** All lines up to the one that is awaited, or to the end. */
  private static String readUntil(BufferedReader out, String last) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.equals(last)) {
        break;
      }
    }
    return said.toString();
  }

  private static int status(String url, String token) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    if (!token.isEmpty()) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    return connection.getResponseCode();
  }

  @Test
  void servesProfilesToWhoKnowsTheToken() throws IOException {
    Child child = start("addr=127.0.0.1:0,heap=64k,token=" + TOKEN);

    assertThat(status(child.url() + "goroutine", TOKEN)).isEqualTo(200);
    assertThat(status(child.url() + "goroutine", "")).isEqualTo(401);
  }

  @Test
  void takesTheTokenFromAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");

    Child child = start("addr=127.0.0.1:0,token_file=" + file);

    assertThat(status(child.url(), TOKEN)).isEqualTo(200);
    assertThat(status(child.url(), "")).isEqualTo(401);
  }

  @Test
  void doesNotListenToOtherMachinesWithoutAToken() throws IOException {
    Child child = start("addr=0.0.0.0:0");

    assertThat(child.said())
        .contains("pprof4j: no profiles: other machines reach 0.0.0.0:0")
        .endsWith("ready\n");
  }

  @Test
  void saysWhichArgumentIsWrongAndLetsTheApplicationRun() throws IOException {
    assertThat(start("port=80").said())
        .contains("pprof4j: no profiles: agent argument \"port\": expected addr=")
        .endsWith("ready\n");
  }

  @Test
  void saysWhatStandsInTheWayAndLetsTheApplicationRun() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "localhost:" + taken.getLocalPort();

      assertThat(start("addr=" + address).said())
          .contains("pprof4j: no profiles: cannot listen on " + address + ": ")
          .endsWith("ready\n");
    }
    assertThat(AgentArguments.parse("token_file=/nowhere"))
        .satisfies(
            arguments ->
                assertThatThrownBy(arguments::secret)
                    .hasMessageContaining("token_file=/nowhere: ")
                    .hasMessageContaining("NoSuchFile"));
  }

  @Test
  void staysOutOfTheApplicationsSight() throws IOException {
    Child child = start("addr=127.0.0.1:0");

    assertThat(child.said())
        .contains("sees pprof4j: false\n")
        .contains("class path: " + directory.resolve("app") + "\n")
        .contains("threads: 1\n")
        .contains("\"named.by.main\"");
  }

  @Test
  void outlivesThatTheHeapIsFull() throws IOException {
    Child child = start(FullHeap.class, "addr=127.0.0.1:0,block=1,mutex=1");
    assertThat(status(child.url() + "cmdline", "")).isEqualTo(200);

    child.process().getOutputStream().write('\n');
    child.process().getOutputStream().flush();
    assertThat(readUntil(child.out(), "free")).endsWith("free\n");

    for (String name : List.of("heap", "goroutine", "mutex", "block", "threadcreate", "cmdline")) {
      assertThat(status(child.url() + name, "")).as(name).isEqualTo(200);
    }
  }

  @Test
  void startsNothingWhereItCannotReply() throws IOException {
    Path taken = Files.writeString(directory.resolve("taken"), "precious");

    Agent.agentmain("addr=127.0.0.1:0,reply=" + taken, notReached());

    assertThat(taken).hasContent("precious");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("pprof4j-"));
  }

  private static Instrumentation notReached() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            AgentTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> fail("it asks for " + method));
  }

  @Test
  void readsSizesWithTheirUnit() {
    assertThat(interval("heap=512k")).hasValue(512 << 10);
    assertThat(interval("heap=1M")).hasValue(1 << 20);
    assertThat(interval("heap=0")).hasValue(0);
    assertThat(interval("addr=localhost:1")).isEmpty();
    assertThatThrownBy(() -> interval("heap=big")).hasMessageContaining("such as 512k");
  }

  @Test
  void refusesSizesThatAreNone() {
    for (String size : List.of("-1", "-1k", "9999999m", "2048m", "", "k", "1.5m")) {
      assertThatThrownBy(() -> interval("heap=" + size)).as(size).hasMessageContaining("512k");
    }
  }

  @Test
  void setsEveryRate() {
    Map<String, String> rates = AgentArguments.parse("cpu=250,block=1000,mutex=5,heap=1m").rates();

    assertThat(rates)
        .containsEntry("pprof4j.cpuprofilerate", "250")
        .containsEntry("pprof4j.blockprofilerate", "1000")
        .containsEntry("pprof4j.mutexprofilefraction", "5")
        .containsEntry("pprof4j.memprofilerate", "1048576")
        .hasSize(4);
    for (String wrong : List.of("cpu=0", "cpu=1001", "block=-1", "mutex=many")) {
      assertThatThrownBy(() -> AgentArguments.parse(wrong).rates())
          .hasMessageContaining(wrong + ": expected a whole number");
    }
  }

  @Test
  void theRatesAreInForce() throws IOException {
    Child child = start("addr=127.0.0.1:0,block=1000,mutex=5,heap=1m");

    awaitText(child.url() + "mutex", "fraction: 1/5");
    awaitText(child.url() + "block", "waits of at least 1000 ns");
    awaitText(child.url() + "heap", "1048576 bytes asked for");
  }

  /** Rates are set by a thread of their own while the application starts. */
  private static void awaitText(String url, String comment) throws IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    String text;
    do {
      try (InputStream in = new GZIPInputStream(URI.create(url).toURL().openStream())) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } while (!text.contains(comment) && System.nanoTime() < end);
    assertThat(text).contains(comment);
  }

  private static OptionalLong interval(String arguments) {
    return AgentArguments.parse(arguments).heapInterval();
  }

  @Test
  void repliesOnlyIntoAnEmptyFile() throws IOException {
    Path taken = Files.writeString(directory.resolve("taken"), "precious");
    Path empty = Files.createFile(directory.resolve("empty"));

    ReplyFile.write(empty, "url=x\n");

    assertThat(empty).hasContent("url=x");
    assertThatThrownBy(() -> ReplyFile.write(taken, "x")).isInstanceOf(IOException.class);
    assertThat(taken).hasContent("precious");
  }
}
