// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import io.pprof4j.profile.Utf8;
import java.util.Arrays;
import java.util.Comparator;

/** Order of strings by their UTF-8 bytes, which is how Go sorts. */
public final class ByteOrder {
  /** The order as a comparator. */
  public static final Comparator<String> COMPARATOR = new ByBytes();

  private ByteOrder() {}

  /** A class, as a short run has no time to make a lambda. */
  private static final class ByBytes implements Comparator<String> {
    @Override
    public int compare(String a, String b) {
      return ByteOrder.compare(a, b);
    }
  }

  /** Compares two texts by the bytes of their UTF-8 form. */
  public static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int at = 0; at < common; at++) {
      char left = a.charAt(at);
      char right = b.charAt(at);
      if (left != right) {
        return left < Character.MIN_SURROGATE && right < Character.MIN_SURROGATE
            ? left - right
            : Arrays.compareUnsigned(Utf8.encode(a), Utf8.encode(b));
      }
    }
    return a.length() - b.length();
  }
}
