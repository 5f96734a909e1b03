// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_TLAB_H
#define P4J_TLAB_H

#include <jvmti.h>
#include <stdbool.h>

#include "exposure.h"

/*
 * Reads the current thread's allocation buffer where the JVM says it is (vmstructs.h), on JVMs that
 * count what was allocated as exposure.h tells. Others do not have the counter that is asked for.
 */

/* Once; later calls do nothing. */
void p4j_tlab_look(void);

/* To be called in the callback of a sample; false where the buffer is not known or not needed. */
bool p4j_tlab_read(JNIEnv *jni, p4j_tlab *tlab);

#endif
