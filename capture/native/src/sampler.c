// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdatomic.h>
#include <time.h>

#include "buckets.h"
#include "canaries.h"
#include "control.h"
#include "counters.h"
#include "current.h"
#include "estimate.h"
#include "grace.h"
#include "hotspot.h"
#include "jvm.h"
#include "jvmthread.h"
#include "live.h"
#include "memo.h"
#include "memory.h"
#include "meter.h"
#include "names.h"
#include "shapes.h"
#include "tlab.h"

/*
 * The heap sampler: what happens at a sample, and what its thread does in between.
 *
 * on_sample runs on the allocating thread. It takes no lock over a call of the JVM, and shares with
 * other threads nothing but atomic counters, lock-free tables and its shard's list of new samples.
 * All other functions are called from Java under one lock of the Java side (NativeSampler.java), so
 * starting, stopping, sweeping and reading exclude each other, but none of them excludes on_sample.
 *
 * Which weight a sample has. The JVM draws a thread's distance to the next sample when it starts
 * the thread and after each sample, with the interval then in force. So a sample's weight is that
 * of the interval at the *previous* draw of its thread, which each thread remembers: changes of the
 * interval do not bias the estimate.
 */

/* The interval of a JVM in which nobody set one (JVMTI, SetHeapSamplingInterval). */
#define JVM_INTERVAL (512u << 10)
/* So often a stack is walked where it is recognised: a prime, so that walks are clocked like others. */
#define WALK_EVERY 251
#define CANARY_NANOS 250000000
#define STOP_MILLIS 5000

enum { OFF, RUNNING, DYING };

typedef struct {
  uint32_t drawn_interval; /* 0: this thread is older than the library */
  bool is_inside;
  p4j_tlab_history tlabs;
} thread_state;

static _Thread_local thread_state this_thread;
static _Atomic int state;
static _Atomic uint32_t interval_now;
static _Atomic int depth_now;
static _Atomic bool is_beyond_budget;
static _Atomic bool recognises;

/* Below: only under the lock of the Java side. */
static p4j_control control = {.credit_nanos = P4J_MOST_CREDIT_NANOS}; /* once in a JVM's life */
static uint32_t swept_collection;
static int64_t swept_references;
static int64_t retired_ids;
static int64_t last_canary;
static uint32_t reference_interval; /* the last one wished that is not 0 */
static bool owns_capability;

/* ---- A sample ---- */

/* The bucket of this thread's stack and labels; NULL when memory is missing. */
static p4j_bucket *current_bucket(JNIEnv *jni, uint64_t size, bool must_walk) {
  p4j_asked asked = {
      .depth = atomic_load_explicit(&depth_now, memory_order_relaxed),
      .is_full = atomic_load_explicit(&is_beyond_budget, memory_order_relaxed),
      .may_recognise = atomic_load_explicit(&recognises, memory_order_relaxed),
      .must_walk = must_walk,
  };
  p4j_current current = p4j_current_bucket(jni, size, &asked);
  if (asked.is_full) p4j_add(P4J_BEYOND_BUDGET, 1);
  if (current.is_lost) p4j_add(P4J_LOST, 1);
  if (current.is_truncated) p4j_add(P4J_TRUNCATED, 1);
  if (current.is_recognised) p4j_add(P4J_RECOGNISED, 1);
  if (current.is_mistaken) p4j_add(P4J_MISTAKEN, 1);
  return current.bucket;
}

static void track(JNIEnv *jni, jobject object, p4j_bucket *bucket, float weight,
                  uint64_t size) {
  /* A canary counted from here on is younger than the object. */
  uint32_t stamp = p4j_canary_stamp();
  jweak reference = (*jni)->NewWeakGlobalRef(jni, object);
  if (reference == NULL) {
    (*jni)->ExceptionClear(jni);
    p4j_add(P4J_NOT_TRACKED, 1);
  } else if (!p4j_live_add(p4j_shard(), reference, bucket, weight, size, stamp)) {
    (*jni)->DeleteWeakGlobalRef(jni, reference);
    p4j_add(P4J_NOT_TRACKED, 1);
  }
}

