// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "jvmthread.h"

#include <stdatomic.h>
#include <stdint.h>

#include "jvm.h"

/* No thread structure of a JVM is larger. */
#define MAX_THREAD_BYTES 65536

/* Bytes from the structure to what JNI calls its environment; 0: not known. */
static _Atomic int64_t env_offset;

/* Not HotSpot; one caller at a time. */
static bool is_hidden;

/* Where its Thread object says that it is. */
static const char *current_thread(JNIEnv *jni) {
  jthread thread = NULL;
  if ((*p4j_jvmti)->GetCurrentThread(p4j_jvmti, &thread) != 0 || thread == NULL) return NULL;
  jclass thread_class = (*jni)->FindClass(jni, "java/lang/Thread");
  jfieldID eetop =
      thread_class == NULL ? NULL : (*jni)->GetFieldID(jni, thread_class, "eetop", "J");
  if (eetop == NULL) {
    (*jni)->ExceptionClear(jni);
    is_hidden = true;
  }
  jlong address = is_hidden ? 0 : (*jni)->GetLongField(jni, thread, eetop);
  (*jni)->DeleteLocalRef(jni, thread_class);
  (*jni)->DeleteLocalRef(jni, thread);
  return (const char *)(uintptr_t)address;
}

bool p4j_jvmthread_look(JNIEnv *jni) {
  if (p4j_jvmthread(jni) != NULL) return true;
  if (is_hidden) return false;
  const char *thread = current_thread(jni);
  int64_t offset = (const char *)jni - thread;
  if (thread == NULL || offset <= 0 || offset > MAX_THREAD_BYTES) return false;
  atomic_store(&env_offset, offset);
  return true;
}

const char *p4j_jvmthread(JNIEnv *jni) {
  int64_t offset = atomic_load_explicit(&env_offset, memory_order_relaxed);
  return offset == 0 ? NULL : (const char *)jni - offset;
}
