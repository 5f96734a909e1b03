// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdatomic.h>

#include "jvm.h"

/*
 * Which labels a sampled allocation has. They are in an inheritable thread-local of Java, so in a
 * table that the Thread object refers to. The callback reads that table from the thread that owns
 * it: nothing is to be kept in step when a virtual thread changes its carrier, a child has what it
 * inherited, and setting labels costs nothing here. Some ten calls of JNI, and none in a JVM that
 * never set a label. The fields are those of ThreadLocal, the same from JDK 17 to 25; where one is
 * missing, samples have no labels.
 *
 * A table that its thread is about to change is whole at each allocation: the JDK allocates entries
 * and larger tables before it puts them in their places.
 */

static struct {
  jweak local; /* not strong: it would keep our class loader alive */
  jint hash;
  jfieldID table_of_thread;
  jfieldID entries;
  jfieldID local_of_entry;
  jfieldID value;
  jfieldID number;
} labels;

static _Atomic bool are_used;

static jfieldID field(JNIEnv *jni, const char *holder, const char *name, const char *type) {
  jclass found = (*jni)->ExceptionCheck(jni) ? NULL : (*jni)->FindClass(jni, holder);
  return found == NULL ? NULL : (*jni)->GetFieldID(jni, found, name, type);
}

/*
 * Tells where labels are: in `local`, as objects of the class `holder`, whose int field
 * heapLabels is the number of their set. False when this JVM's thread-locals are of another form.
 */
jboolean JNICALL p4j_use_labels(JNIEnv *jni, jclass self, jobject local, jclass holder) {
  (void)self;
  if (atomic_load(&are_used)) return JNI_TRUE;
  labels.table_of_thread = field(jni, "java/lang/Thread", "inheritableThreadLocals",
                                 "Ljava/lang/ThreadLocal$ThreadLocalMap;");
  labels.entries = field(jni, "java/lang/ThreadLocal$ThreadLocalMap", "table",
                         "[Ljava/lang/ThreadLocal$ThreadLocalMap$Entry;");
  labels.local_of_entry =
      field(jni, "java/lang/ref/Reference", "referent", "Ljava/lang/Object;");
  labels.value = field(jni, "java/lang/ThreadLocal$ThreadLocalMap$Entry", "value",
                       "Ljava/lang/Object;");
  jfieldID hash = field(jni, "java/lang/ThreadLocal", "threadLocalHashCode", "I");
  if (!(*jni)->ExceptionCheck(jni)) {
    labels.number = (*jni)->GetFieldID(jni, holder, "heapLabels", "I");
  }
  if ((*jni)->ExceptionCheck(jni)) {
    (*jni)->ExceptionClear(jni);
    return JNI_FALSE;
  }
  labels.hash = (*jni)->GetIntField(jni, local, hash);
  labels.local = (*jni)->NewWeakGlobalRef(jni, local);
  if (labels.local == NULL) {
    (*jni)->ExceptionClear(jni);
    return JNI_FALSE;
  }
  atomic_store(&are_used, true);
  return JNI_TRUE;
}

/* The entry of our thread-local; the place is found as by ThreadLocalMap.getEntry. */
static jobject find_entry(JNIEnv *jni, jobjectArray entries) {
  jsize size = (*jni)->GetArrayLength(jni, entries);
  jsize at = labels.hash & (size - 1);
  for (jsize tried = 0; tried < size; tried++) {
    jobject entry = (*jni)->GetObjectArrayElement(jni, entries, at);
    if (entry == NULL) return NULL;
    jobject local = (*jni)->GetObjectField(jni, entry, labels.local_of_entry);
    bool is_ours = local != NULL && (*jni)->IsSameObject(jni, local, labels.local);
    (*jni)->DeleteLocalRef(jni, local);
    if (is_ours) return entry;
    (*jni)->DeleteLocalRef(jni, entry);
    at = at + 1 == size ? 0 : at + 1;
  }
  return NULL;
}

static uint32_t number_of(JNIEnv *jni, jthread thread) {
  jobject map = (*jni)->GetObjectField(jni, thread, labels.table_of_thread);
  jobject entries = map == NULL ? NULL : (*jni)->GetObjectField(jni, map, labels.entries);
  jobject entry = entries == NULL ? NULL : find_entry(jni, entries);
  jobject value = entry == NULL ? NULL : (*jni)->GetObjectField(jni, entry, labels.value);
  return value == NULL ? 0 : (uint32_t)(*jni)->GetIntField(jni, value, labels.number);
}

uint32_t p4j_label_set(JNIEnv *jni) {
  if (!atomic_load_explicit(&are_used, memory_order_acquire)) return 0;
  if ((*jni)->PushLocalFrame(jni, 8) != 0) {
    (*jni)->ExceptionClear(jni);
    return 0;
  }
  /* Not the event's thread: which one that is for virtual threads differs between JDKs. */
  jthread thread = NULL;
  jvmtiError error = (*p4j_jvmti)->GetCurrentThread(p4j_jvmti, &thread);
  uint32_t number = error != 0 || thread == NULL ? 0 : number_of(jni, thread);
  (*jni)->PopLocalFrame(jni, NULL);
  return number;
}
