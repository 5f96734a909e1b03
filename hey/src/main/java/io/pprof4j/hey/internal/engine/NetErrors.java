// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Words failures as Go's net package does, so that error distributions can be compared. */
final class NetErrors {
  /*
   * One difference is deliberate: Go names the local port of a broken connection, which makes every
   * message unique and the distribution useless.
   */
  private NetErrors() {}

  /** A failure on a connection that was made. */
  static String describe(IOException failure, String peer) {
    String text = text(failure);
    if (failure instanceof EOFException) {
      return text;
    }
    if (failure instanceof SSLException) {
      return "tls: " + text;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("connection reset")) {
      return "read tcp " + peer + ": read: connection reset by peer";
    }
    if (lower.contains("broken pipe")) {
      return "write tcp " + peer + ": write: broken pipe";
    }
    return text;
  }

  /** A connection that could not be made. */
  static String describeDial(IOException failure, String network, String peer) {
    String lower = text(failure).toLowerCase(Locale.ROOT);
    return "dial " + network + " " + peer + ": connect: " + lower;
  }

  static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
