// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

/** A connection that is ready for requests. Used by its loop's thread only. */
abstract class HttpConnection implements LinkListener {
  /** Whether another request may be sent now. */
  abstract boolean hasRoom();

  /** Sends the worker's request. The outcome is reported to the worker. */
  abstract void send(Worker worker);

  /** Forgets the worker's request, whose time is over. */
  abstract void cancel(Worker worker);

  /** Closes the connection, silently. */
  abstract void close();

  @Override
  public void connected() {
    throw new IllegalStateException("connected twice");
  }

  @Override
  public void secured(String applicationProtocol) {
    throw new IllegalStateException("secured twice");
  }
}