/* A local reference is the address of the object's own. */
static p4j_exposure exposure_of(JNIEnv *jni, jobject object, uint64_t size) {
  p4j_tlab tlab;
  if (!p4j_tlab_read(jni, &tlab)) return p4j_exposure_of_size(size);
  uintptr_t address = *(const uintptr_t *)(const void *)object;
  return p4j_exposure_of(&this_thread.tlabs, &tlab, address, size);
}

static void record(JNIEnv *jni, jobject object, uint64_t size, bool must_walk) {
  uint32_t drawn = this_thread.drawn_interval;
  this_thread.drawn_interval = atomic_load_explicit(&interval_now, memory_order_relaxed);
  p4j_exposure exposure = exposure_of(jni, object, size);
  float weight = (float)p4j_weight(&exposure, drawn == 0 ? JVM_INTERVAL : drawn);
  p4j_bucket *bucket = current_bucket(jni, size, must_walk);
  if (bucket == NULL) {
    p4j_add(P4J_LOST, 1);
    return;
  }
  p4j_count(&bucket->allocated, size, weight, 1);
  track(jni, object, bucket, weight, size);
}

static void record_and_meter(JNIEnv *jni, jobject object, uint64_t size) {
  int64_t number = p4j_add(P4J_SAMPLES, 1);
  bool must_walk = number % WALK_EVERY == 0;
  /* Not the first one: it resolves a stack of methods, and would be taken for the rule. */
  if (!p4j_meter_clocks(number)) {
    record(jni, object, size, must_walk);
    return;
  }
  int64_t start = p4j_clock(CLOCK_THREAD_CPUTIME_ID);
  record(jni, object, size, must_walk);
  p4j_add(P4J_CLOCKED_NANOS, p4j_clock(CLOCK_THREAD_CPUTIME_ID) - start);
  p4j_add(P4J_CLOCKED, 1);
}

static void JNICALL on_sample(jvmtiEnv *jvmti, JNIEnv *jni, jthread thread, jobject object,
                              jclass object_class, jlong size) {
  (void)jvmti;
  (void)thread;
  (void)object_class;
  if (this_thread.is_inside || size <= 0) return;
  int saved_errno = errno;
  this_thread.is_inside = true;
  unsigned shard = p4j_shard();
  unsigned ticket = p4j_enter(shard);
  /* Asked inside: who stops the sampler changes the state first and then waits for readers. */
  if (atomic_load(&state) == RUNNING) record_and_meter(jni, object, (uint64_t)size);
  p4j_leave(shard, ticket);
  this_thread.is_inside = false;
  errno = saved_errno;
}

/* The JVM has just made this thread's first draw. */
static void JNICALL on_thread_start(jvmtiEnv *jvmti, JNIEnv *jni, jthread thread) {
  (void)jvmti;
  (void)jni;
  (void)thread;
  uint32_t interval = atomic_load_explicit(&interval_now, memory_order_relaxed);
  this_thread.drawn_interval = interval == 0 ? JVM_INTERVAL : interval;
}

void p4j_sampler_callbacks(jvmtiEventCallbacks *callbacks) {
  callbacks->SampledObjectAlloc = on_sample;
  callbacks->ThreadStart = on_thread_start;
}

void p4j_sampler_die(void) { atomic_store(&state, DYING); }

/* ---- Starting and stopping ---- */

static jvmtiError notify(jvmtiEventMode mode, jvmtiEvent event) {
  return (*p4j_jvmti)->SetEventNotificationMode(p4j_jvmti, mode, event, NULL);
}

static const jvmtiCapabilities sampling = {.can_generate_sampled_object_alloc_events = 1};

/* Hands the capability back with the JVM's own interval, which later draws will then have. */
static void release_capability(void) {
  if (!owns_capability) return;
  notify(JVMTI_DISABLE, JVMTI_EVENT_SAMPLED_OBJECT_ALLOC);
  (*p4j_jvmti)->SetHeapSamplingInterval(p4j_jvmti, (jint)JVM_INTERVAL);
  atomic_store(&interval_now, JVM_INTERVAL);
  (*p4j_jvmti)->RelinquishCapabilities(p4j_jvmti, &sampling);
  owns_capability = false;
}

