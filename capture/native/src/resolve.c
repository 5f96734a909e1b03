// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "jvm.h"
#include "memory.h"
#include "names.h"

#define NAME_CAPACITY 1024
#define MAX_LINES 65535

/* A method seen for the first time, whose class Java shall be asked where it came from. */
typedef struct pending {
  struct pending *next;
  uint32_t method;
  jobject declaring_class; /* strong, so that the class is not unloaded before it was asked */
} pending;

static pending *_Atomic new_methods;

/* What JVMTI handed out for a method, to be given back. */
typedef struct {
  jclass declaring_class;
  char *signature;
  char *name;
  char *descriptor;
  char *source;
  jvmtiLineNumberEntry *table;
  jint table_count;
  p4j_line *lines;
} method_data;

static bool is_weak_dead(void *context, void *reference) {
  JNIEnv *jni = context;
  return (*jni)->IsSameObject(jni, reference, NULL);
}

static void release_weak(void *context, void *reference) {
  JNIEnv *jni = context;
  if (reference != NULL) (*jni)->DeleteWeakGlobalRef(jni, reference);
}

p4j_references p4j_weak_references(JNIEnv *jni) {
  return (p4j_references){jni, is_weak_dead, release_weak};
}

/* Every answer may be missing: natives have no lines, odd classes no source, dead ones nothing. */
static bool fetch(method_data *data, jmethodID id) {
  if ((*p4j_jvmti)->GetMethodDeclaringClass(p4j_jvmti, id, &data->declaring_class) != 0 ||
      data->declaring_class == NULL) {
    data->declaring_class = NULL;
    return false;
  }
  if ((*p4j_jvmti)->GetMethodName(p4j_jvmti, id, &data->name, &data->descriptor, NULL) != 0) {
    data->name = data->descriptor = NULL;
    return false;
  }
  jclass holder = data->declaring_class;
  if ((*p4j_jvmti)->GetClassSignature(p4j_jvmti, holder, &data->signature, NULL) != 0) {
    data->signature = NULL;
    return false;
  }
  if ((*p4j_jvmti)->GetSourceFileName(p4j_jvmti, holder, &data->source) != 0) data->source = NULL;
  if ((*p4j_jvmti)->GetLineNumberTable(p4j_jvmti, id, &data->table_count, &data->table) != 0) {
    data->table = NULL;
    data->table_count = 0;
  }
  return data->signature != NULL && data->name != NULL && data->descriptor != NULL;
}

static int by_bci(const void *a, const void *b) {
  return (int)((const p4j_line *)a)->bci - (int)((const p4j_line *)b)->bci;
}

/* The table's order is not specified; byte code offsets and lines are unsigned 16-bit numbers. */
static uint32_t pack_lines(method_data *data) {
  jint count = data->table_count;
  if (count <= 0 || count > MAX_LINES) return 0;
  data->lines = malloc((size_t)count * sizeof *data->lines);
  if (data->lines == NULL) return 0;
  bool is_sorted = true;
  for (jint i = 0; i < count; i++) {
    uint16_t bci = (uint16_t)data->table[i].start_location;
    data->lines[i] = (p4j_line){bci, (uint16_t)data->table[i].line_number};
    is_sorted = is_sorted && (i == 0 || data->lines[i - 1].bci <= bci);
  }
  if (!is_sorted) qsort(data->lines, (size_t)count, sizeof *data->lines, by_bci);
  return (uint32_t)count;
}

static void give_back(JNIEnv *jni, method_data *data) {
  void *memory[] = {data->signature, data->name, data->descriptor, data->source, data->table};
  for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) {
    if (memory[i] != NULL) (*p4j_jvmti)->Deallocate(p4j_jvmti, memory[i]);
  }
  free(data->lines);
  if (data->declaring_class != NULL) (*jni)->DeleteLocalRef(jni, data->declaring_class);
}

static uint32_t intern(method_data *data, int *is_new) {
  char class_name[NAME_CAPACITY];
  p4j_normalise_class(data->signature, class_name, sizeof class_name);
  uint32_t line_count = pack_lines(data);
  return p4j_intern_method(
      &(p4j_method_facts){class_name, data->name, data->descriptor,
                          data->source == NULL ? "" : data->source, data->lines, line_count},
      is_new);
}

