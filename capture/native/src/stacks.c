// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>

#include "grace.h"
#include "jvm.h"
#include "names.h"

/*
 * Stacks of threads for the threads engine. Equal stacks are written once: a hundred thousand
 * virtual threads usually wait in a handful of places.
 */

typedef struct {
  uint64_t hash;
  uint32_t offset; /* of the frame count, in `out` */
  uint32_t bytes;
  uint32_t number; /* plus 1; 0 is a free slot */
} known_stack;

typedef struct {
  p4j_buffer out;
  p4j_buffer threads; /* rows of (stack or -1, JVMTI thread state) */
  known_stack *known;
  uint32_t capacity; /* a power of two */
  uint32_t stack_count;
  uint32_t thread_count;
} stack_writer;

static bool grow(stack_writer *writer) {
  uint32_t capacity = writer->capacity == 0 ? 1024 : writer->capacity * 2;
  known_stack *known = calloc(capacity, sizeof *known);
  if (known == NULL) return false;
  for (uint32_t i = 0; i < writer->capacity; i++) {
    if (writer->known[i].number == 0) continue;
    uint32_t slot = (uint32_t)writer->known[i].hash & (capacity - 1);
    while (known[slot].number != 0) slot = (slot + 1) & (capacity - 1);
    known[slot] = writer->known[i];
  }
  free(writer->known);
  writer->known = known;
  writer->capacity = capacity;
  return true;
}

static uint64_t hash_of(const unsigned char *bytes, size_t count) {
  uint64_t hash = count;
  for (size_t at = 0; at + 4 <= count; at += 4) {
    uint32_t word;
    memcpy(&word, bytes + at, sizeof word);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 32;
  }
  return hash;
}

/* The number of the stack just written from `offset` on; takes it back if it is known. */
static uint32_t number_of(stack_writer *writer, size_t offset) {
  if (writer->stack_count * 2 >= writer->capacity && !grow(writer)) {
    writer->out.is_broken = true;
  }
  if (writer->out.is_broken) return 0;
  unsigned char *bytes = writer->out.bytes + offset;
  uint32_t count = (uint32_t)(writer->out.count - offset);
  uint64_t hash = hash_of(bytes, count);
  uint32_t slot = (uint32_t)hash & (writer->capacity - 1);
  for (; writer->known[slot].number != 0; slot = (slot + 1) & (writer->capacity - 1)) {
    known_stack *known = &writer->known[slot];
    if (known->hash == hash && known->bytes == count &&
        memcmp(writer->out.bytes + known->offset, bytes, count) == 0) {
      writer->out.count = offset;
      return known->number - 1;
    }
  }
  writer->known[slot] = (known_stack){hash, (uint32_t)offset, count, ++writer->stack_count};
  return writer->stack_count - 1;
}

static uint32_t put_frames(JNIEnv *jni, stack_writer *writer, const jvmtiFrameInfo *frames,
                           jint count) {
  size_t offset = writer->out.count;
  p4j_put32(&writer->out, (uint32_t)count);
  for (jint i = 0; i < count; i++) {
    uint32_t method = p4j_resolve(jni, frames[i].method);
    p4j_put32(&writer->out, method);
    p4j_put32(&writer->out, p4j_line_of(p4j_method_at(method), (int32_t)frames[i].location));
  }
  return number_of(writer, offset);
}

static void put_thread(stack_writer *writer, uint32_t stack, jint thread_state) {
  p4j_put32(&writer->threads, stack);
  p4j_put32(&writer->threads, (uint32_t)thread_state);
  writer->thread_count++;
}

static void begin(stack_writer *writer) {
  *writer = (stack_writer){0};
  p4j_put32(&writer->out, 0);
}

static jbyteArray finish(JNIEnv *jni, stack_writer *writer) {
  p4j_set32(&writer->out, 0, writer->stack_count);
  p4j_put32(&writer->out, writer->thread_count);
  p4j_put(&writer->out, writer->threads.bytes, writer->threads.count);
  writer->out.is_broken = writer->out.is_broken || writer->threads.is_broken;
  p4j_buffer_free(&writer->threads);
  free(writer->known);
  return p4j_to_java(jni, &writer->out);
}

static jint limit_depth(jint depth) {
  return depth < 1 ? 1 : depth > P4J_MAX_DEPTH ? P4J_MAX_DEPTH : depth;
}

