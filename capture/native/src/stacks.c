// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>

#include "grace.h"
#include "hotspot.h"
#include "jvm.h"
#include "jvmthread.h"
#include "names.h"

/*
 * Stacks of threads for the threads engine. Equal stacks are written once: a hundred thousand
 * virtual threads usually wait in a handful of places. So a stack is first looked for as the JVM
 * gave it, and its methods and lines are only asked for when it is new.
 */

/* So many platform threads are stopped together, for some milliseconds. */
#define STOPPED_TOGETHER 256

typedef struct {
  uint64_t hash;
  size_t offset; /* in `bytes` of the table */
  uint32_t length;
  uint32_t number; /* plus 1; 0 is a free slot */
} known_stack;

/* Runs of bytes, each with a number. */
typedef struct {
  p4j_buffer bytes;
  known_stack *known;
  uint32_t capacity; /* a power of two */
  uint32_t count;
} stack_table;

typedef struct {
  stack_table raw; /* frames of the JVM; the number is that of the stack in `stacks` */
  stack_table stacks; /* as Java reads them: frame count, and per frame method and line */
  p4j_buffer threads; /* rows of (stack or -1, JVMTI thread state) */
  uint32_t thread_count;
} stack_writer;

static bool grow(stack_table *table) {
  uint32_t capacity = table->capacity == 0 ? 1024 : table->capacity * 2;
  known_stack *known = calloc(capacity, sizeof *known);
  if (known == NULL) return false;
  for (uint32_t i = 0; i < table->capacity; i++) {
    if (table->known[i].number == 0) continue;
    uint32_t slot = (uint32_t)table->known[i].hash & (capacity - 1);
    while (known[slot].number != 0) slot = (slot + 1) & (capacity - 1);
    known[slot] = table->known[i];
  }
  free(table->known);
  table->known = known;
  table->capacity = capacity;
  return true;
}

static uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
  return hash ^ hash >> 32;
}

/* The length is a multiple of four. */
static uint64_t hash_of(const unsigned char *bytes, uint32_t length) {
  uint64_t hash = length;
  uint32_t at = 0;
  for (; at + 8 <= length; at += 8) {
    uint64_t word;
    memcpy(&word, bytes + at, sizeof word);
    hash = mix(hash, word);
  }
  uint32_t rest = 0;
  memcpy(&rest, bytes + at, length - at);
  return mix(hash, rest);
}

/* The entry of a run of bytes, with number 0 if it is new; NULL when memory is missing. */
static known_stack *entry_of(stack_table *table, const void *run, uint32_t length) {
  if (table->count * 2 >= table->capacity && !grow(table)) table->bytes.is_broken = true;
  if (table->bytes.is_broken) return NULL;
  uint64_t hash = hash_of(run, length);
  uint32_t slot = (uint32_t)hash & (table->capacity - 1);
  for (; table->known[slot].number != 0; slot = (slot + 1) & (table->capacity - 1)) {
    known_stack *known = &table->known[slot];
    if (known->hash == hash && known->length == length &&
        memcmp(table->bytes.bytes + known->offset, run, length) == 0) {
      return known;
    }
  }
  table->known[slot] = (known_stack){hash, table->bytes.count, length, 0};
  p4j_put(&table->bytes, run, length);
  return table->bytes.is_broken ? NULL : &table->known[slot];
}

static uint32_t resolve(JNIEnv *jni, stack_table *stacks, const jvmtiFrameInfo *frames,
                        jint count) {
  uint32_t run[1 + 2 * P4J_MAX_DEPTH];
  uint32_t length = 0;
  run[length++] = (uint32_t)count;
  unsigned shard = p4j_shard();
  unsigned ticket = p4j_enter(shard);
  for (jint i = 0; i < count; i++) {
    uint32_t method = p4j_resolve(jni, frames[i].method);
    run[length++] = method;
    run[length++] = p4j_line_of(p4j_method_at(method), (int32_t)frames[i].location);
  }
  p4j_leave(shard, ticket);
  known_stack *known = entry_of(stacks, run, length * (uint32_t)sizeof *run);
  if (known == NULL) return 0;
  if (known->number == 0) known->number = ++stacks->count;
  return known->number - 1;
}

/* The number of a stack; 0 when memory is missing, which the writer remembers. */
static uint32_t number_of(JNIEnv *jni, stack_writer *writer, const jvmtiFrameInfo *frames,
                          jint count) {
  uint32_t length = (uint32_t)count * (uint32_t)sizeof *frames;
  known_stack *known = entry_of(&writer->raw, frames, length);
  if (known == NULL) return 0;
  if (known->number == 0) {
    writer->raw.count++;
    known->number = resolve(jni, &writer->stacks, frames, count) + 1;
  }
  return known->number - 1;
}

static void put_thread(stack_writer *writer, uint32_t stack, jint thread_state) {
  p4j_put32(&writer->threads, stack);
  p4j_put32(&writer->threads, (uint32_t)thread_state);
  writer->thread_count++;
}