static void ask_later(JNIEnv *jni, uint32_t method, jclass declaring_class) {
  pending *added = p4j_alloc(sizeof *added);
  if (added == NULL) return;
  added->method = method;
  added->declaring_class = (*jni)->NewGlobalRef(jni, declaring_class);
  if (added->declaring_class == NULL) {
    (*jni)->ExceptionClear(jni);
    p4j_free(added, sizeof *added);
    return;
  }
  added->next = atomic_load(&new_methods);
  while (!atomic_compare_exchange_weak(&new_methods, &added->next, added)) {
  }
}

static void remember_id(JNIEnv *jni, jmethodID id, uint32_t method, jclass declaring_class) {
  jweak weak = (*jni)->NewWeakGlobalRef(jni, declaring_class);
  if (weak == NULL) { /* out of memory: resolve it again next time */
    (*jni)->ExceptionClear(jni);
    return;
  }
  if (!p4j_ids_add((uintptr_t)id, method, weak)) (*jni)->DeleteWeakGlobalRef(jni, weak);
}

uint32_t p4j_resolve(JNIEnv *jni, jmethodID id) {
  uint32_t method = p4j_ids_find((uintptr_t)id);
  if (method != 0) return method;
  method_data data = {0};
  int is_new = 0;
  if (fetch(&data, id)) method = intern(&data, &is_new);
  if (method != 0) {
    if (is_new) ask_later(jni, method, data.declaring_class);
    remember_id(jni, id, method, data.declaring_class);
  }
  give_back(jni, &data);
  return method;
}

uint32_t p4j_method_beyond_budget(void) {
  static _Atomic uint32_t method;
  uint32_t known = atomic_load(&method);
  if (known == 0) {
    int is_new;
    known = p4j_intern_method(
        &(p4j_method_facts){"", "stacks beyond the memory budget", "", "", NULL, 0}, &is_new);
    atomic_store(&method, known);
  }
  return known;
}

bool p4j_has_new_methods(void) { return atomic_load(&new_methods) != NULL; }

/* { int[] methods, Class[] declaring classes } of the methods seen first since the last call. */
jobjectArray JNICALL p4j_new_methods(JNIEnv *jni, jclass self) {
  (void)self;
  pending *taken = atomic_exchange(&new_methods, NULL);
  if (taken == NULL) return NULL;
  jsize count = 0;
  for (pending *at = taken; at != NULL; at = at->next) count++;
  jclass object = (*jni)->FindClass(jni, "java/lang/Object");
  jclass class_class = object == NULL ? NULL : (*jni)->FindClass(jni, "java/lang/Class");
  jobjectArray pair = class_class == NULL ? NULL : (*jni)->NewObjectArray(jni, 2, object, NULL);
  jintArray numbers = pair == NULL ? NULL : (*jni)->NewIntArray(jni, count);
  jobjectArray classes =
      numbers == NULL ? NULL : (*jni)->NewObjectArray(jni, count, class_class, NULL);
  jsize index = 0;
  for (pending *at = taken; at != NULL; index++) {
    if (classes != NULL) {
      jint method = (jint)at->method;
      (*jni)->SetIntArrayRegion(jni, numbers, index, 1, &method);
      (*jni)->SetObjectArrayElement(jni, classes, index, at->declaring_class);
    }
    (*jni)->DeleteGlobalRef(jni, at->declaring_class);
    pending *done = at;
    at = at->next;
    p4j_free(done, sizeof *done);
  }
  if (classes == NULL) return NULL; /* with OutOfMemoryError pending */
  (*jni)->SetObjectArrayElement(jni, pair, 0, numbers);
  (*jni)->SetObjectArrayElement(jni, pair, 1, classes);
  return pair;
}

/* Strings and methods numbered from the given ones on; the format is in CodeTable.java. */
jbyteArray JNICALL p4j_names(JNIEnv *jni, jclass self, jint from_string, jint from_method) {
  (void)self;
  p4j_buffer out = {0};
  uint32_t method_count = p4j_method_count(); /* before the strings, which its methods name */
  uint32_t string_count = p4j_string_count();
  p4j_put32(&out, string_count - (uint32_t)from_string);
  for (uint32_t string = (uint32_t)from_string; string < string_count; string++) {
    const char *text = p4j_string_at(string);
    size_t length = strlen(text);
    p4j_put32(&out, (uint32_t)length);
    p4j_put(&out, text, length);
  }
  p4j_put32(&out, method_count - (uint32_t)from_method);
  for (uint32_t number = (uint32_t)from_method; number < method_count; number++) {
    const p4j_method *method = p4j_method_at(number);
    uint32_t row[] = {method->class_name, method->name, method->descriptor, method->source,
                      method->start_line};
    p4j_put(&out, row, sizeof row);
  }
  return p4j_to_java(jni, &out);
}
