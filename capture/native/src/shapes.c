// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "shapes.h"

#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#include "grace.h"
#include "memory.h"

#define HEAD_BITS 12
#define HEADS (1 << HEAD_BITS)
#define MAX_OF_HINT 8
/* Some two megabytes, as most stacks have some thirty frames. */
#define MAX_SHAPES 16384
#define GRACE_MILLIS 200

static p4j_known_shape *_Atomic heads[HEADS];
static _Atomic int shape_count;

static p4j_known_shape *_Atomic *head_of(uint64_t hint) {
  return &heads[hint * 0xD6E8FEB86659FD93ull >> (64 - HEAD_BITS)];
}

static const p4j_known_shape *skip(const p4j_known_shape *shape, uint64_t hint) {
  while (shape != NULL && shape->hint != hint) shape = shape->next;
  return shape;
}

const p4j_known_shape *p4j_first_shape(uint64_t hint) {
  return skip(atomic_load_explicit(head_of(hint), memory_order_acquire), hint);
}

const p4j_known_shape *p4j_next_shape(const p4j_known_shape *shape) {
  return skip(shape->next, shape->hint);
}

/* What a shape takes: places behind its last one are not kept. */
static size_t bytes_of(const p4j_shape *shape) {
  return offsetof(p4j_known_shape, shape) + offsetof(p4j_shape, places) +
         shape->count * sizeof *shape->places;
}

/* Two threads may add the same shape at once; then it is there twice, which costs a look. */
const p4j_known_shape *p4j_add_shape(uint64_t hint, const p4j_shape *shape) {
  int of_hint = 0;
  const p4j_known_shape *known = p4j_first_shape(hint);
  for (; known != NULL; known = p4j_next_shape(known)) {
    if (p4j_same_shape(&known->shape, shape)) return known;
    of_hint++;
  }
  if (of_hint == MAX_OF_HINT || atomic_load(&shape_count) >= MAX_SHAPES) return NULL;
  p4j_known_shape *added = p4j_alloc(bytes_of(shape));
  if (added == NULL) return NULL;
  atomic_fetch_add(&shape_count, 1);
  added->hint = hint;
  memcpy(&added->shape, shape, bytes_of(shape) - offsetof(p4j_known_shape, shape));
  p4j_known_shape *_Atomic *head = head_of(hint);
  p4j_known_shape *first = atomic_load(head);
  do {
    added->next = first;
  } while (!atomic_compare_exchange_weak(head, &first, added));
  return added;
}

static void free_list(p4j_known_shape *shape) {
  while (shape != NULL) {
    p4j_known_shape *next = shape->next;
    p4j_free(shape, bytes_of(&shape->shape));
    shape = next;
  }
}

/* What nobody finds any more; not yet freed while somebody stands in a callback. */
static p4j_known_shape *unlinked[HEADS];
static bool are_unlinked;

static void free_unlinked(void) {
  for (int head = 0; head < HEADS; head++) {
    free_list(unlinked[head]);
    unlinked[head] = NULL;
  }
  are_unlinked = false;
  atomic_store(&shape_count, 0);
}

void p4j_bound_shapes(void) {
  if (!are_unlinked) {
    if (atomic_load(&shape_count) < MAX_SHAPES) return;
    for (int head = 0; head < HEADS; head++) unlinked[head] = atomic_exchange(&heads[head], NULL);
    are_unlinked = true;
  }
  if (p4j_wait_for_readers(GRACE_MILLIS)) free_unlinked();
}

void p4j_free_shapes(void) {
  for (int head = 0; head < HEADS; head++) free_list(atomic_exchange(&heads[head], NULL));
  free_unlinked();
}
