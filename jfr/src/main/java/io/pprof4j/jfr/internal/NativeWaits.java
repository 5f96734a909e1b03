// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.util.Set;

/** Native methods of the JDK that wait for something to happen. */
public final class NativeWaits {
  private static final Set<String> METHODS =
      Set.of(
          "accept",
          "accept0",
          "epollWait",
          "wait",
          "wait0",
          "poll",
          "poll0",
          "park",
          "read0",
          "readv0",
          "readBytes",
          "recv0",
          "receive0",
          "select",
          "kevent",
          "KEventPoll",
          "sleep0",
          "socketAccept",
          "socketRead0",
          "waitForProcessExit0",
          "GetQueuedCompletionStatus",
          "getQueuedCompletionStatus",
          "connect0",
          "pollConnect",
          "waitForReferencePendingList");

  private NativeWaits() {}

  /** Whether a thread in this method visibly waits. */
  public static boolean contains(String method) {
    return METHODS.contains(method);
  }
}
