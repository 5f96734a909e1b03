// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_JVMTHREAD_H
#define P4J_JVMTHREAD_H

#include <jvmti.h>
#include <stdbool.h>

/*
 * The JVM's own structure of the current thread. What JNI calls its environment is a part of that
 * structure, at the same place in all of them.
 */

/*
 * Finds that place by the current thread, whose Thread object says where its structure is; later
 * calls do nothing. False on a virtual thread, which has none, and on a JVM that is not HotSpot. One
 * caller at a time.
 */
bool p4j_jvmthread_look(JNIEnv *jni);

/* NULL before it is found. */
const char *p4j_jvmthread(JNIEnv *jni);

#endif
