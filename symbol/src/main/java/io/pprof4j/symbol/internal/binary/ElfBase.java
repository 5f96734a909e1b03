// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol.internal.binary;

import io.pprof4j.report.ObjectTool.Image;
import io.pprof4j.symbol.internal.binary.ElfFile.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What to subtract from an address of a process to have that of the file: by how much the loader or
 * the kernel moved the segment that is mapped there. The rules are those of pprof.
 */
public final class ElfBase {
  private static final long PAGE = 4096;

  /** Where kernels for PowerPC of 64 bits say that they start in the file. */
  private static final long POWER_PC_OFFSET = 0xc000000000000000L;

  private final ElfFile elf;
  private final Image image;

  /** Address in the file of the symbol that kernels are moved by; empty if this is no kernel. */
  private final OptionalLong kernelSymbol;

  /** Where a mapped image of a file starts. */
  public ElfBase(ElfFile elf, Image image, OptionalLong kernelSymbol) {
    this.elf = elf;
    this.image = image;
    this.kernelSymbol = kernelSymbol;
  }

  /** Whether an image can only be placed by a symbol of the kernel. */
  public static boolean needsKernelSymbol(Image image) {
    return image.filename().contains("vmlinux")
        || image.start() % PAGE != 0
        || image.limit() % PAGE != 0
        || image.offset() % PAGE != 0;
  }

  /**
   * The base for a segment.
   *
   * @param segment the one that is mapped; null if there is none
   * @throws IOException if no rule fits
   */
  public long of(@Nullable Segment segment) throws IOException {
    if (image.start() == 0 && image.offset() == 0 && (image.limit() == -1 || image.limit() == 0)) {
      // A mapping made up to span everything: the addresses are the file's already.
      return 0;
    }
    return switch (elf.type()) {
      case ElfFile.TYPE_EXECUTABLE -> segment == null ? 0 : ofExecutable(segment);
      case ElfFile.TYPE_RELOCATABLE -> ofRelocatable();
      case ElfFile.TYPE_SHARED -> ofShared(segment);
      default -> throw new IOException("don't know how to handle FileHeader.Type " + elf.type());
    };
  }

  private long ofExecutable(Segment segment) throws IOException {
    if (kernelSymbol.isEmpty() && image.start() > 0) {
      return moved(segment);
    }
    OptionalLong kernel = ofKernel(segment);
    if (kernel.isPresent()) {
      return kernel.getAsLong();
    }
    if (image.start() == 0 && image.limit() != 0 && kernelSymbol.isEmpty()) {
      return image.start() - segment.address();
    }
    throw new IOException(
        "don't know how to handle EXEC segment: start=0x%x limit=0x%x offset=0x%x"
            .formatted(image.start(), image.limit(), image.offset()));
  }

  private long ofRelocatable() throws IOException {
    if (image.offset() != 0) {
      throw new IOException("don't know how to handle mapping.Offset");
    }
    return image.start();
  }

  private long ofShared(@Nullable Segment segment) {
    if (segment == null) {
      return image.start() - image.offset();
    }
    OptionalLong kernel = ofKernel(segment);
    return kernel.isPresent() ? kernel.getAsLong() : moved(segment);
  }

  /** From address to offset in the file, and from there to the address that the file states. */
  private long moved(Segment segment) {
    return image.start() - image.offset() + segment.offset() - segment.address();
  }

  private OptionalLong ofKernel(Segment segment) {
    long start = image.start();
    if (segment.address() == start - image.offset()) {
      return OptionalLong.of(image.offset());
    }
    boolean aligned = kernelSymbol.isPresent() && start % PAGE == kernelSymbol.getAsLong() % PAGE;
    if (start == 0 && image.limit() != 0 && kernelSymbol.isPresent()) {
      // ChromeOS shows its kernel at 0.
      return OptionalLong.of(start - kernelSymbol.getAsLong());
    }
    boolean knownOffset =
        image.offset() == 0 || image.offset() == POWER_PC_OFFSET || image.offset() == start;
    if (start < 0 && Long.compareUnsigned(image.limit(), start) > 0 && knownOffset) {
      return OptionalLong.of(start - (aligned ? kernelSymbol.getAsLong() : segment.address()));
    }
    return start % PAGE != 0 && aligned
        ? OptionalLong.of(start - kernelSymbol.getAsLong())
        : OptionalLong.empty();
  }

  /**
   * The base for an address of the process, whose segment is found by the mapping.
   *
   * @throws IOException if it is in none, or in several
   */
  public long ofAddress(long address) throws IOException {
    return of(segmentOf(address));
  }

  private @Nullable Segment segmentOf(long address) throws IOException {
    boolean inKernel =
        kernelSymbol.isPresent()
            || Long.compareUnsigned(image.start(), image.limit()) >= 0
            || image.limit() < 0;
    if (inKernel) {
      return elf.textSegment();
    }
    if (elf.segments().isEmpty()) {
      return null;
    }
    List<Segment> mapped = new ArrayList<>();
    for (Segment segment : elf.segments()) {
      if (isMapped(segment)) {
        mapped.add(segment);
      }
    }
    if (mapped.isEmpty()) {
      throw new IOException("no program header matches mapping info");
    }
    return mapped.size() == 1
        ? mapped.get(0)
        : only(mapped, address - image.start() + image.offset());
  }

  private static Segment only(List<Segment> segments, long fileOffset) throws IOException {
    List<Segment> found =
        segments.stream()
            .filter(
                segment ->
                    fileOffset >= segment.offset()
                        && fileOffset < segment.offset() + segment.memorySize())
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IOException(
        (found.isEmpty() ? "no program header matches" : "several program headers match")
            + " file offset "
            + Long.toHexString(fileOffset));
  }

  /** Whether the mapping is, or may be, one of a segment. */
  private boolean isMapped(Segment segment) {
    long from = image.offset();
    long to = from + image.limit() - image.start();
    long end = segment.offset() + segment.memorySize();
    if (segment.fileSize() == 0 || from >= end || segment.offset() >= to) {
      return false;
    }
    // Loaders map whole pages: what starts before the segment's first page is another segment.
    long inPage = segment.alignment() == 0 ? 0 : segment.address() & (segment.alignment() - 1);
    long firstPage = segment.offset() > inPage ? segment.offset() - inPage : 0;
    if (from < firstPage) {
      return false;
    }
    // So is what has only the last page of the segment and goes on behind it.
    return !(from > segment.offset() && end < from + PAGE && to >= end + PAGE);
  }
}
