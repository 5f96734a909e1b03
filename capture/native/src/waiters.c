// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdatomic.h>
#include <stdbool.h>

#include "jvm.h"
#include "memory.h"

/*
 * Which threads may wait for a lock. Most threads of a program wait for work and for no lock, which
 * two fields of theirs tell; asking the JVM about each would cost a hundred times more. What is
 * read may be outdated at once, so whoever gets a thread from here asks the JVM about that one.
 */

/* Both are states of JVMTI, which the JDK keeps in Thread.threadStatus as well. */
#define BLOCKED JVMTI_THREAD_STATE_BLOCKED_ON_MONITOR_ENTER
#define PARKED JVMTI_THREAD_STATE_PARKED

/* Fields of the JDK's own. */
typedef struct {
  jfieldID id; /* Thread.tid */
  jfieldID holder; /* Thread.holder, NULL before JDK 19 */
  jfieldID status; /* FieldHolder.threadStatus, before in Thread */
  jfieldID blocker; /* Thread.parkBlocker */
  jfieldID owner; /* AbstractOwnableSynchronizer.exclusiveOwnerThread */
} thread_fields;

static jfieldID field(JNIEnv *jni, jclass holder, const char *name, const char *type) {
  jfieldID id = holder == NULL ? NULL : (*jni)->GetFieldID(jni, holder, name, type);
  if (id == NULL) (*jni)->ExceptionClear(jni);
  return id;
}

static bool find_fields(JNIEnv *jni, jclass synchronizer, thread_fields *fields) {
  jclass thread = (*jni)->FindClass(jni, "java/lang/Thread");
  jclass holder = (*jni)->FindClass(jni, "java/lang/Thread$FieldHolder");
  if (holder == NULL) (*jni)->ExceptionClear(jni);
  fields->id = field(jni, thread, "tid", "J");
  fields->holder = holder == NULL
                       ? NULL
                       : field(jni, thread, "holder", "Ljava/lang/Thread$FieldHolder;");
  fields->status = field(jni, fields->holder == NULL ? thread : holder, "threadStatus", "I");
  fields->blocker = field(jni, thread, "parkBlocker", "Ljava/lang/Object;");
  fields->owner = field(jni, synchronizer, "exclusiveOwnerThread", "Ljava/lang/Thread;");
  if (holder != NULL) (*jni)->DeleteLocalRef(jni, holder);
  if (thread != NULL) (*jni)->DeleteLocalRef(jni, thread);
  return fields->id != NULL && fields->status != NULL && fields->blocker != NULL &&
         fields->owner != NULL;
}

/*
 * The fields, NULL if this JDK has others. They are looked for once: their classes are never
 * unloaded. Two threads may both look; they find the same.
 */
static const thread_fields *known_fields(JNIEnv *jni, jclass synchronizer) {
  static thread_fields *_Atomic known;
  thread_fields *fields = atomic_load(&known);
  if (fields != NULL) return fields;
  fields = p4j_alloc(sizeof *fields);
  thread_fields *none = NULL;
  if (fields == NULL) return NULL;
  if (find_fields(jni, synchronizer, fields) &&
      atomic_compare_exchange_strong(&known, &none, fields)) {
    return fields;
  }
  p4j_free(fields, sizeof *fields);
  return none;
}

static jint status_of(JNIEnv *jni, const thread_fields *fields, jthread thread) {
  if (fields->holder == NULL) return (*jni)->GetIntField(jni, thread, fields->status);
  jobject holder = (*jni)->GetObjectField(jni, thread, fields->holder);
  if (holder == NULL) return 0; /* being made */
  jint status = (*jni)->GetIntField(jni, holder, fields->status);
  (*jni)->DeleteLocalRef(jni, holder);
  return status;
}

/* Whether a parked thread waits for a lock of java.util.concurrent that somebody holds. */
static bool waits_for_owner(JNIEnv *jni, const thread_fields *fields, jclass synchronizer,
                            jthread thread) {
  jobject blocker = (*jni)->GetObjectField(jni, thread, fields->blocker);
  if (blocker == NULL) return false;
  bool is_lock = (*jni)->IsInstanceOf(jni, blocker, synchronizer);
  jobject owner = is_lock ? (*jni)->GetObjectField(jni, blocker, fields->owner) : NULL;
  if (owner != NULL) (*jni)->DeleteLocalRef(jni, owner);
  (*jni)->DeleteLocalRef(jni, blocker);
  return owner != NULL;
}