/* Puts the interval in force; 0 switches the events off and keeps everything else. */
static jvmtiError apply_interval(uint32_t interval) {
  if (interval == 0) return notify(JVMTI_DISABLE, JVMTI_EVENT_SAMPLED_OBJECT_ALLOC);
  /* JVMTI calls "every allocation" 0, where Go says 1. */
  jint argument = interval == 1 ? 0 : (jint)interval;
  jvmtiError error = (*p4j_jvmti)->SetHeapSamplingInterval(p4j_jvmti, argument);
  if (error != 0) return error;
  atomic_store(&interval_now, interval);
  return notify(JVMTI_ENABLE, JVMTI_EVENT_SAMPLED_OBJECT_ALLOC);
}

static void wish(uint32_t interval) {
  p4j_control_wish(&control, interval);
  if (interval != 0) reference_interval = interval;
}

static jvmtiError begin(uint32_t interval) {
  jvmtiError error = (*p4j_jvmti)->AddCapabilities(p4j_jvmti, &sampling);
  if (error != 0) return error; /* 98: another agent holds it */
  owns_capability = true;
  error = notify(JVMTI_ENABLE, JVMTI_EVENT_THREAD_START);
  if (error != 0) return error;
  wish(interval);
  p4j_meter_reset();
  atomic_store(&state, RUNNING);
  return apply_interval(interval);
}

static jvmtiError end(JNIEnv *jni) {
  if (atomic_load(&state) == RUNNING) atomic_store(&state, OFF);
  release_capability();
  /* Somebody suspended inside a callback: keep the memory for another try. */
  if (!p4j_wait_for_readers(STOP_MILLIS)) return JVMTI_ERROR_INTERNAL;
  p4j_references references = p4j_weak_references(jni);
  p4j_live_free(&references);
  p4j_memo_clear();
  p4j_free_shapes();
  p4j_buckets_free();
  p4j_canaries_free(jni);
  return 0;
}

/* On a virtual thread nothing is found; the sampler's own thread, which is none, tries again. */
static void look_into_jvm(JNIEnv *jni) {
  if (!p4j_jvmthread_look(jni)) return;
  p4j_hotspot_look(jni);
  p4j_tlab_look();
}

/* 0, or the JVMTI error that stands in the way; then nothing is left switched on. */
jint JNICALL p4j_start(JNIEnv *jni, jclass self, jint interval, jint depth, jint cpu_budget_ppm,
                       jlong memory_budget, jboolean recognition) {
  (void)self;
  int expected = OFF;
  if (!atomic_compare_exchange_strong(&state, &expected, OFF)) return JVMTI_ERROR_WRONG_PHASE;
  if (!p4j_buckets_init()) return JVMTI_ERROR_OUT_OF_MEMORY;
  p4j_counters_clear();
  control = (p4j_control){.cpu_budget_ppm = (uint32_t)cpu_budget_ppm,
                          .memory_budget = memory_budget,
                          .credit_nanos = control.credit_nanos};
  swept_references = retired_ids = 0;
  p4j_canaries_begin();
  atomic_store(&is_beyond_budget, false);
  atomic_store(&depth_now, depth);
  atomic_store(&recognises, recognition == JNI_TRUE);
  reference_interval = JVM_INTERVAL;
  look_into_jvm(jni);
  jvmtiError error = begin((uint32_t)interval);
  if (error != 0) end(jni);
  return (jint)error;
}

jint JNICALL p4j_stop(JNIEnv *jni, jclass self) {
  (void)self;
  return (jint)end(jni);
}

jint JNICALL p4j_set_interval(JNIEnv *jni, jclass self, jint interval) {
  (void)jni;
  (void)self;
  if (atomic_load(&state) != RUNNING) return JVMTI_ERROR_WRONG_PHASE;
  wish((uint32_t)interval);
  return (jint)apply_interval((uint32_t)interval);
}

/* ---- Sweeping ---- */

void JNICALL p4j_drop_canary(JNIEnv *jni, jclass self) {
  (void)self;
  last_canary = p4j_clock(CLOCK_MONOTONIC);
  if (atomic_load(&state) == RUNNING) p4j_canary_drop(jni);
}

