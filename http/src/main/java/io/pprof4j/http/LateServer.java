// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds a port for a server of the JDK, which it makes when the first client comes.
 *
 * <p>A server that an agent makes at once gets ahead of the application: it starts the logging of
 * the JDK before {@code main} can say which log manager there is to be, and reads its own settings.
 * And the JVM at its end waits 0.3 seconds for threads in native code, such as a server's. So until
 * it is needed, a thread looks now and then whether there is a client.
 */
final class LateServer implements AutoCloseable {
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** On Windows a port that has had clients is not free at once. */
  private static final boolean CAN_BIND_AGAIN =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** So many clients are let in before the server is there. */
  private static final int MAX_EARLY = 256;

  /** Makes a server that is ready to be bound and started. */
  interface Maker {
    HttpServer make() throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Maker maker;
  private final Relays relays;
  private final InetSocketAddress address;

  /** Where clients come to while there is no server; guarded by lock. */
  private @Nullable ServerSocketChannel door;

  private @Nullable HttpServer server; // guarded by lock
  private @Nullable Dispatcher dispatcher; // guarded by lock
  private boolean isClosed; // guarded by lock
  private boolean hasFailed; // used by one thread only

  /**
   * Takes an address.
   *
   * @throws java.net.BindException if the port is taken or the address is not of this machine
   */
  LateServer(InetSocketAddress local, Maker maker, Relays relays) throws IOException {
    this.maker = maker;
    this.relays = relays;
    ServerSocketChannel opened = open(local);
    door = opened;
    address = (InetSocketAddress) opened.getLocalAddress();
    // The server's own thread is a daemon if the one that starts it is.
    Vigil.daemon(this::keep, "pprof4j-http-door").start();
  }

  private static ServerSocketChannel open(InetSocketAddress local) throws IOException {
    ServerSocketChannel opened = ServerSocketChannel.open();
    try {
      opened.configureBlocking(false);
      return opened.bind(local);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The address that is bound, with the port that was chosen. */
  InetSocketAddress address() {
    return address;
  }

  /** The thread's work: makes the server, and makes it again if it has failed. */
  private void keep() {
    long start = System.nanoTime();
    while (isWanted()) {
      // Who starts an agent in a running JVM comes at once.
      long pause = Math.min((System.nanoTime() - start) / 8, MAX_PAUSE_NANOS);
      LockSupport.parkNanos(Math.max(MIN_PAUSE_NANOS, pause));
      boolean unused = Thread.interrupted(); // by who interrupts all threads of a JVM
    }
  }

  /** Does what there is to do now; false when the server has been closed. */
  private boolean isWanted() {
    try {
      lock.lock();
      try {
        if (!isClosed) {
          lookOut();
        }
        return !isClosed;
      } finally {
        lock.unlock();
      }
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      // Clients that have come are turned away; the next one is another try.
      tell(e);
      return true;
    }
  }

  private void tell(Throwable failure) {
    try {
      System.getLogger(LateServer.class.getName())
          .log(
              hasFailed ? Level.DEBUG : Level.WARNING,
              "pprof4j: a client at " + address + " cannot be served",
              failure);
      hasFailed = true;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // There will be another occasion.
    }
  }

  private void lookOut() throws IOException {
    if (dispatcher != null) {
      dispatcher.ensureAlive();
    } else {
      ServerSocketChannel held = door == null ? open(address) : door;
      door = held;
      lookOut(held);
    }
  }

  private void lookOut(ServerSocketChannel held) throws IOException {
    Queue<SocketChannel> clients = new ArrayDeque<>();
    try {
      admit(held, clients);
      if (clients.isEmpty() && CAN_BIND_AGAIN) {
        return;
      }
      HttpServer made = maker.make();
      awaitQuiet(held, clients);
      replace(held, made);
      while (!clients.isEmpty()) {
        relays.carry(clients.element(), address);
        clients.remove();
      }
    } finally {
      // Those that a failure left.
      for (SocketChannel left : clients) {
        left.close();
      }
    }
  }

  private static void admit(ServerSocketChannel held, Queue<SocketChannel> clients)
      throws IOException {
    while (clients.size() < MAX_EARLY) {
      SocketChannel next = held.accept();
      if (next == null) {
        return;
      }
      clients.add(next);
    }
  }

  /** Clients come in groups; who comes while the server takes over is refused. */
  private static void awaitQuiet(ServerSocketChannel held, Queue<SocketChannel> clients)
      throws IOException {
    int before;
    do {
      before = clients.size();
      LockSupport.parkNanos(QUIET_NANOS);
      admit(held, clients);
    } while (clients.size() > before && clients.size() < MAX_EARLY);
  }

  /** Puts a server where the door was. */
  private void replace(ServerSocketChannel held, HttpServer made) throws IOException {
    // For some microseconds nobody listens: two cannot, unless both had said so before.
    held.close();
    door = null;
    try {
      made.bind(address, 0);
      dispatcher = Dispatcher.start(made);
      server = made;
    } catch (IOException | OutOfMemoryError e) {
      made.stop(0);
      throw e;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      if (door != null) {
        door.close();
      }
      if (server != null) {
        server.stop(0);
      }
    } catch (IOException e) {
      // It is closed all the same.
    } finally {
      lock.unlock();
    }
  }
}
