// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import io.pprof4j.flags.GoQuote;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds where HTTP/1.1 responses end, and what a load generator must know of them. The body itself
 * is counted and dropped. Bytes come from the network and are trusted in nothing.
 */
final class ResponseParser {
  /*
   * A head that arrives in one piece, the usual case, is read where it lies; only a head in pieces
   * is collected in a buffer. RFC 9112, 6.3 gives the rules of the body's length.
   */
  private static final int MAX_HEAD_BYTES = 1 << 20;

  private enum State {
    HEAD,
    FIXED_BODY,
    BODY_UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private State state = State.HEAD;
  private boolean bodyless;
  private byte[] collected = new byte[0];
  private int collectedLength;
  private int searched;

  private int status;
  private boolean keepAlive;
  private boolean chunked;
  private long contentLength;
  private Optional<String> location = Optional.empty();
  private long bodyBytes;

  private long remaining;
  private int sizeDigits;
  private int trailerLine;
  private int trailerBytes;

  /** Gets ready for the next response. */
  void reset(boolean responseHasNoBody) {
    bodyless = responseHasNoBody;
    bodyBytes = 0;
    state = State.HEAD;
    collectedLength = 0;
    searched = 0;
  }

  /** The status, once the head is read. */
  int status() {
    return status;
  }

  /** Whether the server leaves the connection open. */
  boolean keepAlive() {
    return keepAlive;
  }

  /** The value of the Location field. */
  Optional<String> location() {
    return location;
  }

  /** How long the body was; for the answer to HEAD, how long it would have been. */
  long bodyBytes() {
    return bodyless ? Math.max(contentLength, 0) : bodyBytes;
  }

  boolean isDone() {
    return state == State.DONE;
  }

  /**
   * Takes bytes until the response ends.
   *
   * @return how many bytes belonged to this response
   * @throws IOException if they are no HTTP
   */
  int feed(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int at = offset;
    while (at < end && state != State.DONE) {
      at =
          switch (state) {
            case HEAD -> head(bytes, at, end);
            case FIXED_BODY, BODY_UNTIL_CLOSE -> body(at, end);
            case CHUNK_SIZE, CHUNK_EXTENSION -> chunkSize(bytes, at);
            case CHUNK_DATA -> body(at, end);
            case CHUNK_END -> chunkEnd(bytes, at);
            case TRAILER -> trailer(bytes, at);
            case DONE -> at;
          };
    }
    return at - offset;
  }

  /** The server closed the connection; that may be the end of the body. */
  void endOfStream() throws EOFException {
    if (state == State.BODY_UNTIL_CLOSE) {
      state = State.DONE;
    } else if (state == State.HEAD && collectedLength == 0) {
      throw new EOFException("EOF");
    } else {
      throw new EOFException("unexpected EOF");
    }
  }

  private int head(byte[] bytes, int at, int end) throws IOException {
    if (collectedLength == 0) {
      int headEnd = findHeadEnd(bytes, at, end);
      if (headEnd >= 0) {
        parseHead(bytes, at, headEnd);
        return headEnd;
      }
      collect(bytes, at, end);
      searched = collectedLength;
      return end;
    }
    int before = collectedLength;
    collect(bytes, at, end);
    // The end may begin up to three bytes before what is new.
    int headEnd = findHeadEnd(collected, Math.max(0, searched - 3), collectedLength);
    searched = collectedLength;
    if (headEnd < 0) {
      return end;
    }
    int used = headEnd - before;
    collectedLength = 0;
    searched = 0;
    parseHead(collected, 0, headEnd);
    return at + used;
  }

  private void collect(byte[] bytes, int at, int end) throws IOException {
    int wanted = collectedLength + end - at;
    if (wanted > MAX_HEAD_BYTES) {
      throw new IOException(
          "net/http: server response headers exceeded " + MAX_HEAD_BYTES + " bytes; aborted");
    }
    if (wanted > collected.length) {
      collected = Arrays.copyOf(collected, Math.max(wanted, 2 * collected.length));
    }
    System.arraycopy(bytes, at, collected, collectedLength, end - at);
    collectedLength = wanted;
  }