static bool may_wait(JNIEnv *jni, const thread_fields *fields, jclass synchronizer,
                     jthread thread) {
  jint status = status_of(jni, fields, thread);
  if ((status & BLOCKED) != 0) return true;
  return (status & PARKED) != 0 && waits_for_owner(jni, fields, synchronizer, thread);
}

static jobjectArray to_array(JNIEnv *jni, const jthread *threads, jint count) {
  jclass thread = (*jni)->FindClass(jni, "java/lang/Thread");
  jobjectArray array = thread == NULL ? NULL : (*jni)->NewObjectArray(jni, count, thread, NULL);
  for (jint i = 0; array != NULL && i < count; i++) {
    (*jni)->SetObjectArrayElement(jni, array, i, threads[i]);
  }
  return array;
}

/* Brings the threads that are wanted to the front; returns how many there are. */
static jint select_waiting(JNIEnv *jni, const thread_fields *fields, jclass synchronizer,
                           jthread *threads, jint count) {
  jint selected = 0;
  for (jint i = 0; i < count; i++) {
    if (!may_wait(jni, fields, synchronizer, threads[i])) continue;
    jthread other = threads[selected];
    threads[selected++] = threads[i];
    threads[i] = other;
  }
  return selected;
}

static jint select_ids(JNIEnv *jni, const thread_fields *fields, const jlong *ids, jint id_count,
                       jthread *threads, jint count) {
  jint selected = 0;
  for (jint i = 0; i < count && selected < id_count; i++) {
    jlong id = (*jni)->GetLongField(jni, threads[i], fields->id);
    jint at = 0;
    while (at < id_count && ids[at] != id) at++;
    if (at == id_count) continue;
    jthread other = threads[selected];
    threads[selected++] = threads[i];
    threads[i] = other;
  }
  return selected;
}

static jthread *all_threads(jint *count) {
  jthread *threads = NULL;
  *count = 0;
  return (*p4j_jvmti)->GetAllThreads(p4j_jvmti, count, &threads) == 0 ? threads : NULL;
}

static void give_back(JNIEnv *jni, jthread *threads, jint count) {
  for (jint i = 0; i < count; i++) (*jni)->DeleteLocalRef(jni, threads[i]);
  (*p4j_jvmti)->Deallocate(p4j_jvmti, (unsigned char *)threads);
}

/* The platform threads that may wait for a lock; NULL if this JVM does not let us look. */
jobjectArray JNICALL p4j_lock_waiters(JNIEnv *jni, jclass self, jclass synchronizer) {
  (void)self;
  const thread_fields *fields = known_fields(jni, synchronizer);
  if (fields == NULL) return NULL;
  jint count;
  jthread *threads = all_threads(&count);
  if (threads == NULL) return NULL;
  jint selected = select_waiting(jni, fields, synchronizer, threads, count);
  jobjectArray array = to_array(jni, threads, selected);
  give_back(jni, threads, count);
  return array;
}

/* The platform threads with the given identifiers, as far as they live; NULL as above. */
jobjectArray JNICALL p4j_threads_of(JNIEnv *jni, jclass self, jclass synchronizer,
                                    jlongArray ids) {
  (void)self;
  const thread_fields *fields = known_fields(jni, synchronizer);
  if (fields == NULL) return NULL;
  jint count;
  jthread *threads = all_threads(&count);
  if (threads == NULL) return NULL;
  jsize id_count = (*jni)->GetArrayLength(jni, ids);
  jlong *wanted = (*jni)->GetLongArrayElements(jni, ids, NULL);
  jint selected =
      wanted == NULL ? 0 : select_ids(jni, fields, wanted, id_count, threads, count);
  if (wanted != NULL) (*jni)->ReleaseLongArrayElements(jni, ids, wanted, JNI_ABORT);
  jobjectArray array = to_array(jni, threads, selected);
  give_back(jni, threads, count);
  return array;
}
