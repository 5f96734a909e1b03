// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_CURRENT_H
#define P4J_CURRENT_H

#include <jvmti.h>
#include <stdbool.h>
#include <stdint.h>

#include "buckets.h"

/*
 * Which bucket a sample of the current thread belongs to.
 *
 * The JVM's walk of a stack is most of what a sample costs, so a stack that was walked before is
 * recognised by its fingerprint (fingerprint.h) where there is one. A fingerprint stands for what
 * the JVM said when it was new, for some seconds. The first thousand that are recognised are walked
 * nevertheless, later ones now and then. When the JVM says something else, all are forgotten; if that
 * happens among the first thousand, or some times later, fingerprints are not used any more.
 */

typedef struct {
  int depth; /* frames kept of a stack */
  bool is_full; /* stacks not seen before are counted under one made-up frame */
  bool may_recognise; /* else each stack is walked */
  bool must_walk; /* also where the stack is recognised: to see whether that is right */
} p4j_asked;

typedef struct {
  p4j_bucket *bucket; /* NULL when memory is missing */
  bool is_lost; /* the JVM did not tell the stack: it is taken as empty */
  bool is_truncated; /* the stack has more frames than are kept */
  bool is_recognised; /* without a walk */
  bool is_mistaken; /* walked, and not what its fingerprint stood for */
} p4j_current;

/* The caller is a reader of grace.h. */
p4j_current p4j_current_bucket(JNIEnv *jni, uint64_t size, const p4j_asked *asked);

/*
 * To be called each second, by one caller at a time, with the number of samples taken until now:
 * after some time what was recognised is walked again when it is seen next.
 */
void p4j_age_fingerprints(int64_t samples);

#endif
