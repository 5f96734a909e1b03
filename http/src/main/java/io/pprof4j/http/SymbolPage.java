// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import io.pprof4j.capture.FrameAddresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Names the functions at addresses of text profiles, in the form of Go's net/http/pprof. */
final class SymbolPage {
  /** Room for half a million addresses. */
  static final int MAX_BODY = 8 << 20;

  private SymbolPage() {}

  /**
   * The addresses in a request's body.
   *
   * @throws HttpError if there are too many
   */
  static String addresses(byte[] bytes) throws HttpError {
    if (bytes.length > MAX_BODY) {
      throw HttpError.of(413, "more than %d bytes of addresses".formatted(MAX_BODY));
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * The answer.
   *
   * @param addresses numbers in Go's notation, separated by plus signs; others are skipped
   */
  static void write(FrameAddresses frames, String addresses, Appendable out) throws IOException {
    // pprof cares only whether this is 0: no symbols to be had at all.
    out.append("num_symbols: 1\n");
    for (String word : addresses.split("\\+", -1)) {
      long address = GoNumbers.parseAddress(word);
      String name = address == 0 ? "" : frames.symbol(address).orElse("");
      if (!name.isEmpty()) {
        out.append("0x").append(Long.toHexString(address)).append(' ').append(name).append('\n');
      }
    }
  }
}
