// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "grace.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#define POLL_NANOS 50000

typedef struct {
  alignas(64) _Atomic int64_t inside[2];
} shard_count;

static shard_count counts[P4J_SHARDS];
static _Atomic unsigned phase;

unsigned p4j_shard(void) {
  static _Atomic unsigned next;
  static _Thread_local unsigned mine; /* plus 1 */
  if (mine == 0) mine = atomic_fetch_add(&next, 1) % P4J_SHARDS + 1;
  return mine - 1;
}

unsigned p4j_enter(unsigned shard) {
  unsigned ticket = atomic_load(&phase) & 1;
  atomic_fetch_add(&counts[shard].inside[ticket], 1);
  return ticket;
}

void p4j_leave(unsigned shard, unsigned ticket) {
  atomic_fetch_sub(&counts[shard].inside[ticket], 1);
}

static bool is_empty(unsigned ticket) {
  int64_t sum = 0;
  for (unsigned shard = 0; shard < P4J_SHARDS; shard++) {
    sum += atomic_load(&counts[shard].inside[ticket]);
  }
  return sum == 0;
}

/* A reader may have read the old phase and not counted itself yet; hence two rounds. */
bool p4j_wait_for_readers(int milliseconds) {
  int64_t polls = (int64_t)milliseconds * 1000000 / POLL_NANOS;
  for (int round = 0; round < 2; round++) {
    unsigned old = atomic_fetch_add(&phase, 1) & 1;
    while (!is_empty(old)) {
      if (polls-- <= 0) return false;
      nanosleep(&(struct timespec){0, POLL_NANOS}, NULL);
    }
  }
  return true;
}
