// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import io.pprof4j.report.ObjectTool.Frame;
import io.pprof4j.report.ObjectTool.Image;
import io.pprof4j.report.ObjectTool.ObjectFile;
import io.pprof4j.report.ObjectTool.Symbol;
import io.pprof4j.symbol.internal.tools.AddressFrames;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An open binary, as the tools of this machine see it. For one thread at a time. */
final class NativeObject implements ObjectFile {
  private final Image image;
  private final Base base;
  private final NativeTools tools;
  private @Nullable Long knownBase;
  private @Nullable AddressFrames frames;

  /** Computes what is to be subtracted from addresses of the process. */
  @FunctionalInterface
  interface Base {
    /**
     * The base.
     *
     * @param address one of the process
     */
    long of(long address) throws IOException;
  }

  NativeObject(Image image, Base base, NativeTools tools) {
    this.image = image;
    this.base = base;
    this.tools = tools;
  }

  @Override
  public long objectAddress(long address) throws IOException {
    if (Long.compareUnsigned(image.start(), image.limit()) < 0
        && (Long.compareUnsigned(address, image.start()) < 0
            || Long.compareUnsigned(address, image.limit()) >= 0)) {
      throw new IOException(
          "specified address %x is outside the mapping range [%x, %x] for file \"%s\""
              .formatted(address, image.start(), image.limit(), image.filename()));
    }
    // One mapping is moved as a whole, so that the first address settles it.
    Long subtracted = knownBase;
    if (subtracted == null) {
      subtracted = base.of(address);
      knownBase = subtracted;
    }
    return address - subtracted;
  }

  @Override
  public List<Frame> frames(long address) throws IOException {
    long objectAddress = objectAddress(address);
    AddressFrames found = frames;
    if (found == null) {
      found = tools.framesOf(image.filename());
      frames = found;
    }
    return found.of(objectAddress);
  }

  @Override
  public List<Symbol> symbols(Predicate<String> name, long address) throws IOException {
    return tools.symbolsOf(image.filename()).matching(image.filename(), name, address);
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
  }
}
