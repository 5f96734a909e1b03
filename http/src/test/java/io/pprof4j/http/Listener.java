// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.OutputStream;

/** A program that serves its profiles until its standard input ends. */
final class Listener {
  private Listener() {}

  public static void main(String[] args) throws Exception {
    try (PprofServer server = Pprof.listen("localhost:0")) {
      System.out.println(server.address().getPort());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
