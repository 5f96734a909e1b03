// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_MEMORY_H
#define P4J_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* Counted allocation: the sampler must know at any moment how many bytes it holds. */

/* Zeroed memory, or NULL. */
void *p4j_alloc(size_t bytes);

/* Gives back memory of p4j_alloc; bytes is the size that was asked for. NULL is ignored. */
void p4j_free(void *memory, size_t bytes);

/* Accounts for memory that someone else allocates for us (the JVM's slot of a weak reference). */
void p4j_account(int64_t bytes);

/* Bytes held now, allocator overhead estimated. */
int64_t p4j_held(void);

#endif