/* The number of stacks, the stacks, the number of threads, the threads (ThreadStacks.java). */
static jintArray finish(JNIEnv *jni, stack_writer *writer) {
  p4j_buffer out = {0};
  p4j_put32(&out, writer->stacks.count);
  p4j_put(&out, writer->stacks.bytes.bytes, writer->stacks.bytes.count);
  p4j_put32(&out, writer->thread_count);
  p4j_put(&out, writer->threads.bytes, writer->threads.count);
  out.is_broken = out.is_broken || writer->raw.bytes.is_broken ||
                  writer->stacks.bytes.is_broken || writer->threads.is_broken;
  p4j_buffer_free(&writer->raw.bytes);
  p4j_buffer_free(&writer->stacks.bytes);
  p4j_buffer_free(&writer->threads);
  free(writer->raw.known);
  free(writer->stacks.known);
  return p4j_to_ints(jni, &out);
}

static jint limit_depth(jint depth) {
  return depth < 1 ? 1 : depth > P4J_MAX_DEPTH ? P4J_MAX_DEPTH : depth;
}

static jobjectArray to_array(JNIEnv *jni, const jthread *threads, jint count) {
  jclass thread_class = (*jni)->FindClass(jni, "java/lang/Thread");
  if (thread_class == NULL) return NULL;
  jobjectArray array = (*jni)->NewObjectArray(jni, count, thread_class, NULL);
  for (jint i = 0; array != NULL && i < count; i++) {
    (*jni)->SetObjectArrayElement(jni, array, i, threads[i]);
  }
  return array;
}

/* False when the JVM refuses. A thread that has ended since it was listed has no stack. */
static bool put_stacks(JNIEnv *jni, stack_writer *writer, const jthread *threads, jint count,
                       jint depth) {
  jvmtiStackInfo *infos = NULL;
  if ((*p4j_jvmti)->GetThreadListStackTraces(p4j_jvmti, count, threads, depth, &infos) != 0) {
    return false;
  }
  for (jint i = 0; i < count; i++) {
    bool is_alive = (infos[i].state & JVMTI_THREAD_STATE_ALIVE) != 0;
    uint32_t stack =
        is_alive ? number_of(jni, writer, infos[i].frame_buffer, infos[i].frame_count)
                 : UINT32_MAX;
    put_thread(writer, stack, infos[i].state);
  }
  (*p4j_jvmti)->Deallocate(p4j_jvmti, (unsigned char *)infos);
  return true;
}

/* NULL when the JVM refuses, or with an exception pending. */
static jintArray stacks_in_groups(JNIEnv *jni, const jthread *threads, jint count, jint depth) {
  stack_writer writer = {0};
  bool are_told = true;
  for (jint at = 0; are_told && at < count; at += STOPPED_TOGETHER) {
    jint group = count - at < STOPPED_TOGETHER ? count - at : STOPPED_TOGETHER;
    are_told = put_stacks(jni, &writer, threads + at, group, depth);
  }
  jintArray stacks = finish(jni, &writer);
  return are_told ? stacks : NULL;
}

/* { Thread[], int[] } of all platform threads, or NULL when the JVM refuses. */
jobjectArray JNICALL p4j_all_stacks(JNIEnv *jni, jclass self, jint depth) {
  (void)self;
  jthread *threads = NULL;
  jint count = 0;
  if ((*p4j_jvmti)->GetAllThreads(p4j_jvmti, &count, &threads) != 0) return NULL;
  jclass object = (*jni)->FindClass(jni, "java/lang/Object");
  jobjectArray pair = object == NULL ? NULL : (*jni)->NewObjectArray(jni, 2, object, NULL);
  jobjectArray array = pair == NULL ? NULL : to_array(jni, threads, count);
  jintArray stacks =
      array == NULL ? NULL : stacks_in_groups(jni, threads, count, limit_depth(depth));
  for (jint i = 0; i < count; i++) (*jni)->DeleteLocalRef(jni, threads[i]);
  (*p4j_jvmti)->Deallocate(p4j_jvmti, (unsigned char *)threads);
  if (stacks == NULL) return NULL;
  (*jni)->SetObjectArrayElement(jni, pair, 0, array);
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
  put_thread(writer, number_of(jni, writer, frames, count), thread_state);
}

/* The stacks of the given threads, platform or virtual, one after the other. */
jintArray JNICALL p4j_stacks_of(JNIEnv *jni, jclass self, jobjectArray threads, jint depth) {
  (void)self;
  stack_writer writer = {0};
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

/*
 * Where the JVM has its generated code: { address, bytes }. NULL where the frames of that are not
 * known, and on a virtual thread that asks before others did.
 */
jlongArray JNICALL p4j_generated_code(JNIEnv *jni, jclass self) {
  (void)self;
  if (p4j_jvmthread_look(jni)) p4j_hotspot_look(jni);
  if (!p4j_hotspot_is_known()) return NULL;
  const p4j_range all = p4j_hotspot_code()->all;
  const jlong range[] = {(jlong)all.low, (jlong)all.size};
  return p4j_longs(jni, range, sizeof range / sizeof *range);
}

/* As p4j_frame_words; 0 of the interpreter's frames, and before p4j_generated_code found any. */
jint JNICALL p4j_frame_words_at(JNIEnv *jni, jclass self, jlong pc) {
  (void)jni;
  (void)self;
  if (!p4j_hotspot_is_known()) return 0;
  const p4j_code *code = p4j_hotspot_code();
  bool is_interpreted = p4j_is_in(code->interpreter, (uintptr_t)pc);
  /* Here the youngest frame may be about to be interpreted, too. */
  return is_interpreted ? 0 : (jint)code->frame_words((uintptr_t)pc, false);
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
