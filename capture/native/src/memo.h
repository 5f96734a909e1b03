// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_MEMO_H
#define P4J_MEMO_H

#include <stdint.h>

#include "buckets.h"

/*
 * Remembers buckets by a key of what tells them: what the JVM said of stack and size, or what the
 * stack was recognised by (current.c). So a sample like one before costs one look-up and not one a
 * frame: between two samples a program replaces what the processor's caches hold, and each look-up
 * is then two accesses of main memory.
 *
 * A place holds one bucket, the newest. Callers are readers of grace.h. Keys are hashes, whose bits
 * have nothing to do with addresses. Nothing but their 64 bits is compared: with 2,000 samples a
 * second, all in places of other buckets, two are taken for one once in some 30,000 years.
 */

/* NULL if it is not remembered. */
p4j_bucket *p4j_memo_find(uint64_t key);

void p4j_memo_put(uint64_t key, p4j_bucket *bucket);

/*
 * Forgets all: before buckets are freed, and when classes were unloaded, as the JVM may give the ids
 * of their methods to others.
 */
void p4j_memo_clear(void);

#endif
