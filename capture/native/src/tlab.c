// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "tlab.h"

#include <stdatomic.h>
#include <stdint.h>

#include "jvm.h"
#include "jvmthread.h"
#include "vmstructs.h"

/* Bytes from the JVM's thread structure. */
static struct {
  int64_t start;
  int64_t top;
  int64_t end;
  int64_t desired;
  int64_t waste_limit;
  int64_t counted;
  int64_t buffers;
  int64_t outside;
  int64_t allocated;
} at;

static _Atomic bool is_known;

static bool find(const p4j_vmstructs *structs, const char *field, int64_t *offset) {
  return p4j_vm_offset(structs, "ThreadLocalAllocBuffer", field, offset);
}

/*
 * The tables do not have _bytes_since_last_sample_point. It lies between two that they have, with
 * one more word; where the JVM counts otherwise (JDK-8356372), it is gone.
 */
static bool find_counted(void) {
  const int64_t word = 8;
  at.counted = at.waste_limit + 2 * word;
  return at.waste_limit == at.desired + word && at.buffers == at.counted + word;
}

static bool find_all(const p4j_vmstructs *structs) {
  int64_t tlab;
  if (!p4j_vm_offset(structs, "Thread", "_tlab", &tlab) ||
      !p4j_vm_offset(structs, "Thread", "_allocated_bytes", &at.allocated) ||
      !find(structs, "_start", &at.start) || !find(structs, "_top", &at.top) ||
      !find(structs, "_end", &at.end) || !find(structs, "_desired_size", &at.desired) ||
      !find(structs, "_refill_waste_limit", &at.waste_limit) ||
      !find(structs, "_number_of_refills", &at.buffers) ||
      !find(structs, "_slow_allocations", &at.outside) || !find_counted()) {
    return false;
  }
  int64_t *offsets[] = {&at.start,   &at.top,     &at.end,    &at.desired, &at.waste_limit,
                        &at.counted, &at.buffers, &at.outside};
  for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) *offsets[i] += tlab;
  return true;
}

void p4j_tlab_look(void) {
  static bool has_looked;
  p4j_vmstructs structs;
  if (has_looked) return;
  has_looked = true;
  if (sizeof(void *) != 8) return;
  if (!p4j_vmstructs_find((const void *)(*p4j_jvmti)->GetStackTrace, &structs)) return;
  if (find_all(&structs)) atomic_store(&is_known, true);
}

static uint64_t word(const char *thread, int64_t offset) {
  return *(const uint64_t *)(const void *)(thread + offset);
}

static uint32_t half_word(const char *thread, int64_t offset) {
  return *(const uint32_t *)(const void *)(thread + offset);
}

bool p4j_tlab_read(JNIEnv *jni, p4j_tlab *tlab) {
  const uint64_t heap_word = 8;
  if (!atomic_load_explicit(&is_known, memory_order_acquire)) return false;
  const char *thread = p4j_jvmthread(jni);
  if (thread == NULL) return false;
  uint64_t start = word(thread, at.start);
  uint64_t top = word(thread, at.top);
  *tlab = (p4j_tlab){
      .start = start,
      .top = top,
      .end = word(thread, at.end),
      .desired = word(thread, at.desired) * heap_word,
      .waste_limit = word(thread, at.waste_limit) * heap_word,
      .counted = word(thread, at.counted),
      .allocated = word(thread, at.allocated) + (top - start),
      .buffers = half_word(thread, at.buffers),
      .outside = half_word(thread, at.outside),
  };
  return true;
}
