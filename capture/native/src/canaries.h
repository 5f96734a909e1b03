// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_CANARIES_H
#define P4J_CANARIES_H

#include <jni.h>
#include <stdint.h>

/*
 * Canaries: objects that nothing refers to, each with a weak reference that tells its death. They
 * say which samples a collection has looked at: live.h. One caller at a time, but for the stamp.
 */

/* How many were dropped until now. */
uint32_t p4j_canary_stamp(void);

void p4j_canary_drop(JNIEnv *jni);

/* Samples stamped below this have been looked at; nothing that is sampled from now on has. */
void p4j_canaries_begin(void);
uint32_t p4j_canaries_examined(JNIEnv *jni);

void p4j_canaries_free(JNIEnv *jni);

#endif
