// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.hey.internal.hpack.HpackDecoder;
import io.pprof4j.hey.internal.hpack.HpackEncoder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP/2 on one connection, with a stream for each request (RFC 9113). */
final class Http2Connection extends HttpConnection {
  /*
   * All frames that one round of the loop gives rise to go out in a single write: requests append
   * to a buffer, and flush() runs before the loop waits again. Header blocks are encoded once per
   * target and connection. The receive windows are so large that they hardly ever need an update.
   */
  private static final int MAX_BLOCK_BYTES = 1 << 20;

  private static final int STREAM_WINDOW = 4 << 20;
  private static final int CONNECTION_WINDOW = 1 << 30;
  private static final int INITIAL_MAX_STREAMS = 100;
  private static final int LAST_STREAM = 1 << 30;

  private final Link link;
  private final ConnectionPool pool;
  private final HpackEncoder encoder = new HpackEncoder();
  private final HpackDecoder decoder = new HpackDecoder();
  private final Map<Integer, Http2Stream> streams = new HashMap<>();
  private final List<Worker> unwritten = new ArrayList<>();

  private final Http2Frames frames = new Http2Frames();
  private ByteBuffer sending = ByteBuffer.allocateDirect(64 * 1024).flip();
  private boolean flushing;

  private byte[] pending = new byte[0];
  private int pendingLength;
  private byte[] block = new byte[0];
  private int blockLength;
  private int blockStream;
  private boolean blockEndsStream;

  private @Nullable Target encodedTarget;
  private byte[] encodedBlock = new byte[0];
  private int encodedGeneration;

  private int nextStream = 1;
  private int maxStreams = INITIAL_MAX_STREAMS;
  private int peerFrameBytes = Http2Frames.DEFAULT_FRAME_BYTES;
  private int peerInitialWindow = Http2Frames.DEFAULT_WINDOW;
  private long sendWindow = Http2Frames.DEFAULT_WINDOW;
  private int unacknowledged;
  private boolean goingAway;
  private boolean settled;

  Http2Connection(Link link, ConnectionPool pool) {
    this.link = link;
    this.pool = pool;
  }

  /** Sends the preface; requests may follow at once. */
  void open() {
    frames.preface();
    frames.settings(
        Http2Frames.SETTING_ENABLE_PUSH, 0, Http2Frames.SETTING_INITIAL_WINDOW_SIZE, STREAM_WINDOW);
    frames.windowUpdate(0, CONNECTION_WINDOW - Http2Frames.DEFAULT_WINDOW);
    flushLater();
  }

  @Override
  boolean hasRoom() {
    return !link.isClosed()
        && !goingAway
        && streams.size() < maxStreams
        && nextStream < LAST_STREAM;
  }

  @Override
  void send(Worker worker) {
    Target target = worker.target();
    worker.attached(this);
    Http2Stream stream = new Http2Stream(nextStream, worker, peerInitialWindow);
    nextStream += 2;
    streams.put(stream.id, stream);
    sendHeaders(stream, target);
    sendBody(stream);
    if (!target.spec().keepAlive()) {
      goingAway = true;
    }
    flushLater();
  }

  private void sendHeaders(Http2Stream stream, Target target) {
    byte[] fields = encoded(target);
    int flags = stream.isSent() ? Http2Frames.END_STREAM : 0;
    int length = Math.min(fields.length, peerFrameBytes);
    boolean whole = length == fields.length;
    frames.frame(
        Http2Frames.HEADERS,
        flags | (whole ? Http2Frames.END_HEADERS : 0),
        stream.id,
        fields,
        0,
        length);
    for (int at = length; at < fields.length; at += length) {
      length = Math.min(fields.length - at, peerFrameBytes);
      int last = at + length == fields.length ? Http2Frames.END_HEADERS : 0;
      frames.frame(Http2Frames.CONTINUATION, last, stream.id, fields, at, length);
    }
    if (stream.isSent()) {
      unwritten.add(stream.worker);
    }
  }

  private byte[] encoded(Target target) {
    if (target != encodedTarget || encodedGeneration != encoder.generation()) {
      encodedBlock = encoder.encode(fields(target));
      // Encoding filled the table, so that the next block of this target will be a shorter one.
      encodedTarget = encodedGeneration == encoder.generation() ? target : null;
      encodedGeneration = encoder.generation();
    }
    return encodedBlock;
  }

