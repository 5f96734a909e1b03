// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "canaries.h"

#include <stdatomic.h>
#include <string.h>

#define CANARIES 32

typedef struct {
  jweak reference;
  uint32_t number;
} canary;

static _Atomic uint32_t dropped;
static canary canaries[CANARIES];
static int canary_count;
static uint32_t examined;

uint32_t p4j_canary_stamp(void) { return atomic_load(&dropped); }

static void forget_every_other(JNIEnv *jni) {
  int kept = 0;
  for (int i = 0; i < canary_count; i++) {
    if (i % 2 == 0) {
      (*jni)->DeleteWeakGlobalRef(jni, canaries[i].reference);
    } else {
      canaries[kept++] = canaries[i];
    }
  }
  canary_count = kept;
}

void p4j_canary_drop(JNIEnv *jni) {
  if (canary_count == CANARIES) forget_every_other(jni);
  /* Counted before it is made: who reads the older count allocated before it. */
  uint32_t number = atomic_fetch_add(&dropped, 1) + 1;
  jclass object = (*jni)->FindClass(jni, "java/lang/Object");
  jobject body = object == NULL ? NULL : (*jni)->AllocObject(jni, object);
  jweak reference = body == NULL ? NULL : (*jni)->NewWeakGlobalRef(jni, body);
  if (body != NULL) (*jni)->DeleteLocalRef(jni, body);
  if (object != NULL) (*jni)->DeleteLocalRef(jni, object);
  if (reference == NULL) {
    (*jni)->ExceptionClear(jni); /* a full heap: the next one will do */
    return;
  }
  canaries[canary_count++] = (canary){reference, number};
}

void p4j_canaries_begin(void) { examined = p4j_canary_stamp(); }

/* Finds the youngest dead one; it and the older ones have done their work. */
uint32_t p4j_canaries_examined(JNIEnv *jni) {
  int dead = canary_count;
  while (dead > 0 && !(*jni)->IsSameObject(jni, canaries[dead - 1].reference, NULL)) dead--;
  if (dead == 0) return examined;
  examined = canaries[dead - 1].number;
  for (int i = 0; i < dead; i++) (*jni)->DeleteWeakGlobalRef(jni, canaries[i].reference);
  canary_count -= dead;
  memmove(canaries, canaries + dead, (size_t)canary_count * sizeof *canaries);
  return examined;
}

void p4j_canaries_free(JNIEnv *jni) {
  for (int i = 0; i < canary_count; i++) (*jni)->DeleteWeakGlobalRef(jni, canaries[i].reference);
  canary_count = 0;
}
