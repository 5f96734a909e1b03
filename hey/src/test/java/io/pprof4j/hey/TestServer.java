// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP/1.1 server on plain sockets, which answers byte by byte as a test wants. */
public final class TestServer implements Closeable {
  /** What came in. */
  public record Request(String head, String body) {
    /** The lines of the head after the first one. */
    public List<String> fields() {
      List<String> lines = new ArrayList<>(List.of(head.split("\r\n", -1)));
      return lines.subList(1, lines.size());
    }

    public String line() {
      return head.substring(0, head.indexOf("\r\n"));
    }
  }

  /** Answers requests; an empty answer leaves the client waiting. */
  @FunctionalInterface
  public interface Handler {
    byte[] answer(Request request) throws IOException, InterruptedException;
  }

  private final ServerSocketChannel channel;
  private final Handler handler;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean closesAfterResponse;
  private static final int KEPT = 1000;

  private TestServer(ServerSocketChannel channel, Handler handler) {
    this.channel = channel;
    this.handler = handler;
    daemon(this::accept);
  }

  public static TestServer start(Handler handler) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    SocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new TestServer(channel.bind(any, 1024), handler);
  }

  public static TestServer onSocket(Path path, Handler handler) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return new TestServer(channel.bind(UnixDomainSocketAddress.of(path)), handler);
  }

  /** Answers everything with 200 and that body. */
  public static TestServer answering(String body) throws IOException {
    byte[] response = response(200, body);
    return start(request -> response);
  }

  public static byte[] response(int status, String body, String... fields) {
    StringBuilder out = new StringBuilder("HTTP/1.1 " + status + " Text\r\n");
    for (String field : fields) {
      out.append(field).append("\r\n");
    }
    out.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] raw(String response) {
    return response.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Closes each connection after one response, without saying so. */
  public TestServer closingSilently() {
    closesAfterResponse = true;
    return this;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = channel.accept();
        connections.incrementAndGet();
        clients.add(client);
        daemon(() -> serve(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(client));
      OutputStream out = Channels.newOutputStream(client);
      for (Request request = read(in); request != null; request = read(in)) {
        count.incrementAndGet();
        if (requests.size() < KEPT) {
          requests.add(request);
        }
        byte[] answer = handler.answer(request);
        out.write(answer);
        if (closesAfterResponse) {
          return;
        }
      }
    } catch (IOException closed) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      bytes.write(next);
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    head = head.substring(0, head.length() - 4);
    int length = 0;
    for (String line : head.split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring(16));
      }
    }
    return new Request(head, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
  }

  public int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  public String url() throws IOException {
    return "http://127.0.0.1:" + port() + "/";
  }

  public int connections() {
    return connections.get();
  }

  public int count() {
    return count.get();
  }

  public List<Request> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    for (SocketChannel client : clients) {
      client.close();
    }
  }
}
