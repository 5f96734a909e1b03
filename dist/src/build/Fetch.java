// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Prints what is at a URL: {@code java Fetch.java URL}, for machines without curl. */
final class Fetch {
  private Fetch() {}

  public static void main(String[] args) throws IOException {
    try (InputStream in = new URL(args[0]).openStream()) {
      in.transferTo(System.out);
    }
    System.out.flush();
  }
}
