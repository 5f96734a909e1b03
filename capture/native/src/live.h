// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_LIVE_H
#define P4J_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "buckets.h"
#include "methods.h"

/*
 * The sampled objects that may still be alive, as weak references.
 *
 * A new sample goes to its shard's *young* list, under that shard's lock, which is held for an
 * append and nothing else. A sweep takes the young lists away, and owns them and the *old* list
 * alone; so it asks the JVM about each reference without holding a lock. A young object that
 * survived a collection begun after its allocation moves to the old list and from then on counts
 * as live; an old one that died is taken off its bucket again.
 *
 * "Begun after its allocation" is told by canaries: small garbage objects that the sweeper drops
 * at times. The stamp of a sample is the number of canaries dropped before it. When canary n has
 * died, whatever was allocated before it (stamp < n) has been looked at by that same collection.
 * This holds for every collector, also for those that collect beside the application, and no
 * collector-specific knowledge of pauses is needed.
 *
 * Cost: 24 bytes and the JVM's 8 for each live sample.
 */

/* Adds a sample; `reference` becomes the list's. False when memory is missing. */
bool p4j_live_add(unsigned shard, void *reference, p4j_bucket *bucket, float weight,
                  uint64_t size, uint32_t stamp);

typedef struct {
  int64_t released; /* references of dead objects given back */
  int64_t published; /* samples that count as live from now on */
} p4j_sweep_result;

/*
 * Goes over all samples. Samples with a stamp below `examined` are published. When `thin` is set,
 * of the published samples every second one, chosen at random, is dropped and the weight of the
 * others doubled, which leaves every estimate unbiased and frees half of the memory.
 * One caller at a time, not a reader of grace.h.
 */
p4j_sweep_result p4j_live_sweep(const p4j_references *references, uint32_t examined, bool thin);

/* Gives all references back and frees all. There must be no reader. */
void p4j_live_free(const p4j_references *references);

/* Samples held: published, and all. */
int64_t p4j_live_published(void);
int64_t p4j_live_held(void);

#endif
