// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "counters.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <string.h>

#include "grace.h"

typedef struct {
  alignas(64) _Atomic int64_t of[P4J_COUNTERS];
} counters;

static counters shards[P4J_SHARDS];

int64_t p4j_add(p4j_counter counter, int64_t value) {
  _Atomic int64_t *mine = &shards[p4j_shard()].of[counter];
  return atomic_fetch_add_explicit(mine, value, memory_order_relaxed) + value;
}

int64_t p4j_total(p4j_counter counter) {
  int64_t sum = 0;
  for (int shard = 0; shard < P4J_SHARDS; shard++) sum += atomic_load(&shards[shard].of[counter]);
  return sum;
}

void p4j_counters_clear(void) { memset(shards, 0, sizeof shards); }