static jobjectArray to_threads(JNIEnv *jni, const jvmtiStackInfo *infos, jint count) {
  jclass thread_class = (*jni)->FindClass(jni, "java/lang/Thread");
  if (thread_class == NULL) return NULL;
  jobjectArray threads = (*jni)->NewObjectArray(jni, count, thread_class, NULL);
  for (jint i = 0; threads != NULL && i < count; i++) {
    (*jni)->SetObjectArrayElement(jni, threads, i, infos[i].thread);
  }
  return threads;
}

static jbyteArray write_infos(JNIEnv *jni, const jvmtiStackInfo *infos, jint count) {
  stack_writer writer;
  begin(&writer);
  unsigned shard = p4j_shard();
  unsigned ticket = p4j_enter(shard);
  for (jint i = 0; i < count; i++) {
    uint32_t stack = put_frames(jni, &writer, infos[i].frame_buffer, infos[i].frame_count);
    put_thread(&writer, stack, infos[i].state);
  }
  p4j_leave(shard, ticket);
  return finish(jni, &writer);
}

/* { Thread[], byte[] } of all platform threads, or NULL when the JVM refuses. */
jobjectArray JNICALL p4j_all_stacks(JNIEnv *jni, jclass self, jint depth) {
  (void)self;
  jvmtiStackInfo *infos = NULL;
  jint count = 0;
  if ((*p4j_jvmti)->GetAllStackTraces(p4j_jvmti, limit_depth(depth), &infos, &count) != 0) {
    return NULL;
  }
  jclass object = (*jni)->FindClass(jni, "java/lang/Object");
  jobjectArray pair = object == NULL ? NULL : (*jni)->NewObjectArray(jni, 2, object, NULL);
  jobjectArray threads = pair == NULL ? NULL : to_threads(jni, infos, count);
  jbyteArray stacks = threads == NULL ? NULL : write_infos(jni, infos, count);
  for (jint i = 0; i < count; i++) (*jni)->DeleteLocalRef(jni, infos[i].thread);
  (*p4j_jvmti)->Deallocate(p4j_jvmti, (unsigned char *)infos);
  if (stacks == NULL) return NULL; /* with an exception pending */
  (*jni)->SetObjectArrayElement(jni, pair, 0, threads);
  (*jni)->SetObjectArrayElement(jni, pair, 1, stacks);
  return pair;
}

static void put_stack_of(JNIEnv *jni, stack_writer *writer, jthread thread, jint depth) {
  jvmtiFrameInfo frames[P4J_MAX_DEPTH];
  jint count = 0;
  jint thread_state = 0;
  bool is_alive =
      (*p4j_jvmti)->GetThreadState(p4j_jvmti, thread, &thread_state) == 0 &&
      (*p4j_jvmti)->GetStackTrace(p4j_jvmti, thread, 0, depth, frames, &count) == 0;
  if (!is_alive) {
    put_thread(writer, UINT32_MAX, 0);
    return;
  }
  unsigned shard = p4j_shard();
  unsigned ticket = p4j_enter(shard);
  uint32_t stack = put_frames(jni, writer, frames, count);
  p4j_leave(shard, ticket);
  put_thread(writer, stack, thread_state);
}

/* The stacks of the given threads, platform or virtual, one after the other. */
jbyteArray JNICALL p4j_stacks_of(JNIEnv *jni, jclass self, jobjectArray threads, jint depth) {
  (void)self;
  stack_writer writer;
  begin(&writer);
  jsize count = (*jni)->GetArrayLength(jni, threads);
  for (jsize i = 0; i < count; i++) {
    jthread thread = (*jni)->GetObjectArrayElement(jni, threads, i);
    if (thread == NULL) {
      put_thread(&writer, UINT32_MAX, 0);
      continue;
    }
    put_stack_of(jni, &writer, thread, limit_depth(depth));
    (*jni)->DeleteLocalRef(jni, thread);
  }
  return finish(jni, &writer);
}

/* JNI does not know module boundaries: the Lookup that may see everything in the JDK. */
jobject JNICALL p4j_trusted_lookup(JNIEnv *jni, jclass self) {
  (void)self;
  jclass lookup = (*jni)->FindClass(jni, "java/lang/invoke/MethodHandles$Lookup");
  if (lookup == NULL) return NULL;
  jfieldID trusted = (*jni)->GetStaticFieldID(jni, lookup, "IMPL_LOOKUP",
                                              "Ljava/lang/invoke/MethodHandles$Lookup;");
  return trusted == NULL ? NULL : (*jni)->GetStaticObjectField(jni, lookup, trusted);
}
