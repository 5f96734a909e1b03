// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The chunks of a recording from first to last, some of which are prepared ahead. */
final class ChunkQueue {
  private record Entry(ChunkHeader header, FutureTask<PreparedChunk> chunk) {
    long size() {
      return header.end() - header.start();
    }
  }

  /** So many chunks are prepared ahead at most. */
  private static final int MOST = 2;

  /** They have so many bytes together at most, unless there is one only. */
  private static final long LARGEST = 64L << 20;

  /** A chunk takes about twice its size, and most of the heap is for what comes of it. */
  private static final int SHARE_OF_HEAP = 16;

  private final RecordingBytes file;
  private final Workers workers;
  private final ChunkMemory memory = new ChunkMemory();
  private final long room = Math.min(LARGEST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  private final Deque<Entry> prepared = new ArrayDeque<>();

  /** The chunk after those; null if there is none, or it is damaged. */
  private @Nullable ChunkHeader upcoming;

  private @Nullable IOException damage;

  /** All chunks of a file. */
  ChunkQueue(RecordingBytes file, Workers workers) {
    this.file = file;
    this.workers = workers;
    readHeader(0);
  }

  /** Damage is told of when everything before has been given. */
  private void readHeader(long at) {
    try {
      upcoming = ChunkHeader.read(file, at);
    } catch (IOException failed) {
      damage = failed;
    }
  }

  /**
   * The next chunk; null at the end.
   *
   * @throws io.pprof4j.profile.ProfileFormatException if it is damaged
   */
  @Nullable PreparedChunk next() throws IOException {
    prepareSome(1);
    Entry first = prepared.poll();
    if (first != null) {
      prepareSome(0);
      return workers.await(first.chunk);
    }
    if (damage != null) {
      throw damage;
    }
    return null;
  }

  /** Prepares as many as may be ahead, and so many in any case. */
  private void prepareSome(int least) {
    while (upcoming != null && (prepared.size() < least || fits(upcoming))) {
      prepare(upcoming);
    }
  }

  private boolean fits(ChunkHeader header) {
    long bytes = header.end() - header.start();
    for (Entry entry : prepared) {
      bytes += entry.size();
    }
    return workers.isAny() && prepared.size() < MOST && bytes <= room;
  }

  private void prepare(ChunkHeader header) {
    FutureTask<PreparedChunk> chunk =
        workers.submit(() -> PreparedChunk.of(file, header, workers, memory));
    prepared.add(new Entry(header, chunk));
    upcoming = null;
    // What follows a chunk that is not finished is being written, or was when its writer ended.
    if (header.finished() && header.end() < file.size()) {
      readHeader(header.end());
    }
  }
}
