// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "jvm.h"

/*
 * The pauses of the collectors, for the PauseNs ring of runtime.MemStats. Both callbacks run in the
 * VM at a safepoint, where almost nothing is allowed; they only read a clock and store numbers.
 * A pause is written by one thread at a time; a reader may see one slot of two pauses, no more.
 */

#define RING 256 /* as in Go's runtime.MemStats */

static _Atomic uint32_t finished;
static _Atomic int64_t total_nanos;
static _Atomic int64_t pause_nanos[RING];
static _Atomic int64_t pause_end[RING]; /* ns since 1970 */
static _Atomic int64_t begun;

static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void JNICALL on_start(jvmtiEnv *jvmti) {
  (void)jvmti;
  atomic_store(&begun, read_clock(CLOCK_MONOTONIC));
}

static void JNICALL on_finish(jvmtiEnv *jvmti) {
  (void)jvmti;
  int64_t start = atomic_exchange(&begun, 0);
  int64_t nanos = start == 0 ? 0 : read_clock(CLOCK_MONOTONIC) - start;
  uint32_t slot = atomic_load(&finished) % RING;
  atomic_store(&pause_nanos[slot], nanos);
  atomic_store(&pause_end[slot], read_clock(CLOCK_REALTIME));
  atomic_fetch_add(&total_nanos, nanos);
  atomic_fetch_add(&finished, 1);
}

void p4j_pause_callbacks(jvmtiEventCallbacks *callbacks) {
  callbacks->GarbageCollectionStart = on_start;
  callbacks->GarbageCollectionFinish = on_finish;
}

uint32_t p4j_collections(void) { return atomic_load(&finished); }

/* { pauses so far, their total, then RING lengths, then RING ends }, slot i of pause i % RING. */
jlongArray JNICALL p4j_pauses(JNIEnv *jni, jclass self) {
  (void)self;
  jlong values[2 + 2 * RING];
  values[0] = atomic_load(&finished);
  values[1] = atomic_load(&total_nanos);
  for (int slot = 0; slot < RING; slot++) {
    values[2 + slot] = atomic_load(&pause_nanos[slot]);
    values[2 + RING + slot] = atomic_load(&pause_end[slot]);
  }
  return p4j_longs(jni, values, 2 + 2 * RING);
}
