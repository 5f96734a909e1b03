// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>

#include "grace.h"
#include "hotspot.h"
#include "jvm.h"
#include "names.h"

/* Loading and unloading, and the table of native methods. */

#define BINDING "io/pprof4j/capture/internal/NativeSampler"
/* Copying to the Java heap holds off safepoints: one slice at a time. */
#define COPY_BYTES (1 << 20)
#define UNLOAD_MILLIS 1000

jvmtiEnv *p4j_jvmti;

/* How many numbers a buffer has; -1 with an exception pending when no array can hold them. */
static jsize length_of(JNIEnv *jni, const p4j_buffer *buffer, size_t bytes_each) {
  if (!buffer->is_broken && buffer->count / bytes_each <= INT32_MAX - 16) {
    return (jsize)(buffer->count / bytes_each);
  }
  jclass error = (*jni)->FindClass(jni, "java/lang/OutOfMemoryError");
  if (error != NULL) (*jni)->ThrowNew(jni, error, "no memory for a copy of the profile");
  return -1;
}

static jsize slice_at(jsize at, jsize length, jsize most) {
  return length - at < most ? length - at : most;
}

jbyteArray p4j_to_java(JNIEnv *jni, p4j_buffer *buffer) {
  const jsize most = COPY_BYTES;
  jsize length = length_of(jni, buffer, 1);
  jbyteArray array = length < 0 ? NULL : (*jni)->NewByteArray(jni, length);
  for (jsize at = 0; array != NULL && at < length; at += most) {
    (*jni)->SetByteArrayRegion(jni, array, at, slice_at(at, length, most),
                               (const jbyte *)buffer->bytes + at);
  }
  p4j_buffer_free(buffer);
  return array;
}

jintArray p4j_to_ints(JNIEnv *jni, p4j_buffer *buffer) {
  const jsize most = COPY_BYTES / sizeof(jint);
  jsize length = length_of(jni, buffer, sizeof(jint));
  jintArray array = length < 0 ? NULL : (*jni)->NewIntArray(jni, length);
  for (jsize at = 0; array != NULL && at < length; at += most) {
    (*jni)->SetIntArrayRegion(jni, array, at, slice_at(at, length, most),
                              (const jint *)(const void *)buffer->bytes + at);
  }
  p4j_buffer_free(buffer);
  return array;
}

jlongArray p4j_to_longs(JNIEnv *jni, p4j_buffer *buffer) {
  const jsize most = COPY_BYTES / sizeof(jlong);
  jsize length = length_of(jni, buffer, sizeof(jlong));
  jlongArray array = length < 0 ? NULL : (*jni)->NewLongArray(jni, length);
  for (jsize at = 0; array != NULL && at < length; at += most) {
    (*jni)->SetLongArrayRegion(jni, array, at, slice_at(at, length, most),
                               (const jlong *)(const void *)buffer->bytes + at);
  }
  p4j_buffer_free(buffer);
  return array;
}

jlongArray p4j_longs(JNIEnv *jni, const jlong *values, jsize count) {
  jlongArray array = (*jni)->NewLongArray(jni, count);
  if (array != NULL) (*jni)->SetLongArrayRegion(jni, array, 0, count, values);
  return array;
}

static void JNICALL on_vm_death(jvmtiEnv *jvmti, JNIEnv *jni) {
  (void)jvmti;
  (void)jni;
  p4j_sampler_die();
}