  private static List<String> fields(Target target) {
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of(":authority", target.hostField()));
    fields.addAll(List.of(":method", target.spec().method()));
    fields.addAll(List.of(":path", target.url().requestTarget()));
    fields.addAll(List.of(":scheme", target.url().scheme()));
    for (Header field : target.fields()) {
      // Fields that belong to a connection have no meaning in HTTP/2 (RFC 9113, 8.2.2).
      switch (field.name()) {
        case "Connection", "Proxy-Connection", "Keep-Alive", "Upgrade", "Transfer-Encoding" -> {}
        default -> {
          fields.add(field.name().toLowerCase(Locale.ROOT));
          fields.add(field.value());
        }
      }
    }
    return fields;
  }

  private void sendBody(Http2Stream stream) {
    byte[] body = stream.body();
    while (!stream.isSent()) {
      long window = Math.min(stream.sendWindow, sendWindow);
      int length = (int) Math.min(Math.min(window, peerFrameBytes), body.length - stream.bodySent);
      if (length <= 0) {
        return;
      }
      boolean last = stream.bodySent + length == body.length;
      int flags = last ? Http2Frames.END_STREAM : 0;
      frames.frame(Http2Frames.DATA, flags, stream.id, body, stream.bodySent, length);
      stream.bodySent += length;
      stream.sendWindow -= length;
      sendWindow -= length;
      if (last) {
        unwritten.add(stream.worker);
      }
    }
  }

  private void flushLater() {
    if (!flushing) {
      flushing = true;
      link.loop().later(this::flush);
    }
  }

  private void flush() {
    try {
      if (link.isClosed() || sending.hasRemaining()) {
        return;
      }
      takeFrames();
      if (link.write(sending)) {
        flushed();
      }
    } catch (IOException e) {
      link.fail(e);
    }
  }

  private void takeFrames() {
    ByteBuffer written = frames.buffer().flip();
    if (sending.capacity() < written.remaining()) {
      sending = ByteBuffer.allocateDirect(written.capacity());
    }
    sending.clear();
    sending.put(written).flip();
    written.clear();
  }

  @Override
  public void flushed() {
    flushing = false;
    for (Worker worker : unwritten) {
      worker.written();
    }
    unwritten.clear();
    if (!frames.isEmpty()) {
      flushLater();
    }
  }

  @Override
  public void received(byte[] bytes, int offset, int length) throws IOException {
    if (pendingLength == 0) {
      int used = parse(bytes, offset, offset + length);
      keep(bytes, offset + used, length - used);
      return;
    }
    keep(bytes, offset, length);
    int used = parse(pending, 0, pendingLength);
    System.arraycopy(pending, used, pending, 0, pendingLength - used);
    pendingLength -= used;
  }

  private void keep(byte[] bytes, int offset, int length) {
    if (pendingLength + length > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(pendingLength + length, 32 * 1024));
    }
    System.arraycopy(bytes, offset, pending, pendingLength, length);
    pendingLength += length;
  }

  /** Handles all complete frames and returns how many bytes they took. */
  private int parse(byte[] bytes, int from, int end) throws IOException {
    int at = from;
    while (end - at >= Http2Frames.FRAME_HEAD_BYTES && !link.isClosed()) {
      int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
      if (length > Http2Frames.DEFAULT_FRAME_BYTES) {
        throw new IOException(
            "http2: frame too large, note that the frame header looked like an HTTP/1.1 header");
      }
      int payload = at + Http2Frames.FRAME_HEAD_BYTES;
      if (end - payload < length) {
        break;
      }
      frame(
          new Http2FrameReader(
              bytes, payload, length, bytes[at + 3], bytes[at + 4], int32(bytes, at + 5)));
      at = payload + length;
    }
    return link.isClosed() ? end - from : at - from;
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  private void frame(Http2FrameReader frame) throws IOException {
    if (!settled && frame.type() != Http2Frames.SETTINGS) {
      throw new IOException("http2: the server did not begin with its settings");
    }
    if (blockStream != 0 && frame.type() != Http2Frames.CONTINUATION) {
      throw new IOException("http2: a header block was interrupted");
    }
    switch (frame.type()) {
      case Http2Frames.DATA -> data(frame);
      case Http2Frames.HEADERS -> headers(frame);
      case Http2Frames.CONTINUATION -> continuation(frame);
      case Http2Frames.RST_STREAM -> reset(frame);
      case Http2Frames.SETTINGS -> settings(frame);
      case Http2Frames.PUSH_PROMISE -> throw new IOException("http2: push was not asked for");
      case Http2Frames.PING -> ping(frame);
      case Http2Frames.GOAWAY -> goAway(frame);
      case Http2Frames.WINDOW_UPDATE -> windowUpdate(frame);
      default -> {
        // Unknown frames are to be ignored (RFC 9113, 4.1).
      }
    }
  }

  private void data(Http2FrameReader frame) throws IOException {
    frame.unpad();
    unacknowledged += frame.wholeLength();
    if (unacknowledged > CONNECTION_WINDOW / 2) {
      frames.windowUpdate(0, unacknowledged);
      unacknowledged = 0;
      flushLater();
    }
    Http2Stream stream = streams.get(frame.stream());
    if (stream == null) {
      return;
    }
    stream.worker.gotFirstByte();
    stream.bodyBytes += frame.length();
    stream.unacknowledged += frame.wholeLength();
    if (frame.has(Http2Frames.END_STREAM)) {
      finish(stream);
    } else if (stream.unacknowledged > STREAM_WINDOW / 2) {
      frames.windowUpdate(stream.id, stream.unacknowledged);
      stream.unacknowledged = 0;
      flushLater();
    }
  }

  private void headers(Http2FrameReader frame) throws IOException {
    frame.unpad();
    if (frame.has(Http2Frames.PRIORITY)) {
      frame.skip(5);
    }
    blockEndsStream = frame.has(Http2Frames.END_STREAM);
    if (frame.has(Http2Frames.END_HEADERS)) {
      headerBlock(frame.stream(), frame.bytes(), frame.offset(), frame.length());
    } else {
      blockStream = frame.stream();
      blockLength = 0;
      collect(frame);
    }
  }

  private void continuation(Http2FrameReader frame) throws IOException {
    if (blockStream == 0 || frame.stream() != blockStream) {
      throw new IOException("http2: a continuation without its beginning");
    }
    collect(frame);
    if (frame.has(Http2Frames.END_HEADERS)) {
      int stream = blockStream;
      blockStream = 0;
      headerBlock(stream, block, 0, blockLength);
    }
  }

  private void collect(Http2FrameReader frame) throws IOException {
    int wanted = blockLength + frame.length();
    if (wanted > MAX_BLOCK_BYTES) {
      throw new IOException("http2: response header list larger than " + MAX_BLOCK_BYTES);
    }
    if (wanted > block.length) {
      block = Arrays.copyOf(block, Math.max(wanted, 2 * block.length));
    }
    System.arraycopy(frame.bytes(), frame.offset(), block, blockLength, frame.length());
    blockLength = wanted;
  }

  private void headerBlock(int id, byte[] bytes, int offset, int length) throws IOException {
    Http2Stream stream = streams.get(id);
    // The block of an unknown stream must be decoded, too, to keep the table in step.
    decoder.decode(
        bytes,
        offset,
        length,
        (name, value) -> {
          if (stream != null) {
            stream.field(name, value);
          }
        });
    if (stream == null) {
      return;
    }
    stream.worker.gotFirstByte();
    if (blockEndsStream) {
      finish(stream);
    } else if (stream.status < 100) {
      throw new IOException("http2: malformed response, no status");
    }
  }

  private void finish(Http2Stream stream) {
    streams.remove(stream.id);
    if (!stream.isSent()) {
      frames.reset(stream.id, Http2Frames.CANCEL);
      flushLater();
    }
    boolean head = stream.worker.target().spec().method().equals("HEAD");
    long bytes = head ? Math.max(0, stream.contentLength) : stream.bodyBytes;
    if (stream.status < 100) {
      stream.worker.failed("malformed response from server: missing status pseudo header");
    } else {
      stream.worker.finished(stream.status, bytes, stream.location);
    }
    closeIfDone();
  }

  private void closeIfDone() {
    if (goingAway && streams.isEmpty()) {
      pool.forget(this);
      link.loop().later(link::close);
    }
  }

  private void reset(Http2FrameReader frame) throws IOException {
    Http2Stream stream = streams.remove(frame.stream());
    int error = frame.int32();
    if (stream == null) {
      return;
    }
    if (error == Http2Frames.REFUSED_STREAM) {
      stream.worker.retryRefused();
    } else {
      stream.worker.failed(
          "stream error: stream ID "
              + stream.id
              + "; "
              + Http2Frames.errorName(error)
              + "; received from peer");
    }
    closeIfDone();
  }

  private void settings(Http2FrameReader frame) throws IOException {
    settled = true;
    if (frame.has(Http2Frames.ACK)) {
      return;
    }
    while (frame.length() > 0) {
      setting(frame.int16(), frame.int32());
    }
    frames.settingsAck();
    flushLater();
    pool.serveWaiting();
  }

  private void setting(int number, int value) throws IOException {
    switch (number) {
      case Http2Frames.SETTING_HEADER_TABLE_SIZE ->
          encoder.maxTableBytes(value < 0 ? Integer.MAX_VALUE : value);
      case Http2Frames.SETTING_MAX_CONCURRENT_STREAMS ->
          maxStreams = value < 0 ? Integer.MAX_VALUE : value;
      case Http2Frames.SETTING_INITIAL_WINDOW_SIZE -> initialWindow(value);
      case Http2Frames.SETTING_MAX_FRAME_SIZE -> {
        if (value < Http2Frames.DEFAULT_FRAME_BYTES || value >= 1 << 24) {
          throw new IOException("http2: the server's maximal frame size is out of range");
        }
        peerFrameBytes = Math.min(value, 1 << 20);
      }
      default -> {
        // Unknown settings are to be ignored (RFC 9113, 6.5.2).
      }
    }
  }

  private void initialWindow(int value) throws IOException {
    if (value < 0) {
      throw new IOException("http2: the server's initial window is out of range");
    }
    for (Http2Stream stream : streams.values()) {
      stream.sendWindow += (long) value - peerInitialWindow;
    }
    peerInitialWindow = value;
    resumeBodies();
  }

  private void windowUpdate(Http2FrameReader frame) throws IOException {
    int increment = frame.int32() & Integer.MAX_VALUE;
    if (frame.stream() == 0) {
      sendWindow += increment;
      resumeBodies();
      return;
    }
    Http2Stream stream = streams.get(frame.stream());
    if (stream != null) {
      stream.sendWindow += increment;
      sendBody(stream);
      flushLater();
    }
  }

  private void resumeBodies() {
    for (Http2Stream stream : streams.values()) {
      if (!stream.isSent()) {
        sendBody(stream);
        flushLater();
      }
    }
  }

  private void ping(Http2FrameReader frame) {
    if (!frame.has(Http2Frames.ACK)) {
      frames.frame(
          Http2Frames.PING, Http2Frames.ACK, 0, frame.bytes(), frame.offset(), frame.length());
      flushLater();
    }
  }

  private void goAway(Http2FrameReader frame) throws IOException {
    int last = frame.int32() & Integer.MAX_VALUE;
    goingAway = true;
    pool.forget(this);
    for (Http2Stream stream : List.copyOf(streams.values())) {
      if (stream.id > last) {
        // The server did not look at it, so it may be sent again (RFC 9113, 6.8).
        streams.remove(stream.id);
        stream.worker.retryRefused();
      }
    }
    closeIfDone();
  }

  @Override
  public void closed(IOException reason) {
    pool.forget(this);
    List<Http2Stream> cut = List.copyOf(streams.values());
    streams.clear();
    String text =
        reason instanceof EOFException ? "unexpected EOF" : NetErrors.describe(reason, pool.peer());
    for (Http2Stream stream : cut) {
      stream.worker.failed(text);
    }
  }

  @Override
  void cancel(Worker worker) {
    for (Http2Stream stream : List.copyOf(streams.values())) {
      if (stream.worker == worker) {
        streams.remove(stream.id);
        frames.reset(stream.id, Http2Frames.CANCEL);
        flushLater();
      }
    }
    closeIfDone();
  }

  @Override
  void close() {
    link.close();
  }
}
