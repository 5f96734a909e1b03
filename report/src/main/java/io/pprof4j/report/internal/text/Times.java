// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;

/** Times as Go prints them. */
public final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** {@code 2006-01-02 15:04:05 MST}. */
  public static String toSeconds(long epochNanos, ZoneId zone) {
    ZonedDateTime time = at(epochNanos, zone);
    return date(time) + " " + abbreviation(time);
  }

  /** {@code 2006-01-02 15:04:05.999999999 -0700 MST}. */
  public static String toNanos(long epochNanos, ZoneId zone) {
    ZonedDateTime time = at(epochNanos, zone);
    return date(time)
        + GoNumbers.fraction(time.getNano(), 9)
        + " "
        + offset(time)
        + " "
        + abbreviation(time);
  }

  private static ZonedDateTime at(long epochNanos, ZoneId zone) {
    return Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS), Math.floorMod(epochNanos, NANOS))
        .atZone(zone);
  }

  private static String date(ZonedDateTime time) {
    // By hand, since java.util.Formatter takes longer to load than a short run has.
    StringBuilder text = new StringBuilder();
    pad(text, time.getYear(), 4).append('-');
    pad(text, time.getMonthValue(), 2).append('-');
    pad(text, time.getDayOfMonth(), 2).append(' ');
    pad(text, time.getHour(), 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    return pad(text, time.getSecond(), 2).toString();
  }

  /** Appends a number with zeros before it; years from 1678 to 2262 are all there are. */
  private static StringBuilder pad(StringBuilder text, int number, int digits) {
    String plain = Integer.toString(number);
    return text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
  }

  private static String offset(ZonedDateTime time) {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    StringBuilder text = new StringBuilder(minutes < 0 ? "-" : "+");
    pad(text, Math.abs(minutes) / 60, 2);
    return pad(text, Math.abs(minutes) % 60, 2).toString();
  }

  /** The zone's abbreviation, or its offset where the zone has none. */
  private static String abbreviation(ZonedDateTime time) {
    // Names of zones take long to load, and UTC is known without them.
    String id = time.getZone().getId();
    if (id.equals("UTC") || id.equals("Z") || id.equals("Etc/UTC")) {
      return "UTC";
    }
    boolean daylight = time.getZone().getRules().isDaylightSavings(time.toInstant());
    String name =
        TimeZone.getTimeZone(time.getZone())
            .getDisplayName(daylight, TimeZone.SHORT, Locale.ENGLISH);
    if (!name.contains(":")) {
      return name;
    }
    String offset = offset(time);
    return offset.endsWith("00") ? offset.substring(0, 3) : offset;
  }
}
