// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "live.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stddef.h>

#include "grace.h"
#include "memory.h"

/* What the JVM spends on a weak global reference: a slot of its storage, bookkeeping included. */
#define REFERENCE_BYTES 9
#define YOUNG_CHUNK 126
#define OLD_CHUNK 1022

typedef struct {
  void *reference;
  p4j_bucket *bucket;
  float weight;
  uint32_t words; /* object size in 8-byte words; all JVM sizes are multiples of 8 */
} sample;

typedef struct {
  sample sample;
  uint32_t stamp;
} young_sample;

typedef struct young_chunk {
  struct young_chunk *next;
  uint32_t count;
  young_sample samples[YOUNG_CHUNK];
} young_chunk;

typedef struct old_chunk {
  struct old_chunk *next;
  uint32_t count;
  sample samples[OLD_CHUNK];
} old_chunk;

typedef struct {
  alignas(64) pthread_mutex_t lock;
  young_chunk *chunks;
} young_shard;

static young_shard young[P4J_SHARDS] = {
    [0 ... P4J_SHARDS - 1] = {.lock = PTHREAD_MUTEX_INITIALIZER}};
static old_chunk *old;
static _Atomic int64_t held;
static _Atomic int64_t published;
static uint64_t coin = 0x2545F4914F6CDD1Dull;

static uint64_t size_of(const sample *s) { return (uint64_t)s->words * 8; }

static bool append_young(young_shard *shard, const young_sample *added) {
  if (shard->chunks == NULL || shard->chunks->count == YOUNG_CHUNK) {
    young_chunk *chunk = p4j_alloc(sizeof *chunk);
    if (chunk == NULL) return false;
    chunk->next = shard->chunks;
    shard->chunks = chunk;
  }
  shard->chunks->samples[shard->chunks->count++] = *added;
  return true;
}

static bool add_young(unsigned shard, const young_sample *added) {
  pthread_mutex_lock(&young[shard].lock);
  bool done = append_young(&young[shard], added);
  pthread_mutex_unlock(&young[shard].lock);
  return done;
}

bool p4j_live_add(unsigned shard, void *reference, p4j_bucket *bucket, float weight,
                  uint64_t size, uint32_t stamp) {
  young_sample added = {{reference, bucket, weight, (uint32_t)(size / 8)}, stamp};
  if (!add_young(shard, &added)) return false;
  atomic_fetch_add_explicit(&held, 1, memory_order_relaxed);
  p4j_account(REFERENCE_BYTES);
  return true;
}

static void release(const p4j_references *references, sample *s) {
  references->release(references->context, s->reference);
  atomic_fetch_sub_explicit(&held, 1, memory_order_relaxed);
  p4j_account(-REFERENCE_BYTES);
}

static bool publish(const sample *s) {
  if (old == NULL || old->count == OLD_CHUNK) {
    old_chunk *chunk = p4j_alloc(sizeof *chunk);
    if (chunk == NULL) return false;
    chunk->next = old;
    old = chunk;
  }
  old->samples[old->count++] = *s;
  p4j_count(&s->bucket->live, size_of(s), s->weight, 1);
  atomic_fetch_add_explicit(&published, 1, memory_order_relaxed);
  return true;
}

static void sweep_young(const p4j_references *references, unsigned shard, uint32_t examined,
                        p4j_sweep_result *result) {
  pthread_mutex_lock(&young[shard].lock);
  young_chunk *taken = young[shard].chunks;
  young[shard].chunks = NULL;
  pthread_mutex_unlock(&young[shard].lock);
  while (taken != NULL) {
    for (uint32_t i = 0; i < taken->count; i++) {
      young_sample *at = &taken->samples[i];
      if (references->is_dead(references->context, at->sample.reference)) {
        release(references, &at->sample);
        result->released++;
      } else if ((int32_t)(at->stamp - examined) < 0 && publish(&at->sample)) {
        result->published++;
      } else if (!add_young(shard, at)) {
        release(references, &at->sample); /* no memory: never counted as live */
      }
    }
    young_chunk *done = taken;
    taken = taken->next;
    p4j_free(done, sizeof *done);
  }
}

static void unpublish(const p4j_references *references, sample *s) {
  p4j_count(&s->bucket->live, size_of(s), s->weight, -1);
  release(references, s);
  atomic_fetch_sub_explicit(&published, 1, memory_order_relaxed);
}

static bool toss(void) { /* xorshift64 */
  coin ^= coin << 13;
  coin ^= coin >> 7;
  coin ^= coin << 17;
  return coin >> 63;
}

static void double_weight(sample *s) {
  p4j_count(&s->bucket->live, size_of(s), s->weight, -1);
  s->weight *= 2;
  p4j_count(&s->bucket->live, size_of(s), s->weight, 1);
}

static void drop_empty_head(void) {
  while (old != NULL && old->count == 0) {
    old_chunk *empty = old;
    old = old->next;
    p4j_free(empty, sizeof *empty);
  }
}

/*
 * Fills the gap at `index` with the newest sample of all, so that only the first chunk has room.
 * `chunk` itself holds the sample at `index`, so it is not empty and never dropped here.
 */
static void remove_old(old_chunk *chunk, uint32_t index) {
  drop_empty_head();
  chunk->samples[index] = old->samples[--old->count];
}

static int64_t sweep_chunk(const p4j_references *references, old_chunk *chunk, bool thin) {
  int64_t released = 0;
  /* Backwards: what fills a gap in this chunk, if it comes from it, has been looked at. */
  for (uint32_t i = chunk->count; i-- > 0;) {
    sample *at = &chunk->samples[i];
    bool dead = references->is_dead(references->context, at->reference);
    if (!dead && !thin) continue;
    if (!dead && toss()) {
      double_weight(at);
      continue;
    }
    unpublish(references, at);
    remove_old(chunk, i);
    released++;
  }
  return released;
}

/*
 * Chunks are swept in list order and gaps are filled from the first chunk, so what fills a gap has
 * been looked at, and each sample is looked at once.
 */
static int64_t sweep_old(const p4j_references *references, bool thin) {
  int64_t released = 0;
  old_chunk *at = old;
  while (at != NULL) {
    released += sweep_chunk(references, at, thin);
    old_chunk *next = at->next;
    drop_empty_head();
    at = next;
  }
  return released;
}

p4j_sweep_result p4j_live_sweep(const p4j_references *references, uint32_t examined, bool thin) {
  p4j_sweep_result result = {0, 0};
  result.released += sweep_old(references, thin); /* what is published below was just looked at */
  for (unsigned shard = 0; shard < P4J_SHARDS; shard++) {
    sweep_young(references, shard, examined, &result);
  }
  return result;
}

void p4j_live_free(const p4j_references *references) {
  for (unsigned shard = 0; shard < P4J_SHARDS; shard++) {
    young_chunk *chunk = young[shard].chunks;
    young[shard].chunks = NULL;
    while (chunk != NULL) {
      for (uint32_t i = 0; i < chunk->count; i++) release(references, &chunk->samples[i].sample);
      young_chunk *done = chunk;
      chunk = chunk->next;
      p4j_free(done, sizeof *done);
    }
  }
  while (old != NULL) {
    for (uint32_t i = 0; i < old->count; i++) release(references, &old->samples[i]);
    old_chunk *done = old;
    old = old->next;
    p4j_free(done, sizeof *done);
  }
  atomic_store(&published, 0);
}

int64_t p4j_live_published(void) { return atomic_load(&published); }

int64_t p4j_live_held(void) { return atomic_load(&held); }
