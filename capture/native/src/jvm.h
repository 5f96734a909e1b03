// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_JVM_H
#define P4J_JVM_H

#include <jvmti.h>
#include <stdbool.h>
#include <stdint.h>

#include "buckets.h"
#include "buffer.h"
#include "methods.h"

/* What the parts that talk to the JVM share. */

#define P4J_MAX_DEPTH 1024

/* The environment of this library; set once by JNI_OnLoad. */
extern jvmtiEnv *p4j_jvmti;

/* resolve.c */

/*
 * The number of a method; resolves it when it is seen for the first time, which is only safe while
 * the method's class cannot be unloaded or the JVM checks ids itself. The caller is a reader of
 * grace.h. Runs no Java code. 0 when the method cannot be resolved.
 */
uint32_t p4j_resolve(JNIEnv *jni, jmethodID id);

/* The number of the made-up method that stands for stacks beyond the memory budget. */
uint32_t p4j_method_beyond_budget(void);

/* Weak references as the tables need them; valid as long as `jni`. */
p4j_references p4j_weak_references(JNIEnv *jni);

/* Whether p4j_new_methods has something to tell. */
bool p4j_has_new_methods(void);

/* Native methods of resolve.c: see NativeSampler.java. */
jobjectArray JNICALL p4j_new_methods(JNIEnv *jni, jclass self);
jbyteArray JNICALL p4j_names(JNIEnv *jni, jclass self, jint from_string, jint from_method);

/* sampler.c */

void p4j_sampler_callbacks(jvmtiEventCallbacks *callbacks);

/* The JVM is going down: from now on callbacks return at once. Nothing is freed. */
void p4j_sampler_die(void);

jint JNICALL p4j_start(JNIEnv *jni, jclass self, jint interval, jint depth, jint cpu_budget_ppm,
                       jlong memory_budget, jboolean recognition);
jint JNICALL p4j_stop(JNIEnv *jni, jclass self);
jint JNICALL p4j_set_interval(JNIEnv *jni, jclass self, jint interval);
jint JNICALL p4j_tick(JNIEnv *jni, jclass self);
void JNICALL p4j_drop_canary(JNIEnv *jni, jclass self);
void JNICALL p4j_sweep(JNIEnv *jni, jclass self);
jlongArray JNICALL p4j_statistics(JNIEnv *jni, jclass self);

/* read.c */

jobjectArray JNICALL p4j_buckets(JNIEnv *jni, jclass self, jint known);

/* labels.c */

/* The number of the current thread's set of labels; 0 is the empty set. Runs no Java code. */
uint32_t p4j_label_set(JNIEnv *jni);
jboolean JNICALL p4j_use_labels(JNIEnv *jni, jclass self, jobject local, jclass holder);

/* pauses.c */

void p4j_pause_callbacks(jvmtiEventCallbacks *callbacks);

/* Collections finished so far. */
uint32_t p4j_collections(void);
jlongArray JNICALL p4j_pauses(JNIEnv *jni, jclass self);

/* stacks.c */

jobjectArray JNICALL p4j_all_stacks(JNIEnv *jni, jclass self, jint depth);
jintArray JNICALL p4j_stacks_of(JNIEnv *jni, jclass self, jobjectArray threads, jint depth);
jlongArray JNICALL p4j_generated_code(JNIEnv *jni, jclass self);
jint JNICALL p4j_frame_words_at(JNIEnv *jni, jclass self, jlong pc);
jobject JNICALL p4j_trusted_lookup(JNIEnv *jni, jclass self);

/* waiters.c */

jobjectArray JNICALL p4j_lock_waiters(JNIEnv *jni, jclass self, jclass synchronizer);
jobjectArray JNICALL p4j_threads_of(JNIEnv *jni, jclass self, jclass synchronizer, jlongArray ids);

/* jni.c */

/* Copy a buffer to a Java array and free it; NULL with an exception pending when they cannot. */
jbyteArray p4j_to_java(JNIEnv *jni, p4j_buffer *buffer);
jintArray p4j_to_ints(JNIEnv *jni, p4j_buffer *buffer);
jlongArray p4j_to_longs(JNIEnv *jni, p4j_buffer *buffer);
jlongArray p4j_longs(JNIEnv *jni, const jlong *values, jsize count);

#endif
