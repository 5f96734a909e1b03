// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "methods.h"

#include <stdatomic.h>
#include <stddef.h>

#include "grace.h"
#include "memory.h"

#define HEADS (1 << 15)
#define GRACE_MILLIS 200

typedef struct node {
  _Atomic(struct node *) next;
  uintptr_t id;
  uint32_t method;
  void *weak_class;
  struct node *retired_next; /* next stays intact for readers that are on this node */
} node;

static _Atomic(node *) *heads;
static node *retired; /* unlinked, not yet freed; only p4j_ids_retire touches it */

static _Atomic(node *) *head_of(uintptr_t id) {
  return &heads[(uint64_t)id * 0x9E3779B97F4A7C15ull >> 49];
}

bool p4j_ids_init(void) {
  if (heads == NULL) heads = p4j_alloc(HEADS * sizeof *heads);
  return heads != NULL;
}

uint32_t p4j_ids_find(uintptr_t id) {
  node *at = atomic_load_explicit(head_of(id), memory_order_acquire);
  while (at != NULL && at->id != id) at = atomic_load_explicit(&at->next, memory_order_acquire);
  return at == NULL ? 0 : at->method;
}

bool p4j_ids_add(uintptr_t id, uint32_t method, void *weak_class) {
  node *added = p4j_alloc(sizeof *added);
  if (added == NULL) return false;
  added->id = id;
  added->method = method;
  added->weak_class = weak_class;
  _Atomic(node *) *head = head_of(id);
  node *first = atomic_load(head);
  do {
    if (p4j_ids_find(id) != 0) {
      p4j_free(added, sizeof *added);
      return false;
    }
    atomic_store_explicit(&added->next, first, memory_order_relaxed);
  } while (!atomic_compare_exchange_weak(head, &first, added));
  return true;
}

/* Only one thread unlinks and adding happens at the head alone, so an inner link is ours. */
static void unlink_node(_Atomic(node *) *head, node *dead) {
  node *next = atomic_load(&dead->next);
  node *expected = dead;
  if (atomic_compare_exchange_strong(head, &expected, next)) return;
  node *at = expected;
  while (atomic_load(&at->next) != dead) at = atomic_load(&at->next);
  atomic_store(&at->next, next);
}

static int64_t unlink_dead(const p4j_references *references) {
  int64_t count = 0;
  for (int head = 0; head < HEADS; head++) {
    node *next;
    for (node *at = atomic_load(&heads[head]); at != NULL; at = next) {
      next = atomic_load(&at->next);
      if (at->weak_class == NULL || !references->is_dead(references->context, at->weak_class)) {
        continue;
      }
      unlink_node(&heads[head], at);
      references->release(references->context, at->weak_class);
      at->retired_next = retired;
      retired = at;
      count++;
    }
  }
  return count;
}

int64_t p4j_ids_retire(const p4j_references *references) {
  int64_t count = unlink_dead(references);
  if (retired == NULL || !p4j_wait_for_readers(GRACE_MILLIS)) return count; /* next time then */
  while (retired != NULL) {
    node *dead = retired;
    retired = dead->retired_next;
    p4j_free(dead, sizeof *dead);
  }
  return count;
}
