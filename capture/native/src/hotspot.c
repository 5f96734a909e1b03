// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "hotspot.h"

#include <stdatomic.h>
#include <string.h>

#include "codeheap.h"
#include "jvm.h"
#include "jvmthread.h"
#include "perfcounter.h"
#include "vmstructs.h"

/* The frames of the interpreter are known (fingerprint.c), and tried, on this processor alone. */
#ifdef __x86_64__
#define IS_KNOWN_PROCESSOR true
#else
#define IS_KNOWN_PROCESSOR false
#endif

static struct {
  p4j_code code;
  /* Bytes from the JVM's thread structure. */
  int64_t stack_base;
  int64_t anchor;
  /* Bytes from the anchor. */
  int64_t last_sp;
  int64_t last_fp;
  int64_t last_pc;
  const _Atomic int64_t *unloaded;
} hotspot;

static _Atomic bool is_known;

/* ---- Generated code ---- */

static void widen(p4j_range *range, uintptr_t low, uintptr_t size) {
  uintptr_t end = range->low + range->size;
  if (range->size == 0 || low < range->low) range->low = low;
  if (end < low + size) end = low + size;
  range->size = end - range->low;
}

static void JNICALL on_generated_code(jvmtiEnv *jvmti, const char *name, const void *address,
                                      jint length) {
  (void)jvmti;
  if (length <= 0) return;
  if (strcmp(name, "Interpreter") == 0) {
    widen(&hotspot.code.interpreter, (uintptr_t)address, (uintptr_t)length);
  } else if (strstr(name, "return barrier") != NULL || strstr(name, "returnBarrier") != NULL) {
    widen(&hotspot.code.return_barrier, (uintptr_t)address, (uintptr_t)length);
  }
}

void p4j_hotspot_callbacks(jvmtiEventCallbacks *callbacks) {
  callbacks->DynamicCodeGenerated = on_generated_code;
}

/* The JVM tells on this thread what it has generated. */
static void find_generated_code(void) {
  const jvmtiEvent event = JVMTI_EVENT_DYNAMIC_CODE_GENERATED;
  if ((*p4j_jvmti)->SetEventNotificationMode(p4j_jvmti, JVMTI_ENABLE, event, NULL) != 0) return;
  (void)(*p4j_jvmti)->GenerateEvents(p4j_jvmti, event);
  (void)(*p4j_jvmti)->SetEventNotificationMode(p4j_jvmti, JVMTI_DISABLE, event, NULL);
}

/* Without it more of the stack is read. */
static void find_entry(const p4j_vmstructs *structs) {
  int64_t anchor;
  int64_t last_sp;
  if (p4j_vm_offset(structs, "JavaCallWrapper", "_anchor", &anchor) &&
      p4j_vm_offset(structs, "JavaFrameAnchor", "_last_Java_sp", &last_sp)) {
    hotspot.code.entry_top = (uint64_t)(anchor + last_sp);
    (void)p4j_vm_static(structs, "StubRoutines", "_call_stub_return_address",
                        &hotspot.code.entry);
  }
}

static bool find_code(const p4j_vmstructs *structs) {
  uintptr_t low;
  uintptr_t high;
  if (!p4j_vm_static(structs, "CodeCache", "_low_bound", &low) ||
      !p4j_vm_static(structs, "CodeCache", "_high_bound", &high) || high <= low) {
    return false;
  }
  hotspot.code.all = (p4j_range){low, high - low};
  hotspot.code.frame_words = p4j_frame_words;
  find_generated_code();
  find_entry(structs);
  bool has_virtual_threads = p4j_vm_has(structs, "JavaThread", "_vthread");
  return p4j_is_in(hotspot.code.all, hotspot.code.interpreter.low) &&
         (!has_virtual_threads || hotspot.code.return_barrier.size != 0) &&
         p4j_codeheap_look(structs);
}

const p4j_code *p4j_hotspot_code(void) { return &hotspot.code; }

/* ---- A thread ---- */

static uintptr_t word_at(const char *base, int64_t offset) {
  return *(const uintptr_t *)(const void *)(base + offset);
}

static p4j_machine_stack stack_of(const char *thread) {
  const char *anchor = thread + hotspot.anchor;
  return (p4j_machine_stack){
      .top = (const uintptr_t *)word_at(anchor, hotspot.last_sp),
      .base = (const uintptr_t *)word_at(thread, hotspot.stack_base),
      .frame_pointer = word_at(anchor, hotspot.last_fp),
      .pc = word_at(anchor, hotspot.last_pc),
  };
}

/* Whether the frames of Java are on the current thread's stack, older than the caller's `local`. */
static bool is_ours(const p4j_machine_stack *stack, const void *local) {
  return (uintptr_t)stack->top % sizeof(uintptr_t) == 0 && (const void *)stack->top > local &&
         stack->top < stack->base;
}

static bool find_thread(JNIEnv *jni, const p4j_vmstructs *structs) {
  if (!p4j_vm_offset(structs, "JavaThread", "_anchor", &hotspot.anchor) ||
      !p4j_vm_offset(structs, "JavaThread", "_stack_base", &hotspot.stack_base) ||
      !p4j_vm_offset(structs, "JavaFrameAnchor", "_last_Java_sp", &hotspot.last_sp) ||
      !p4j_vm_offset(structs, "JavaFrameAnchor", "_last_Java_fp", &hotspot.last_fp) ||
      !p4j_vm_offset(structs, "JavaFrameAnchor", "_last_Java_pc", &hotspot.last_pc)) {
    return false;
  }
  /* This thread has called us from Java: all that was found must fit what it looks like. */
  p4j_machine_stack stack = stack_of(p4j_jvmthread(jni));
  return is_ours(&stack, &stack) &&
         p4j_is_in(hotspot.code.all, stack.pc == 0 ? stack.top[-1] : stack.pc);
}

void p4j_hotspot_look(JNIEnv *jni) {
  static bool has_looked;
  if (has_looked || !IS_KNOWN_PROCESSOR || p4j_jvmthread(jni) == NULL) return;
  has_looked = true;
  p4j_vmstructs structs;
  if (!p4j_vmstructs_find((const void *)(*p4j_jvmti)->GetStackTrace, &structs)) return;
  hotspot.unloaded = p4j_perf_counter(&structs, "java.cls.unloadedClasses");
  if (hotspot.unloaded == NULL || !find_code(&structs) || !find_thread(jni, &structs)) return;
  atomic_store(&is_known, true);
}

bool p4j_hotspot_is_known(void) {
  return atomic_load_explicit(&is_known, memory_order_acquire);
}

int64_t p4j_hotspot_unloaded(void) { return atomic_load(hotspot.unloaded); }

bool p4j_hotspot_stack(JNIEnv *jni, p4j_machine_stack *stack) {
  if (!p4j_hotspot_is_known()) return false;
  *stack = stack_of(p4j_jvmthread(jni));
  return is_ours(stack, stack);
}
