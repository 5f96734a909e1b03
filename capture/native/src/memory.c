// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "memory.h"

#include <stdatomic.h>
#include <stdlib.h>

/* What a malloc of glibc or musl adds to a block, roughly. */
#define BLOCK_OVERHEAD 16

static _Atomic int64_t held;

void *p4j_alloc(size_t bytes) {
  void *memory = calloc(1, bytes);
  if (memory != NULL) p4j_account((int64_t)bytes + BLOCK_OVERHEAD);
  return memory;
}

void p4j_free(void *memory, size_t bytes) {
  if (memory == NULL) return;
  free(memory);
  p4j_account(-(int64_t)bytes - BLOCK_OVERHEAD);
}

void p4j_account(int64_t bytes) {
  atomic_fetch_add_explicit(&held, bytes, memory_order_relaxed);
}

int64_t p4j_held(void) { return atomic_load_explicit(&held, memory_order_relaxed); }
