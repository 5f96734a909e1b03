// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.hpack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The static table of RFC 7541, appendix A, and a dynamic one (2.3.2), under one numbering. */
final class HeaderTable {
  /** A field, and its size by RFC 7541, 4.1. */
  record Entry(String name, String value) {
    int size() {
      return name.length() + value.length() + 32;
    }
  }

  private static final String[] STATIC = {
    ":authority",
    ":method=GET",
    ":method=POST",
    ":path=/",
    ":path=/index.html",
    ":scheme=http",
    ":scheme=https",
    ":status=200",
    ":status=204",
    ":status=206",
    ":status=304",
    ":status=400",
    ":status=404",
    ":status=500",
    "accept-charset",
    "accept-encoding=gzip, deflate",
    "accept-language",
    "accept-ranges",
    "accept",
    "access-control-allow-origin",
    "age",
    "allow",
    "authorization",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-type",
    "cookie",
    "date",
    "etag",
    "expect",
    "expires",
    "from",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "last-modified",
    "link",
    "location",
    "max-forwards",
    "proxy-authenticate",
    "proxy-authorization",
    "range",
    "referer",
    "refresh",
    "retry-after",
    "server",
    "set-cookie",
    "strict-transport-security",
    "transfer-encoding",
    "user-agent",
    "vary",
    "via",
    "www-authenticate"
  };
  static final List<Entry> STATIC_ENTRIES = staticEntries();

  private final Deque<Entry> oldestFirst = new ArrayDeque<>();
  private final List<Entry> newestFirst = new ArrayList<>();
  private boolean listed;
  private int size;
  private int maxSize;

  HeaderTable(int maxSize) {
    this.maxSize = maxSize;
  }

  private static List<Entry> staticEntries() {
    List<Entry> entries = new ArrayList<>();
    for (String text : STATIC) {
      int equals = text.indexOf('=');
      entries.add(
          equals < 0
              ? new Entry(text, "")
              : new Entry(text.substring(0, equals), text.substring(equals + 1)));
    }
    return List.copyOf(entries);
  }

  int count() {
    return oldestFirst.size();
  }

  int size() {
    return size;
  }

  int maxSize() {
    return maxSize;
  }

  void maxSize(int bytes) {
    maxSize = bytes;
    evict(bytes);
  }

  void add(Entry entry) {
    evict(maxSize - entry.size());
    if (entry.size() <= maxSize) {
      oldestFirst.addLast(entry);
      size += entry.size();
      listed = false;
    }
  }

  private void evict(int limit) {
    while (size > limit && !oldestFirst.isEmpty()) {
      size -= oldestFirst.removeFirst().size();
      listed = false;
    }
  }

  /** The entry of that number from 1 on, or null: static ones first, then the newest ones. */
  @org.jspecify.annotations.Nullable
  Entry get(int index) {
    if (index < 1) {
      return null;
    }
    if (index <= STATIC_ENTRIES.size()) {
      return STATIC_ENTRIES.get(index - 1);
    }
    int dynamic = index - STATIC_ENTRIES.size() - 1;
    List<Entry> entries = entries();
    return dynamic < entries.size() ? entries.get(dynamic) : null;
  }

  /** The dynamic entries, newest first. */
  List<Entry> entries() {
    if (!listed) {
      newestFirst.clear();
      oldestFirst.descendingIterator().forEachRemaining(newestFirst::add);
      listed = true;
    }
    return newestFirst;
  }
}