static const JNINativeMethod natives[] = {
    {"start", "(IIIJZ)I", (void *)p4j_start},
    {"stop", "()I", (void *)p4j_stop},
    {"setInterval", "(I)I", (void *)p4j_set_interval},
    {"tick", "()I", (void *)p4j_tick},
    {"dropCanary", "()V", (void *)p4j_drop_canary},
    {"sweep", "()V", (void *)p4j_sweep},
    {"buckets", "(I)[Ljava/lang/Object;", (void *)p4j_buckets},
    {"names", "(II)[B", (void *)p4j_names},
    {"newMethods", "()[Ljava/lang/Object;", (void *)p4j_new_methods},
    {"statistics", "()[J", (void *)p4j_statistics},
    {"useLabels0", "(Ljava/lang/ThreadLocal;Ljava/lang/Class;)Z", (void *)p4j_use_labels},
    {"pauses", "()[J", (void *)p4j_pauses},
    {"allStacks0", "(I)[Ljava/lang/Object;", (void *)p4j_all_stacks},
    {"stacksOf0", "([Ljava/lang/Thread;I)[I", (void *)p4j_stacks_of},
    {"lockWaiters0", "(Ljava/lang/Class;)[Ljava/lang/Thread;", (void *)p4j_lock_waiters},
    {"threadsOf0", "(Ljava/lang/Class;[J)[Ljava/lang/Thread;", (void *)p4j_threads_of},
    {"generatedCode0", "()[J", (void *)p4j_generated_code},
    {"frameWords0", "(J)I", (void *)p4j_frame_words_at},
    {"trustedLookup0", "()Ljava/lang/invoke/MethodHandles$Lookup;", (void *)p4j_trusted_lookup},
};

static bool register_natives(JNIEnv *jni) {
  jclass binding = (*jni)->FindClass(jni, BINDING);
  if (binding == NULL) return false;
  jint error =
      (*jni)->RegisterNatives(jni, binding, natives, (jint)(sizeof natives / sizeof *natives));
  (*jni)->DeleteLocalRef(jni, binding);
  return error == 0;
}

static void notify(jvmtiEventMode mode, jvmtiEvent event) {
  /* Refused events cost figures, not correctness. */
  (void)(*p4j_jvmti)->SetEventNotificationMode(p4j_jvmti, mode, event, NULL);
}

/* Each capability for itself: what this JVM lacks shall not cost us the others. */
static void add_capabilities(void) {
  jvmtiCapabilities lines = {.can_get_line_numbers = 1};
  jvmtiCapabilities sources = {.can_get_source_file_name = 1};
  jvmtiCapabilities collections = {.can_generate_garbage_collection_events = 1};
  (void)(*p4j_jvmti)->AddCapabilities(p4j_jvmti, &lines);
  (void)(*p4j_jvmti)->AddCapabilities(p4j_jvmti, &sources);
  (void)(*p4j_jvmti)->AddCapabilities(p4j_jvmti, &collections);
}

/*
 * Newer headers add callbacks behind those that we use. The table ends behind our last one, so that
 * the library does not depend on the JDK it was built with.
 */
static bool set_callbacks(void) {
  union {
    jvmtiEventCallbacks callbacks;
    void *slots[64];
  } table = {.slots = {NULL}};
  table.callbacks.VMDeath = on_vm_death;
  p4j_sampler_callbacks(&table.callbacks);
  p4j_pause_callbacks(&table.callbacks);
  p4j_hotspot_callbacks(&table.callbacks);
  jint size = (jint)(offsetof(jvmtiEventCallbacks, SampledObjectAlloc) + sizeof(void *));
  return (*p4j_jvmti)->SetEventCallbacks(p4j_jvmti, &table.callbacks, size) == 0;
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void)reserved;
  JNIEnv *jni;
  if ((*vm)->GetEnv(vm, (void **)&jni, JNI_VERSION_10) != JNI_OK) return JNI_ERR;
  if ((*vm)->GetEnv(vm, (void **)&p4j_jvmti, JVMTI_VERSION_11) != JNI_OK) return JNI_ERR;
  if (!p4j_names_init() || !p4j_ids_init()) return JNI_ERR;
  add_capabilities();
  if (!set_callbacks() || !register_natives(jni)) {
    (*p4j_jvmti)->DisposeEnvironment(p4j_jvmti);
    return JNI_ERR;
  }
  notify(JVMTI_ENABLE, JVMTI_EVENT_VM_DEATH);
  notify(JVMTI_ENABLE, JVMTI_EVENT_GARBAGE_COLLECTION_START);
  notify(JVMTI_ENABLE, JVMTI_EVENT_GARBAGE_COLLECTION_FINISH);
  return JNI_VERSION_10;
}

/* The binding's class loader is gone, so nobody runs our code but the JVM's event threads. */
JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *vm, void *reserved) {
  (void)vm;
  (void)reserved;
  p4j_sampler_die();
  (*p4j_jvmti)->DisposeEnvironment(p4j_jvmti);
  (void)p4j_wait_for_readers(UNLOAD_MILLIS);
}
