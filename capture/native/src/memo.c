// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "memo.h"

#include <stdatomic.h>
#include <stddef.h>

#define PLACE_BITS 14
#define PLACES (1 << PLACE_BITS)

typedef struct {
  p4j_bucket *_Atomic bucket;
  /* The key, with the bucket's address in it: halves of two writers do not fit each other. */
  _Atomic uint64_t mark;
} place;

static place places[PLACES];

static place *place_of(uint64_t key) { return &places[key >> (64 - PLACE_BITS)]; }

p4j_bucket *p4j_memo_find(uint64_t key) {
  place *at = place_of(key);
  p4j_bucket *bucket = atomic_load_explicit(&at->bucket, memory_order_acquire);
  uint64_t mark = atomic_load_explicit(&at->mark, memory_order_relaxed);
  return (mark ^ (uintptr_t)bucket) == key ? bucket : NULL;
}

void p4j_memo_put(uint64_t key, p4j_bucket *bucket) {
  place *at = place_of(key);
  atomic_store_explicit(&at->mark, key ^ (uintptr_t)bucket, memory_order_relaxed);
  atomic_store_explicit(&at->bucket, bucket, memory_order_release);
}

void p4j_memo_clear(void) {
  for (int i = 0; i < PLACES; i++) {
    atomic_store_explicit(&places[i].bucket, NULL, memory_order_relaxed);
    atomic_store_explicit(&places[i].mark, 0, memory_order_relaxed);
  }
}
