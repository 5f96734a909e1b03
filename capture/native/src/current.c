// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "current.h"

#include <stdatomic.h>

#include "estimate.h"
#include "hotspot.h"
#include "jvm.h"
#include "memo.h"
#include "shapes.h"

/*
 * So many stacks are recognised and walked all the same, each one at first, and half as many of them
 * after each part: a JVM unlike those that we know shows it here.
 */
#define TRIAL 1000
#define PART_OF_TRIAL 125
/* After these: compiled code may have taken the place of other code, once in months. */
#define MOST_MISTAKES 8
/*
 * How long a stack is recognised without being walked again: for so many seconds, or until so many
 * samples were taken where they are few, as a service that is within its budget only by a long
 * interval would else forget its stacks before they come again.
 */
#define SECONDS_OF_AGE 64
#define SAMPLES_OF_AGE 16384
#define MAX_SECONDS_OF_AGE 256
/* The lowest bit of a fingerprint's key: that the stack is truncated. */
#define TRUNCATED 1u

static _Atomic uint64_t age;
static _Atomic int proven; /* up to TRIAL */
static _Atomic uint32_t tried; /* recognised while on trial */
static _Atomic int mistakes;

static uint32_t to_frames(JNIEnv *jni, const jvmtiFrameInfo *infos, jint count,
                          p4j_frame *frames) {
  for (jint i = 0; i < count; i++) {
    uint32_t method = p4j_ids_find((uintptr_t)infos[i].method);
    if (method == 0) method = p4j_resolve(jni, infos[i].method);
    frames[i] = (p4j_frame){method, (int32_t)infos[i].location};
  }
  return (uint32_t)count;
}

/* What labels and size class add to a key of p4j_memo_find. */
static uint64_t key_of(uint32_t labels, uint64_t size) {
  return ((uint64_t)labels << 32) + p4j_size_class(size) * 0xE7037ED1A0B428DBull;
}

/* What stands for frames, labels and size class. */
static uint64_t frames_key(const jvmtiFrameInfo *infos, jint count, uint32_t labels,
                           uint64_t size) {
  uint64_t key = key_of(labels, size) + (uint32_t)count;
  for (jint i = 0; i < count; i++) {
    uint64_t frame = (uintptr_t)infos[i].method * 0xD6E8FEB86659FD93ull +
                     (uint64_t)infos[i].location * 0xA0761D6478BD642Full;
    key = (key ^ frame) * 0x9E3779B97F4A7C15ull;
    key ^= key >> 32;
  }
  return key;
}

static p4j_bucket *look_up(JNIEnv *jni, const jvmtiFrameInfo *infos, jint count, uint32_t labels,
                           uint64_t size, bool may_add) {
  p4j_frame frames[P4J_MAX_DEPTH];
  uint32_t frame_count = to_frames(jni, infos, count, frames);
  p4j_trace trace = {frames, frame_count, labels};
  return p4j_bucket_of(&trace, size, may_add, p4j_method_beyond_budget());
}

/* As the JVM tells the stack. One that it cannot tell is the empty stack. */
static p4j_current walk(JNIEnv *jni, uint64_t size, uint32_t labels, const p4j_asked *asked) {
  jvmtiFrameInfo infos[P4J_MAX_DEPTH + 1];
  p4j_current current = {0};
  jint count = 0;
  /* One more than wanted, to know whether there was more. */
  if ((*p4j_jvmti)->GetStackTrace(p4j_jvmti, NULL, 0, asked->depth + 1, infos, &count) != 0) {
    current.is_lost = true;
    count = 0;
  }
  if (count > asked->depth) {
    current.is_truncated = true;
    count = asked->depth;
  }
  uint64_t key = frames_key(infos, count, labels, size);
  current.bucket = p4j_memo_find(key);
  if (current.bucket != NULL) return current;
  current.bucket = look_up(jni, infos, count, labels, size, !asked->is_full);
  /* In a full table it may be one that stands for many. */
  if (current.bucket != NULL && !asked->is_full) p4j_memo_put(key, current.bucket);
  return current;
}

/* ---- Recognising ---- */

/* A stack that may be recognised, and what else tells its bucket, the time included. */
typedef struct {
  p4j_machine_stack stack;
  uint64_t hint; /* 0: it may not be */
  uint64_t rest;
} candidate;

