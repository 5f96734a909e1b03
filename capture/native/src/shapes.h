// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_SHAPES_H
#define P4J_SHAPES_H

#include <stdbool.h>
#include <stdint.h>

#include "fingerprint.h"

/*
 * The shapes that stacks had so far, by their hint. Finding and adding take no lock; callers of both
 * are readers of grace.h. A hint keeps a few shapes at most, since each one costs a look.
 */

typedef struct p4j_known_shape {
  struct p4j_known_shape *next;
  uint64_t hint;
  p4j_shape shape;
} p4j_known_shape;

/* The first shape of a hint; NULL if there is none. p4j_next_shape leads to the others. */
const p4j_known_shape *p4j_first_shape(uint64_t hint);
const p4j_known_shape *p4j_next_shape(const p4j_known_shape *shape);

/* The shape as it is kept; NULL where the hint has enough of them, or memory is missing. */
const p4j_known_shape *p4j_add_shape(uint64_t hint, const p4j_shape *shape);

/*
 * Forgets all once they are many: code that is compiled anew leaves shapes behind that no stack has
 * any more. One caller at a time, who is no reader.
 */
void p4j_bound_shapes(void);

/* Frees everything, when there is no reader. */
void p4j_free_shapes(void);

#endif
