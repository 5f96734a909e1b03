// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_BUCKETS_H
#define P4J_BUCKETS_H

#include <stdatomic.h>
#include <stdint.h>

/*
 * Where samples are counted: a table of distinct stacks (and labels), each with a bucket per size
 * class.
 * Finding, adding and counting take no lock. Callers are readers of grace.h, except of
 * p4j_buckets_free, which runs when there is no reader.
 */

typedef struct {
  uint32_t method;
  int32_t bci; /* -1 in a native method */
} p4j_frame;

/* What samples are told apart by: the stack, leaf first, and the number of the set of labels. */
typedef struct {
  const p4j_frame *frames;
  uint32_t frame_count;
  uint32_t labels;
} p4j_trace;

/* Four sums: samples and their bytes as they came, and what they stand for. */
typedef struct {
  _Atomic uint64_t raw_objects;
  _Atomic uint64_t raw_bytes;
  _Atomic uint64_t objects; /* times P4J_FIXED */
  _Atomic uint64_t bytes;
} p4j_sums;

/* Estimated objects are fixed-point numbers, so that adding and taking away is exact. */
#define P4J_FIXED 65536

typedef struct p4j_bucket {
  struct p4j_bucket *next;
  uint64_t size_class;
  p4j_sums allocated;
  p4j_sums live;
} p4j_bucket;

typedef struct p4j_stack {
  struct p4j_stack *_Atomic next;
  struct p4j_stack *older; /* the one that was added before; set before this one is visible */
  uint64_t hash;
  p4j_bucket *_Atomic buckets;
  uint32_t number; /* how many were added before */
  uint32_t frame_count;
  uint32_t labels;
  p4j_frame frames[];
} p4j_stack;

/* False when memory is missing. */
int p4j_buckets_init(void);

/* Frees everything. */
void p4j_buckets_free(void);

/*
 * The bucket of a trace and an object size; NULL when memory is missing. With `may_add` 0 a trace
 * not seen before is counted under the stack of the single frame `instead`, without labels.
 */
p4j_bucket *p4j_bucket_of(const p4j_trace *trace, uint64_t size, int may_add, uint32_t instead);

/* Adds (or with sign -1 takes away) one sample of an object of `size` bytes and its weight. */
void p4j_count(p4j_sums *sums, uint64_t size, float weight, int sign);

/*
 * The stack that was added last, NULL if there is none. From it `older` leads to all others, whose
 * numbers descend to 0.
 */
p4j_stack *p4j_newest_stack(void);

int64_t p4j_stack_count(void);
int64_t p4j_bucket_count(void);

#endif
