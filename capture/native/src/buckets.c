// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "buckets.h"

#include <stddef.h>
#include <string.h>

#include "estimate.h"
#include "memory.h"

#define HEADS (1 << 16)

static p4j_stack *_Atomic *heads;
static p4j_stack *_Atomic newest;
static _Atomic int64_t bucket_count;

int p4j_buckets_init(void) {
  if (heads == NULL) heads = p4j_alloc(HEADS * sizeof *heads);
  return heads != NULL;
}

static size_t stack_bytes(uint32_t frame_count) {
  return sizeof(p4j_stack) + frame_count * sizeof(p4j_frame);
}

static uint64_t hash_of(const p4j_trace *trace) {
  uint64_t hash = (uint64_t)trace->labels << 32 | trace->frame_count;
  for (uint32_t i = 0; i < trace->frame_count; i++) {
    uint64_t frame = (uint64_t)trace->frames[i].method << 32 | (uint32_t)trace->frames[i].bci;
    hash = (hash ^ frame) * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 32;
  }
  return hash;
}

static p4j_stack *find_stack(p4j_stack *at, uint64_t hash, const p4j_trace *trace) {
  for (; at != NULL; at = atomic_load_explicit(&at->next, memory_order_acquire)) {
    if (at->hash == hash && at->frame_count == trace->frame_count &&
        at->labels == trace->labels &&
        memcmp(at->frames, trace->frames, trace->frame_count * sizeof *trace->frames) == 0) {
      return at;
    }
  }
  return NULL;
}

static void number(p4j_stack *added) {
  p4j_stack *last = atomic_load(&newest);
  do {
    added->older = last;
    added->number = last == NULL ? 0 : last->number + 1;
  } while (!atomic_compare_exchange_weak(&newest, &last, added));
}

static p4j_stack *add_stack(p4j_stack *_Atomic *head, uint64_t hash, const p4j_trace *trace) {
  p4j_stack *added = p4j_alloc(stack_bytes(trace->frame_count));
  if (added == NULL) return NULL;
  added->hash = hash;
  added->frame_count = trace->frame_count;
  added->labels = trace->labels;
  memcpy(added->frames, trace->frames, trace->frame_count * sizeof *trace->frames);
  p4j_stack *first = atomic_load(head);
  do {
    p4j_stack *other = find_stack(first, hash, trace);
    if (other != NULL) { /* another thread was faster */
      p4j_free(added, stack_bytes(trace->frame_count));
      return other;
    }
    atomic_store_explicit(&added->next, first, memory_order_relaxed);
  } while (!atomic_compare_exchange_weak(head, &first, added));
  number(added);
  return added;
}

static p4j_bucket *find_bucket(p4j_bucket *at, uint64_t size_class) {
  while (at != NULL && at->size_class != size_class) at = at->next;
  return at;
}

static p4j_bucket *add_bucket(p4j_stack *stack, uint64_t size_class) {
  p4j_bucket *added = p4j_alloc(sizeof *added);
  if (added == NULL) return NULL;
  added->size_class = size_class;
  p4j_bucket *first = atomic_load(&stack->buckets);
  do {
    p4j_bucket *other = find_bucket(first, size_class);
    if (other != NULL) {
      p4j_free(added, sizeof *added);
      return other;
    }
    added->next = first;
  } while (!atomic_compare_exchange_weak(&stack->buckets, &first, added));
  atomic_fetch_add_explicit(&bucket_count, 1, memory_order_relaxed);
  return added;
}

static p4j_stack *stack_of(const p4j_trace *trace, int may_add, uint32_t instead) {
  uint64_t hash = hash_of(trace);
  p4j_stack *_Atomic *head = &heads[hash >> 48];
  p4j_stack *found = find_stack(atomic_load_explicit(head, memory_order_acquire), hash, trace);
  if (found != NULL) return found;
  if (may_add) return add_stack(head, hash, trace);
  return stack_of(&(p4j_trace){&(p4j_frame){instead, -1}, 1, 0}, 1, 0);
}

p4j_bucket *p4j_bucket_of(const p4j_trace *trace, uint64_t size, int may_add, uint32_t instead) {
  p4j_stack *stack = stack_of(trace, may_add, instead);
  if (stack == NULL) return NULL;
  uint64_t size_class = p4j_size_class(size);
  p4j_bucket *bucket =
      find_bucket(atomic_load_explicit(&stack->buckets, memory_order_acquire), size_class);
  return bucket != NULL ? bucket : add_bucket(stack, size_class);
}

static void add(_Atomic uint64_t *sum, uint64_t value, int sign) {
  atomic_fetch_add_explicit(sum, sign < 0 ? -value : value, memory_order_relaxed);
}

void p4j_count(p4j_sums *sums, uint64_t size, float weight, int sign) {
  add(&sums->raw_objects, 1, sign);
  add(&sums->raw_bytes, size, sign);
  add(&sums->objects, (uint64_t)((double)weight * P4J_FIXED + 0.5), sign);
  add(&sums->bytes, (uint64_t)((double)weight * (double)size + 0.5), sign);
}

p4j_stack *p4j_newest_stack(void) { return atomic_load(&newest); }

static void free_stack(p4j_stack *stack) {
  p4j_bucket *next;
  for (p4j_bucket *at = atomic_load(&stack->buckets); at != NULL; at = next) {
    next = at->next;
    p4j_free(at, sizeof *at);
  }
  p4j_free(stack, stack_bytes(stack->frame_count));
}

void p4j_buckets_free(void) {
  p4j_stack *older;
  for (p4j_stack *at = atomic_exchange(&newest, NULL); at != NULL; at = older) {
    older = at->older;
    free_stack(at);
  }
  p4j_free(heads, heads == NULL ? 0 : HEADS * sizeof *heads);
  heads = NULL;
  atomic_store(&bucket_count, 0);
}

int64_t p4j_stack_count(void) {
  p4j_stack *last = atomic_load(&newest);
  return last == NULL ? 0 : (int64_t)last->number + 1;
}

int64_t p4j_bucket_count(void) { return atomic_load(&bucket_count); }
