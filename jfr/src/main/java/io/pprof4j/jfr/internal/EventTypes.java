// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event types of a chunk's events, as far as profiles are made of them. */
final class EventTypes {
  private final Metadata metadata;
  private final ChunkHeader header;

  /** Types that were seen, and what they are good for: null if nothing. */
  private final LongIndex indexOfType = new LongIndex();

  private final List<@Nullable EventType> types = new ArrayList<>();
  private int slots;

  EventTypes(Metadata metadata, ChunkHeader header) {
    this.metadata = metadata;
    this.header = header;
  }

  /** The type of a number; null if profiles are not made of its events. */
  @Nullable EventType of(long id) throws ProfileFormatException {
    int known = indexOfType.get(id);
    if (known == LongIndex.NONE) {
      known = indexOfType.number(id);
      types.add(bind(id));
    }
    return types.get(known);
  }

  private @Nullable EventType bind(long id) throws ProfileFormatException {
    JfrType type = metadata.type(id);
    EventShape shape = type == null ? null : EventShape.of(type.name());
    if (type == null || shape == null) {
      return null;
    }
    EventType bound = new EventType(shape, type, metadata, header.metadata());
    slots = Math.max(slots, bound.layout().slots());
    return bound;
  }

  /** How many slots the largest of the types seen so far fills. */
  int slots() {
    return slots;
  }

  /** Whether profiles are made of any type seen so far. */
  boolean isAny() {
    return slots > 0;
  }
}
