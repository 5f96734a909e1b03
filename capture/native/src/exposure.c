// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "exposure.h"

#include <stdbool.h>

static double at_least_0(double value) { return value < 0 ? 0 : value; }

static double smaller(double one, double other) { return one < other ? one : other; }

static double left_in(const p4j_tlab *tlab) { return (double)(tlab->end - tlab->top); }

/* Whether there was no collection in between, as far as the counters tell that it resets. */
static bool is_same_cycle(const p4j_tlab *before, const p4j_tlab *now) {
  return before->buffers != 0 && now->buffers >= before->buffers &&
         now->outside >= before->outside;
}

/* What the thread allocated after its last sample and before this object. */
static double allocated_since(const p4j_tlab *before, const p4j_tlab *now, uint64_t size) {
  return at_least_0((double)(now->allocated - before->allocated) - (double)size);
}

p4j_exposure p4j_exposure_of_size(uint64_t size) {
  return (p4j_exposure){.least = (double)size, .most = (double)size};
}

/*
 * The buffer before was left at a collection, anywhere: but not before what the thread has allocated
 * since its last sample.
 */
static p4j_exposure first_after_collection(const p4j_tlab *before, const p4j_tlab *now,
                                           uint64_t size) {
  double whole = (double)now->desired;
  double used = smaller(allocated_since(before, now, size), whole);
  return (p4j_exposure){.least = (double)size + whole - used, .most = (double)size + whole};
}

/*
 * The buffer before was full: less was left of it than the object needs, and than would have had the
 * JVM keep it. Counted are the bytes that were allocated in it, but these were, by the draw, before
 * the first object elsewhere; those elsewhere count again what they were not counted for then.
 */
static p4j_exposure first_after_full(const p4j_tlab *before, const p4j_tlab *now, uint64_t size) {
  uint32_t buffers = now->buffers - before->buffers;
  double counted = (double)now->counted;
  double inside = left_in(before); /* allocated in the buffer that is full, since it was counted */
  double elsewhere = allocated_since(before, now, size) - inside;
  if (buffers > 1) {
    elsewhere = (elsewhere - (buffers - 1.0) * (double)now->desired) / buffers;
    inside = smaller((double)now->desired, counted);
  }
  if (now->outside == before->outside) elsewhere = 0;
  double again = at_least_0(counted - at_least_0(inside - at_least_0(elsewhere)));
  double left = smaller((double)size, (double)now->waste_limit);
  return (p4j_exposure){.least = (double)size + again, .most = (double)size + again + left};
}

/*
 * Bytes allocated in the buffer since the JVM last looked for its end, which it does at each object
 * elsewhere: with those `others` that were not sampled evenly distributed.
 */
static double since_outside(const p4j_tlab_history *history, const p4j_tlab *now, bool is_inside) {
  static const p4j_tlab_history none;
  if (now->start == 0) return 0;
  if (!is_same_cycle(&history->tlab, now)) history = &none;
  const p4j_tlab *before = &history->tlab;
  bool is_same_buffer = now->buffers == before->buffers;
  double used = is_same_buffer ? left_in(before) - left_in(now) : (double)(now->top - now->start);
  double others = (double)(now->outside - before->outside) - (is_inside ? 0 : 1);
  if (others >= 1) return at_least_0(used / (others + 1));
  return at_least_0(is_same_buffer ? used + history->since_outside : used);
}

static bool is_in(const p4j_tlab *tlab, uint64_t object) {
  return object >= tlab->start && object < tlab->top;
}

static p4j_exposure of_object(const p4j_tlab_history *history, const p4j_tlab *now,
                              uint64_t object, uint64_t size) {
  if (!is_in(now, object)) {
    p4j_exposure exposure = p4j_exposure_of_size(size);
    exposure.skipped = smaller(since_outside(history, now, false), (double)size);
    return exposure;
  }
  if (object != now->start) return p4j_exposure_of_size(size);
  bool was_full = now->buffers > 1 && is_same_cycle(&history->tlab, now);
  return was_full ? first_after_full(&history->tlab, now, size)
                  : first_after_collection(&history->tlab, now, size);
}

p4j_exposure p4j_exposure_of(p4j_tlab_history *history, const p4j_tlab *now, uint64_t object,
                             uint64_t size) {
  p4j_exposure exposure = of_object(history, now, object, size);
  double since = is_in(now, object) ? since_outside(history, now, true) : 0;
  /* The draw is fresh now, which the weight takes as likely anywhere: not so where most is one object. */
  history->since_outside = since > 2 * (double)size ? since : 0;
  history->tlab = *now;
  return exposure;
}
