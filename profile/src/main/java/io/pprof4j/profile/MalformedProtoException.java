// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import java.io.IOException;

/** Bytes that are no message of profile.proto; they may be another format. */
final class MalformedProtoException extends IOException {
  private static final long serialVersionUID = 1;

  private final long offset;

  MalformedProtoException(String problem, long offset) {
    super(offset < 0 ? problem : problem + " (at byte " + offset + ")");
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}
