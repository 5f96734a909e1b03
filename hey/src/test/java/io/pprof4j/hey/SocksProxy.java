// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy, which takes every name for this machine and writes byte by byte. */
final class SocksProxy implements Closeable {
  private final ServerSocket socket;
  private final String credentials;
  private final int reply;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Starts.
   *
   * @param credentials the user and password it wants, with a colon; empty for none
   * @param reply how it answers requests to connect, 0 for success
   */
  SocksProxy(String credentials, int reply) throws IOException {
    this.credentials = credentials;
    this.reply = reply;
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    daemon(this::serve);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "socks");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try {
      while (true) {
        Socket client = socket.accept();
        daemon(() -> handle(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void handle(Socket client) {
    try {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      if (!isWelcome(in, out)) {
        client.close();
        return;
      }
      Socket server = connect(in);
      byte[] answer = {5, (byte) reply, 0, 1, 127, 0, 0, 1, 0, 0};
      for (byte each : answer) {
        out.write(each);
        out.flush();
      }
      daemon(() -> copy(client, server));
      copy(server, client);
    } catch (IOException closed) {
      return;
    }
  }

  private boolean isWelcome(DataInputStream in, OutputStream out) throws IOException {
    in.readUnsignedByte();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    if (credentials.isEmpty()) {
      out.write(new byte[] {5, 0});
      return true;
    }
    if (methods[methods.length - 1] != 2) {
      out.write(new byte[] {5, (byte) 0xff});
      return false;
    }
    out.write(new byte[] {5, 2});
    in.readUnsignedByte();
    String given = text(in) + ":" + text(in);
    out.write(new byte[] {1, (byte) (given.equals(credentials) ? 0 : 1)});
    return given.equals(credentials);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
  }

  private Socket connect(DataInputStream in) throws IOException {
    in.readNBytes(3);
    int kind = in.readUnsignedByte();
    String host =
        kind == 3
            ? text(in)
            : InetAddress.getByAddress(in.readNBytes(kind == 1 ? 4 : 16)).getHostAddress();
    int port = in.readUnsignedShort();
    asked.add(host);
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      return;
    }
  }

  String url(String userInfo) {
    return "socks5://" + userInfo + "127.0.0.1:" + socket.getLocalPort();
  }

  /** The hosts that clients asked for. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
