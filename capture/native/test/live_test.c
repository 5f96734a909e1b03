// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdint.h>

#include "buckets.h"
#include "check.h"
#include "grace.h"
#include "live.h"
#include "memory.h"

/* References are pointers to these. */
typedef struct {
  bool is_dead;
  int released;
} object;

static bool is_dead(void *context, void *reference) {
  (void)context;
  return ((object *)reference)->is_dead;
}

static void release(void *context, void *reference) {
  (void)context;
  ((object *)reference)->released++;
}

static const p4j_references references = {NULL, is_dead, release};

#define COUNT 20000

static object objects[COUNT];

static p4j_bucket *bucket_of(uint32_t method) {
  p4j_frame frame = {method, 0};
  return p4j_bucket_of(&(p4j_trace){&frame, 1, 0}, 64, 1, 0);
}

static void add_all(uint32_t stamp) {
  for (int i = 0; i < COUNT; i++) {
    objects[i] = (object){false, 0};
    CHECK(p4j_live_add((unsigned)i % P4J_SHARDS, &objects[i], bucket_of(1 + (uint32_t)i % 7), 4,
                       64, stamp));
  }
}

static uint64_t live_objects(void) {
  uint64_t sum = 0;
  for (uint32_t method = 1; method <= 7; method++) sum += bucket_of(method)->live.objects;
  return sum / P4J_FIXED;
}

static void check_empty(void) {
  CHECK(p4j_live_held() == 0 && p4j_live_published() == 0 && live_objects() == 0);
  for (int i = 0; i < COUNT; i++) CHECK(objects[i].released == 1);
  for (uint32_t method = 1; method <= 7; method++) {
    CHECK(bucket_of(method)->live.raw_objects == 0 && bucket_of(method)->live.raw_bytes == 0);
    CHECK(bucket_of(method)->live.bytes == 0);
  }
}

static void publishes_only_what_a_collection_has_looked_at(void) {
  add_all(5);
  p4j_sweep_result result = p4j_live_sweep(&references, 5, false);
  CHECK(result.published == 0 && result.released == 0 && live_objects() == 0);
  result = p4j_live_sweep(&references, 6, false);
  CHECK(result.published == COUNT && live_objects() == 4 * COUNT);
  CHECK(p4j_live_published() == COUNT);
  p4j_live_free(&references);
  for (uint32_t method = 1; method <= 7; method++) {
    p4j_bucket *bucket = bucket_of(method); /* what is freed is not taken off its bucket */
    bucket->live = (p4j_sums){0};
  }
  check_empty();
}

static void takes_the_dead_off_in_any_pattern(void) {
  for (int step = 1; step < 40; step += 3) {
    add_all(0);
    p4j_live_sweep(&references, 1, false);
    int alive = COUNT;
    for (int first = 0; first < step; first++) {
      for (int i = first; i < COUNT; i += step, alive--) objects[i].is_dead = true;
      p4j_live_sweep(&references, 1, false);
      CHECK(p4j_live_held() == alive && live_objects() == 4 * (uint64_t)alive);
    }
    check_empty();
  }
}

static void forgets_young_dead_ones_without_counting_them(void) {
  add_all(0);
  for (int i = 0; i < COUNT; i++) objects[i].is_dead = true;
  p4j_sweep_result result = p4j_live_sweep(&references, 1, false);
  CHECK(result.released == COUNT && result.published == 0);
  check_empty();
}

static void thinning_halves_the_samples_and_keeps_the_estimate(void) {
  add_all(0);
  p4j_live_sweep(&references, 1, false);
  p4j_live_sweep(&references, 1, true);
  int64_t left = p4j_live_published();
  CHECK(left > COUNT / 2 - 500 && left < COUNT / 2 + 500); /* 7 sigma */
  CHECK(live_objects() == 8 * (uint64_t)left);
  for (int i = 0; i < COUNT; i++) objects[i].is_dead = true;
  p4j_live_sweep(&references, 1, false);
  check_empty();
}

static void a_sample_costs_less_than_fifty_bytes(void) {
  int64_t before = p4j_held();
  add_all(0);
  p4j_live_sweep(&references, 1, false);
  int64_t each = (p4j_held() - before) / COUNT;
  if (each >= 50) fprintf(stderr, "%lld bytes\n", (long long)each);
  CHECK(each < 50);
  for (int i = 0; i < COUNT; i++) objects[i].is_dead = true;
  p4j_live_sweep(&references, 1, false);
  CHECK(p4j_held() == before);
}

static void stamps_may_wrap_around(void) {
  add_all(UINT32_MAX);
  CHECK(p4j_live_sweep(&references, UINT32_MAX, false).published == 0);
  CHECK(p4j_live_sweep(&references, 1, false).published == COUNT);
  for (int i = 0; i < COUNT; i++) objects[i].is_dead = true;
  p4j_live_sweep(&references, 1, false);
  check_empty();
}

int main(void) {
  CHECK(p4j_buckets_init());
  publishes_only_what_a_collection_has_looked_at();
  takes_the_dead_off_in_any_pattern();
  forgets_young_dead_ones_without_counting_them();
  thinning_halves_the_samples_and_keeps_the_estimate();
  a_sample_costs_less_than_fifty_bytes();
  stamps_may_wrap_around();
  p4j_buckets_free();
  CHECK(p4j_held() == 0);
  return 0;
}
