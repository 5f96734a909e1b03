// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_COUNTERS_H
#define P4J_COUNTERS_H

#include <stdint.h>

/* What is counted of samples since sampling began, in shards, so that threads share no cache line. */
typedef enum {
  P4J_SAMPLES,
  P4J_TRUNCATED,
  P4J_LOST,
  P4J_NOT_TRACKED,
  P4J_BEYOND_BUDGET,
  P4J_RECOGNISED,
  P4J_MISTAKEN,
  P4J_CLOCKED, /* callbacks whose CPU time was read */
  P4J_CLOCKED_NANOS,
  P4J_COUNTERS
} p4j_counter;

/* Adds in the shard of the current thread; returns what that shard has counted then. */
int64_t p4j_add(p4j_counter counter, int64_t value);

/* Of all shards. */
int64_t p4j_total(p4j_counter counter);

void p4j_counters_clear(void);

#endif