  /** The index after the empty line that ends a head, or -1. Lines may end with LF alone. */
  private static int findHeadEnd(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n' && i + 1 < end) {
        if (bytes[i + 1] == '\n') {
          return i + 2;
        }
        if (bytes[i + 1] == '\r' && i + 2 < end && bytes[i + 2] == '\n') {
          return i + 3;
        }
      }
    }
    return -1;
  }

  private void parseHead(byte[] bytes, int start, int end) throws IOException {
    contentLength = -1;
    chunked = false;
    location = Optional.empty();
    int lineEnd = lineEnd(bytes, start, end);
    parseStatusLine(bytes, start, trimEnd(bytes, start, lineEnd));
    int at = lineEnd + 1;
    while (at < end) {
      lineEnd = lineEnd(bytes, at, end);
      int trimmed = trimEnd(bytes, at, lineEnd);
      if (trimmed > at) {
        parseField(bytes, at, trimmed);
      }
      at = lineEnd + 1;
    }
    state = afterHead();
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static int trimEnd(byte[] bytes, int start, int end) {
    int at = end;
    while (at > start && (bytes[at - 1] == '\r' || bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
      at--;
    }
    return at;
  }

  private void parseStatusLine(byte[] bytes, int start, int end) throws IOException {
    boolean http1 =
        end - start >= 12
            && bytes[start] == 'H'
            && bytes[start + 1] == 'T'
            && bytes[start + 2] == 'T'
            && bytes[start + 3] == 'P'
            && bytes[start + 4] == '/'
            && bytes[start + 5] == '1'
            && bytes[start + 6] == '.'
            && bytes[start + 8] == ' ';
    if (!http1) {
      throw new IOException("malformed HTTP response " + quote(bytes, start, end));
    }
    status = 0;
    for (int i = start + 9; i < start + 12; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new IOException("malformed HTTP status code " + quote(bytes, start + 9, start + 12));
      }
      status = status * 10 + digit;
    }
    // HTTP/1.0 closes unless it says otherwise.
    keepAlive = bytes[start + 7] != '0';
  }

  private static String quote(byte[] bytes, int start, int end) {
    int last = Math.min(end, start + 100);
    return GoQuote.quote(new String(bytes, start, last - start, StandardCharsets.ISO_8859_1));
  }

  private void parseField(byte[] bytes, int start, int end) throws IOException {
    // The length of the name tells most fields apart; few lines are looked at closer.
    int colon = start;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    switch (colon - start) {
      case 8 -> {
        if (isName(bytes, start, "location")) {
          location = Optional.of(value(bytes, colon, end, StandardCharsets.UTF_8));
        }
      }
      case 10 -> {
        if (isName(bytes, start, "connection")) {
          parseConnection(value(bytes, colon, end, StandardCharsets.ISO_8859_1));
        }
      }
      case 14 -> {
        if (isName(bytes, start, "content-length")) {
          parseContentLength(bytes, colon + 1, end);
        }
      }
      case 17 -> {
        if (isName(bytes, start, "transfer-encoding")) {
          String encoding = value(bytes, colon, end, StandardCharsets.ISO_8859_1);
          if (!encoding.equalsIgnoreCase("chunked")) {
            throw new IOException("unsupported transfer encoding " + GoQuote.quote(encoding));
          }
          chunked = true;
        }
      }
      default -> {}
    }
  }

  private static boolean isName(byte[] bytes, int start, String lower) {
    for (int i = 0; i < lower.length(); i++) {
      int c = bytes[start + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String value(byte[] bytes, int colon, int end, java.nio.charset.Charset charset) {
    return new String(bytes, colon + 1, end - colon - 1, charset).strip();
  }

  private void parseConnection(String value) {
    for (String option : value.split(",", -1)) {
      if (option.strip().equalsIgnoreCase("close")) {
        keepAlive = false;
        return;
      }
      keepAlive |= option.strip().equalsIgnoreCase("keep-alive");
    }
  }

  private void parseContentLength(byte[] bytes, int from, int end) throws IOException {
    int at = from;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    long length = 0;
    if (at == end || end - at > 18) {
      throw new IOException("bad Content-Length " + quote(bytes, at, end));
    }
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new IOException("bad Content-Length " + quote(bytes, from, end));
      }
      length = length * 10 + digit;
    }
    if (contentLength >= 0 && contentLength != length) {
      throw new IOException("http: message cannot contain multiple Content-Length headers");
    }
    contentLength = length;
  }

  private State afterHead() {
    if (status / 100 == 1 && status != 101) {
      // An interim response; the final one follows.
      return State.HEAD;
    }
    if (bodyless || status == 204 || status == 304 || status == 101) {
      keepAlive &= status != 101;
      return State.DONE;
    }
    if (chunked) {
      beginChunk();
      return State.CHUNK_SIZE;
    }
    remaining = contentLength;
    if (contentLength < 0) {
      keepAlive = false;
      return State.BODY_UNTIL_CLOSE;
    }
    return contentLength == 0 ? State.DONE : State.FIXED_BODY;
  }

  private int body(int at, int end) {
    if (state == State.BODY_UNTIL_CLOSE) {
      bodyBytes += end - at;
      return end;
    }
    int taken = (int) Math.min(remaining, end - at);
    remaining -= taken;
    bodyBytes += taken;
    if (remaining == 0) {
      state = state == State.FIXED_BODY ? State.DONE : State.CHUNK_END;
    }
    return at + taken;
  }

  private void beginChunk() {
    remaining = 0;
    sizeDigits = 0;
  }

  private int chunkSize(byte[] bytes, int at) throws IOException {
    byte c = bytes[at];
    if (c == '\n') {
      if (sizeDigits == 0) {
        throw new IOException("invalid empty chunk size");
      }
      trailerLine = 0;
      trailerBytes = 0;
      state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
    } else if (state == State.CHUNK_SIZE) {
      int digit = c < 0 ? -1 : Character.digit((char) c, 16);
      if (digit >= 0) {
        if (++sizeDigits > 15) {
          throw new IOException("http chunk length too large");
        }
        remaining = remaining << 4 | digit;
      } else if (c == ';' || c == ' ' || c == '\t' || c == '\r') {
        state = State.CHUNK_EXTENSION;
      } else {
        throw new IOException("invalid byte in chunk length");
      }
    }
    return at + 1;
  }

  private int chunkEnd(byte[] bytes, int at) throws IOException {
    if (bytes[at] == '\n') {
      beginChunk();
      state = State.CHUNK_SIZE;
    } else if (bytes[at] != '\r') {
      throw new IOException("malformed chunked encoding");
    }
    return at + 1;
  }

  private int trailer(byte[] bytes, int at) throws IOException {
    if (++trailerBytes > MAX_HEAD_BYTES) {
      throw new IOException("http: trailer header too large");
    }
    if (bytes[at] == '\n') {
      if (trailerLine == 0) {
        state = State.DONE;
      }
      trailerLine = 0;
    } else if (bytes[at] != '\r') {
      trailerLine++;
    }
    return at + 1;
  }
}