static bool should_thin(void) {
  return p4j_held() > control.memory_budget &&
         p4j_live_published() * 32 > control.memory_budget / 4;
}

/* Takes the dead out and publishes the survivors. */
void JNICALL p4j_sweep(JNIEnv *jni, jclass self) {
  (void)self;
  int64_t begun = p4j_meter_begin_sweep();
  swept_collection = p4j_collections();
  uint32_t examined = p4j_canaries_examined(jni);
  p4j_references references = p4j_weak_references(jni);
  swept_references += p4j_live_sweep(&references, examined, should_thin()).released;
  int64_t retired = p4j_ids_retire(&references);
  if (retired > 0) p4j_memo_clear();
  retired_ids += retired;
  p4j_meter_end_sweep(begun);
}

static bool is_sweep_due(void) {
  return swept_collection != p4j_collections() && p4j_meter_may_sweep();
}

/* ---- Budgets ---- */

static void control_step(void) {
  p4j_load load = p4j_meter_load();
  p4j_meter_choose_clock();
  p4j_meter_begin_window();
  p4j_age_fingerprints(p4j_total(P4J_SAMPLES));
  p4j_bound_shapes();
  if (p4j_control_step(&control, &load)) apply_interval(control.interval);
  atomic_store(&is_beyond_budget, load.held_bytes > control.memory_budget / 4 * 5);
}

static void control_early(void) {
  if (!p4j_meter_knows_early()) return;
  p4j_load load = p4j_meter_load();
  if (!p4j_control_early(&control, &load)) return;
  p4j_meter_begin_window();
  apply_interval(control.interval);
}

/* The bits of a tick's answer are those of NativeSampler.java. */
enum { TICK_RUNNING = 1, TICK_NEW_METHODS = 2, TICK_MANY_SAMPLES = 4 };

/* More samples than these since the last tick are many. */
#define MANY_SAMPLES 100

static jint tick_answer(void) {
  static int64_t seen;
  int64_t samples = p4j_total(P4J_SAMPLES);
  jint answer = TICK_RUNNING;
  if (p4j_has_new_methods()) answer |= TICK_NEW_METHODS;
  if (samples - seen > MANY_SAMPLES) answer |= TICK_MANY_SAMPLES;
  seen = samples;
  return answer;
}

/* What the sampler's thread does some times a second; 0 when there is nothing to do any more. */
jint JNICALL p4j_tick(JNIEnv *jni, jclass self) {
  if (atomic_load(&state) != RUNNING) return 0;
  p4j_meter_tick();
  look_into_jvm(jni);
  if (is_sweep_due()) p4j_sweep(jni, self);
  if (p4j_clock(CLOCK_MONOTONIC) - last_canary >= CANARY_NANOS) p4j_drop_canary(jni, self);
  if (p4j_meter_is_window_over()) {
    control_step();
  } else {
    control_early();
  }
  return tick_answer();
}

/* ---- Reading ---- */

/* The order is that of HeapStatistics.java. */
jlongArray JNICALL p4j_statistics(JNIEnv *jni, jclass self) {
  (void)self;
  int64_t clocked = p4j_total(P4J_CLOCKED);
  jlong values[] = {
      p4j_total(P4J_SAMPLES),
      p4j_total(P4J_LOST),
      p4j_total(P4J_TRUNCATED),
      p4j_total(P4J_NOT_TRACKED),
      p4j_total(P4J_BEYOND_BUDGET),
      clocked == 0 ? 0 : p4j_total(P4J_CLOCKED_NANOS) / clocked,
      p4j_held(),
      p4j_stack_count(),
      p4j_bucket_count(),
      p4j_live_held(),
      p4j_live_published(),
      p4j_meter_sweeps(),
      p4j_meter_sweep_nanos(),
      swept_references,
      retired_ids,
      p4j_collections(),
      control.wished_interval,
      control.interval,
      control.raised_for_cpu,
      control.raised_for_memory,
      reference_interval,
      p4j_method_count(),
      p4j_total(P4J_RECOGNISED),
      p4j_total(P4J_MISTAKEN),
  };
  return p4j_longs(jni, values, sizeof values / sizeof *values);
}