static candidate candidate_of(JNIEnv *jni, uint64_t size, uint32_t labels,
                              const p4j_asked *asked) {
  candidate now = {.hint = 0};
  bool may_be = asked->may_recognise &&
                atomic_load_explicit(&mistakes, memory_order_relaxed) <= MOST_MISTAKES &&
                p4j_hotspot_stack(jni, &now.stack);
  if (!may_be) return now;
  now.hint = p4j_shape_hint(&now.stack);
  uint64_t when = atomic_load_explicit(&age, memory_order_relaxed);
  when += (uint64_t)p4j_hotspot_unloaded() << 32;
  now.rest = key_of(labels, size) + when * 0xA0761D6478BD642Full;
  return now;
}

/* The key of a candidate under a shape; 0 if it has none. */
static uint64_t fingerprint_key(const candidate *now, const p4j_shape *shape) {
  uint64_t fingerprint = p4j_fingerprint(p4j_hotspot_code(), &now->stack, shape);
  if (fingerprint == 0) return 0;
  uint64_t key = (now->rest ^ fingerprint) * 0x9E3779B97F4A7C15ull;
  return (key ^ key >> 32) & ~(uint64_t)TRUNCATED;
}

/* Without a bucket when it is not recognised. */
static p4j_current recognise(const candidate *now) {
  const p4j_known_shape *known = now->hint == 0 ? NULL : p4j_first_shape(now->hint);
  for (; known != NULL; known = p4j_next_shape(known)) {
    uint64_t key = fingerprint_key(now, &known->shape);
    if (key == 0) continue;
    p4j_bucket *bucket = p4j_memo_find(key);
    bool is_truncated = bucket == NULL;
    if (is_truncated) bucket = p4j_memo_find(key | TRUNCATED);
    if (bucket == NULL) continue;
    return (p4j_current){bucket, .is_truncated = is_truncated, .is_recognised = true};
  }
  return (p4j_current){.bucket = NULL};
}

static void remember(const candidate *now, const p4j_current *walked) {
  p4j_shape shape;
  if (!p4j_shape_of(p4j_hotspot_code(), &now->stack, &shape)) return;
  const p4j_known_shape *known = p4j_add_shape(now->hint, &shape);
  uint64_t key = known == NULL ? 0 : fingerprint_key(now, &known->shape);
  if (key != 0) p4j_memo_put(walked->is_truncated ? key | TRUNCATED : key, walked->bucket);
}

void p4j_age_fingerprints(int64_t samples) {
  static int seconds;
  static int64_t before;
  if (samples < before) before = 0; /* sampling has begun anew */
  bool were_few = samples - before < SAMPLES_OF_AGE;
  if (++seconds < (were_few ? MAX_SECONDS_OF_AGE : SECONDS_OF_AGE)) return;
  seconds = 0;
  before = samples;
  atomic_fetch_add(&age, 1);
}

static bool is_on_trial(void) { return atomic_load_explicit(&proven, memory_order_relaxed) < TRIAL; }

/* Whether one that was recognised is on trial, and walked for that. */
static bool is_tried(void) {
  int so_far = atomic_load_explicit(&proven, memory_order_relaxed);
  if (so_far >= TRIAL) return false;
  uint32_t every = 1u << so_far / PART_OF_TRIAL;
  return atomic_fetch_add_explicit(&tried, 1, memory_order_relaxed) % every == 0;
}

static void learn(bool is_right) {
  if (is_right) {
    if (is_on_trial()) atomic_fetch_add(&proven, 1);
    return;
  }
  atomic_fetch_add(&mistakes, is_on_trial() ? MOST_MISTAKES + 1 : 1);
  p4j_memo_clear();
}

p4j_current p4j_current_bucket(JNIEnv *jni, uint64_t size, const p4j_asked *asked) {
  uint32_t labels = p4j_label_set(jni);
  candidate now = candidate_of(jni, size, labels, asked);
  p4j_current recognised = recognise(&now);
  if (recognised.bucket != NULL && !asked->must_walk && !is_tried()) return recognised;
  p4j_current walked = walk(jni, size, labels, asked);
  bool is_sure = walked.bucket != NULL && !walked.is_lost && !asked->is_full;
  if (now.hint == 0 || !is_sure) return walked;
  if (recognised.bucket != NULL) {
    walked.is_mistaken = recognised.bucket != walked.bucket;
    learn(!walked.is_mistaken);
  }
  remember(&now, &walked);
  return walked;
}
