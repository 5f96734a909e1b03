// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <pthread.h>
#include <stdatomic.h>

#include "buckets.h"
#include "check.h"
#include "grace.h"
#include "memo.h"
#include "memory.h"
#include "methods.h"
#include "shapes.h"

/* The lock-free tables under several threads; to be run under a race detector, too. */

#define THREADS 4
#define ROUNDS 20000
#define STACKS 500
#define IDS 300

static _Atomic int dead_from = IDS; /* classes of ids from here on are unloaded */
static _Atomic int released;
static _Atomic int running = THREADS;

static bool is_dead(void *context, void *reference) {
  (void)context;
  return (int)(intptr_t)reference > atomic_load(&dead_from);
}

static void release(void *context, void *reference) {
  (void)context;
  (void)reference;
  atomic_fetch_add(&released, 1);
}

static const p4j_references references = {NULL, is_dead, release};

static void find_or_add_id(int id) {
  uint32_t method = p4j_ids_find((uintptr_t)id * 8);
  CHECK(method == 0 || method == (uint32_t)id);
  if (method == 0) p4j_ids_add((uintptr_t)id * 8, (uint32_t)id, (void *)(intptr_t)id);
}

/* Many keys in few places, so that writers of one place meet; else they are as hashes are. */
static void remember(uint32_t number, p4j_bucket *bucket) {
  uint64_t key = (uint64_t)(number % 7) << 60 | (number + 1) * 0x9E3779B97F4A7C15ull >> 13;
  p4j_bucket *known = p4j_memo_find(key);
  CHECK(known == NULL || known == bucket);
  p4j_memo_put(key, bucket);
}

static p4j_shape shape_with(uint16_t place) {
  return (p4j_shape){.count = 2, .rest = place + 2, .places = {place, place + 1}};
}

static void find_or_add_shape(uint32_t number) {
  uint64_t hint = number / 4;
  p4j_shape shape = shape_with((uint16_t)number);
  const p4j_known_shape *known = p4j_add_shape(hint, &shape);
  CHECK(known != NULL && known->hint == hint && p4j_same_shape(&known->shape, &shape));
  bool is_found = false;
  for (known = p4j_first_shape(hint); known != NULL; known = p4j_next_shape(known)) {
    CHECK(known->hint == hint && known->shape.count == 2);
    is_found |= p4j_same_shape(&known->shape, &shape);
  }
  CHECK(is_found);
}

static void count_once(uint32_t number) {
  p4j_frame frames[20];
  uint32_t depth = 1 + number % 20;
  for (uint32_t i = 0; i < depth; i++) frames[i] = (p4j_frame){number, (int32_t)i};
  uint64_t size = 16 + number % 5 * 8;
  p4j_bucket *bucket = p4j_bucket_of(&(p4j_trace){frames, depth, number % 3}, size, 1, 0);
  CHECK(bucket != NULL && bucket->size_class == size);
  p4j_count(&bucket->allocated, size, 2.5f, 1);
  remember(number, bucket);
}

static void *work(void *argument) {
  unsigned shard = (unsigned)(intptr_t)argument;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    unsigned ticket = p4j_enter(shard);
    count_once(round % STACKS);
    find_or_add_id(1 + (int)(round % IDS));
    find_or_add_shape(round % STACKS);
    p4j_leave(shard, ticket);
  }
  atomic_fetch_sub(&running, 1);
  return NULL;
}

static void sum_stack(uint64_t *sums, p4j_stack *stack) {
  for (p4j_bucket *at = atomic_load(&stack->buckets); at != NULL; at = at->next) {
    sums[0] += at->allocated.raw_objects;
    sums[1] += at->allocated.objects;
    sums[2]++;
  }
}

