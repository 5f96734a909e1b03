// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;

/** Times as Go prints them. */
final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** {@code 2006-01-02 15:04:05 MST}. */
  static String toSeconds(long epochNanos, ZoneId zone) {
    ZonedDateTime time = at(epochNanos, zone);
    return date(time) + " " + abbreviation(time);
  }

  /** {@code 2006-01-02 15:04:05.999999999 -0700 MST}. */
  static String toNanos(long epochNanos, ZoneId zone) {
    ZonedDateTime time = at(epochNanos, zone);
    String fraction =
        time.getNano() == 0
            ? ""
            : ("." + String.format("%09d", time.getNano())).replaceAll("0+$", "");
    return date(time) + fraction + " " + offset(time) + " " + abbreviation(time);
  }

  private static ZonedDateTime at(long epochNanos, ZoneId zone) {
    return Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS), Math.floorMod(epochNanos, NANOS))
        .atZone(zone);
  }

  private static String date(ZonedDateTime time) {
    return "%04d-%02d-%02d %02d:%02d:%02d"
        .formatted(
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond());
  }

  private static String offset(ZonedDateTime time) {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    return "%s%02d%02d"
        .formatted(minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
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
