// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_HOTSPOT_H
#define P4J_HOTSPOT_H

#include <jvmti.h>
#include <stdbool.h>
#include <stdint.h>

#include "fingerprint.h"

/*
 * What is taken from the insides of the JVM: where a thread's frames of Java are on its machine
 * stack, and how large they are. HotSpot describes its own structures for debuggers (vmstructs.h),
 * and tells by an event of JVMTI where the interpreter is. Nothing is assumed that is not found
 * there and does not fit the thread that looks; then stacks are walked by the JVM alone.
 */

void p4j_hotspot_callbacks(jvmtiEventCallbacks *callbacks);

/*
 * Looks into the JVM once, when its threads are known (jvmthread.h); later calls do nothing. To be
 * called from Java, and by one at a time.
 */
void p4j_hotspot_look(JNIEnv *jni);

/* Whether what follows is known. */
bool p4j_hotspot_is_known(void);

/* The generated code, for the functions of fingerprint.h. */
const p4j_code *p4j_hotspot_code(void);

/* The machine stack of the current thread; false where it is not known. */
bool p4j_hotspot_stack(JNIEnv *jni, p4j_machine_stack *stack);

/*
 * How many classes were unloaded until now, which the JVM counts before it frees what it had of
 * them. From then on their methods and code may have other ones at the same addresses.
 */
int64_t p4j_hotspot_unloaded(void);

#endif