static void nothing_is_lost_between_threads(void) {
  pthread_t threads[THREADS];
  for (intptr_t i = 0; i < THREADS; i++) {
    CHECK(pthread_create(&threads[i], NULL, work, (void *)i) == 0);
  }
  while (atomic_load(&running) > 0) { /* unload and load again, all the time */
    atomic_store(&dead_from, 100);
    p4j_ids_retire(&references);
    atomic_store(&dead_from, IDS);
    p4j_ids_retire(&references);
  }
  for (int i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  uint64_t sums[3] = {0, 0, 0};
  uint32_t number = STACKS;
  for (p4j_stack *at = p4j_newest_stack(); at != NULL; at = at->older) {
    CHECK(at->number == --number);
    sum_stack(sums, at);
  }
  CHECK(number == 0);
  CHECK(sums[0] == (uint64_t)THREADS * ROUNDS);
  CHECK(sums[1] == (uint64_t)THREADS * ROUNDS * 5 / 2 * P4J_FIXED);
  CHECK(sums[2] == STACKS && p4j_stack_count() == STACKS && p4j_bucket_count() == STACKS);
}

static void a_retired_id_finds_nothing(void) {
  for (int id = 1; id <= IDS; id++) find_or_add_id(id);
  atomic_store(&dead_from, 0);
  int64_t before = p4j_held();
  CHECK(p4j_ids_retire(&references) == IDS);
  for (int id = 1; id <= IDS; id++) CHECK(p4j_ids_find((uintptr_t)id * 8) == 0);
  CHECK(p4j_held() < before);
}

static void beyond_the_budget_new_stacks_share_one(void) {
  p4j_frame known = {1000000, 1};
  p4j_frame unknown = {1000001, 1};
  p4j_bucket *bucket = p4j_bucket_of(&(p4j_trace){&known, 1, 5}, 64, 1, 7);
  CHECK(p4j_bucket_of(&(p4j_trace){&known, 1, 5}, 64, 0, 7) == bucket);
  p4j_bucket *instead = p4j_bucket_of(&(p4j_trace){&unknown, 1, 5}, 64, 0, 7);
  p4j_trace made_up = {&(p4j_frame){7, -1}, 1, 0};
  CHECK(instead != bucket && p4j_bucket_of(&made_up, 64, 1, 0) == instead);
  /* The same stack with other labels is another one. */
  CHECK(p4j_bucket_of(&(p4j_trace){&known, 1, 6}, 64, 0, 7) == instead);
  CHECK(p4j_bucket_of(&(p4j_trace){&known, 1, 6}, 64, 1, 7) != bucket);
}

static void a_memo_has_the_newest_bucket_of_a_place(void) {
  p4j_memo_clear();
  p4j_frame frame = {1000002, 1};
  p4j_bucket *one = p4j_bucket_of(&(p4j_trace){&frame, 1, 0}, 64, 1, 0);
  p4j_bucket *other = p4j_bucket_of(&(p4j_trace){&frame, 1, 0}, 72, 1, 0);
  CHECK(one != other && p4j_memo_find(0) == NULL && p4j_memo_find(1) == NULL);
  p4j_memo_put(1, one);
  p4j_memo_put(UINT64_MAX, other);
  CHECK(p4j_memo_find(1) == one && p4j_memo_find(UINT64_MAX) == other);
  /* Neighbours share a place. */
  CHECK(p4j_memo_find(2) == NULL && p4j_memo_find(0) == NULL);
  p4j_memo_put(2, other);
  CHECK(p4j_memo_find(2) == other && p4j_memo_find(1) == NULL);
  p4j_memo_clear();
  CHECK(p4j_memo_find(2) == NULL && p4j_memo_find(UINT64_MAX) == NULL);
}

static void shapes_are_bounded(void) {
  p4j_free_shapes();
  int64_t before = p4j_held();
  p4j_shape shape = shape_with(0);
  for (uint16_t of_hint = 0; of_hint < 8; of_hint++) {
    shape = shape_with(of_hint);
    CHECK(p4j_add_shape(UINT64_MAX, &shape) != NULL);
  }
  CHECK(p4j_add_shape(UINT64_MAX, &shape) != NULL); /* it is there */
  shape = shape_with(8);
  CHECK(p4j_add_shape(UINT64_MAX, &shape) == NULL);
  uint64_t hint = 0;
  while (p4j_add_shape(hint, &shape) != NULL) hint++;
  CHECK(hint == 16384 - 8 && p4j_held() < before + (4 << 20));
  p4j_bound_shapes();
  CHECK(p4j_first_shape(0) == NULL && p4j_held() == before);
  CHECK(p4j_add_shape(0, &shape) != NULL);
  p4j_bound_shapes();
  CHECK(p4j_first_shape(0) != NULL);
  unsigned ticket = p4j_enter(3);
  while (p4j_add_shape(hint, &shape) != NULL) hint++;
  p4j_bound_shapes(); /* somebody may still look at them */
  CHECK(p4j_first_shape(0) == NULL && p4j_held() > before);
  p4j_leave(3, ticket);
  p4j_bound_shapes();
  CHECK(p4j_held() == before);
  ticket = p4j_enter(3);
  while (p4j_add_shape(hint, &shape) != NULL) hint++;
  p4j_bound_shapes();
  p4j_leave(3, ticket);
  p4j_free_shapes(); /* with those that nobody finds any more */
  CHECK(p4j_held() == before && p4j_add_shape(0, &shape) != NULL);
  p4j_bound_shapes();
  CHECK(p4j_first_shape(0) != NULL);
}

static void a_reader_is_waited_for(void) {
  unsigned ticket = p4j_enter(3);
  CHECK(!p4j_wait_for_readers(5));
  p4j_leave(3, ticket);
  CHECK(p4j_wait_for_readers(5));
}

int main(void) {
  CHECK(p4j_buckets_init() && p4j_ids_init());
  nothing_is_lost_between_threads();
  a_retired_id_finds_nothing();
  beyond_the_budget_new_stacks_share_one();
  a_memo_has_the_newest_bucket_of_a_place();
  shapes_are_bounded();
  a_reader_is_waited_for();
  p4j_buckets_free();
  return 0;
}
