// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import io.pprof4j.hey.internal.hpack.HpackDecoder;
import io.pprof4j.hey.internal.hpack.HpackEncoder;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A small HTTP/2 server without TLS (RFC 9113), which answers as a test wants. */
final class Http2Server implements Closeable {
  /** Answers a request that is complete. */
  interface Handler {
    void answer(Connection connection, int stream, List<String> fields, int bodyBytes)
        throws IOException;
  }

  private final ServerSocket socket;
  private final Handler handler;
  private final int[] settings;
  final AtomicInteger connections = new AtomicInteger();
  final List<List<String>> requests = new CopyOnWriteArrayList<>();

  /**
   * Starts.
   *
   * @param settings what the server demands: number, value, number, value
   */
  Http2Server(Handler handler, int... settings) throws IOException {
    this.handler = handler;
    this.settings = settings;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "http2-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        connections.incrementAndGet();
        daemon(() -> serve(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket client) {
    try (client) {
      new Connection(client).serve();
    } catch (IOException closed) {
      return;
    }
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/path?q";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** One client. */
  final class Connection {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final HpackDecoder decoder = new HpackDecoder();
    private final HpackEncoder encoder = new HpackEncoder();
    private final Map<Integer, List<String>> open = new HashMap<>();
    private final Map<Integer, Integer> bodies = new HashMap<>();

    Connection(Socket client) throws IOException {
      in = new DataInputStream(client.getInputStream());
      out = new DataOutputStream(client.getOutputStream());
    }

    void serve() throws IOException {
      in.readFully(new byte[24]);
      byte[] payload = new byte[settings.length * 3];
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(payload);
      for (int i = 0; i < settings.length; i += 2) {
        buffer.putShort((short) settings[i]).putInt(settings[i + 1]);
      }
      frame(4, 0, 0, payload);
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        handle(type, flags, stream, in.readNBytes(length));
      }
    }

    private void handle(int type, int flags, int stream, byte[] payload) throws IOException {
      if (type == 1) {
        List<String> fields = new ArrayList<>();
        decoder.decode(
            payload, 0, payload.length, (name, value) -> fields.add(name + ": " + value));
        open.put(stream, fields);
        bodies.put(stream, 0);
        requests.add(fields);
      } else if (type == 0) {
        bodies.merge(stream, payload.length, Integer::sum);
        if (payload.length > 0) {
          windowUpdate(0, payload.length);
          windowUpdate(stream, payload.length);
        }
      }
      if (type <= 1 && (flags & 1) != 0) {
        handler.answer(this, stream, open.remove(stream), bodies.remove(stream));
      }
    }

    void frame(int type, int flags, int stream, byte... payload) throws IOException {
      out.writeByte(payload.length >>> 16);
      out.writeShort(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
      out.flush();
    }

    private void windowUpdate(int stream, int bytes) throws IOException {
      frame(8, 0, stream, java.nio.ByteBuffer.allocate(4).putInt(bytes).array());
    }

    void respond(int stream, int status, int bodyBytes, String... more) throws IOException {
      List<String> fields = new ArrayList<>(List.of(":status", Integer.toString(status)));
      fields.addAll(List.of(more));
      frame(1, bodyBytes == 0 ? 5 : 4, stream, encoder.encode(fields));
      for (int sent = 0; sent < bodyBytes; sent += 16000) {
        int length = Math.min(16000, bodyBytes - sent);
        frame(0, sent + length == bodyBytes ? 1 : 0, stream, new byte[length]);
      }
    }
  }
}
