// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.tools;

import io.pprof4j.report.ObjectTool.Frame;
import java.io.IOException;
import java.util.List;

/** Knows the frames of addresses of one binary. */
public interface AddressFrames extends AutoCloseable {
  /**
   * The frames of an address in the file, innermost first; none if it is unknown.
   *
   * @throws IOException if the tool behind it fails
   */
  List<Frame> of(long objectAddress) throws IOException;

  @Override
  default void close() {}
}
