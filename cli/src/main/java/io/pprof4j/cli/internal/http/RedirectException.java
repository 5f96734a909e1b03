// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import java.io.IOException;

/** A request that failed after the server had sent it elsewhere. */
final class RedirectException extends IOException {
  private static final long serialVersionUID = 1;

  private final String address;

  /**
   * Says where the request was sent.
   *
   * @param address what messages name in place of the address that the user gave
   */
  RedirectException(String address, String message) {
    super(message);
    this.address = address;
  }

  String address() {
    return address;
  }
}
