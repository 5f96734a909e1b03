// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "buckets.h"
#include "control.h"
#include "current.h"
#include "estimate.h"
#include "grace.h"
#include "hotspot.h"
#include "jvm.h"
#include "jvmthread.h"
#include "live.h"
#include "memo.h"
#include "memory.h"
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
/* Fewer clocked callbacks in a window say nothing of the others. */
#define MIN_CLOCKED 4
/* So many say enough before the window ends. */
#define EARLY_CLOCKED 16
/*
 * Reading the thread's CPU clock costs a system call, which at thousands of samples a second is a
 * fifth of all: so many callbacks of a window are clocked, or all where there are fewer, but not
 * less than every 256th; at first every 16th.
 */
#define CLOCKED_OF_WINDOW 64
#define CLOCK_EVERY 16
#define MAX_CLOCK_EVERY 256
/* So often a stack is walked where it is recognised: no multiple of the above, so that it is metered. */
#define WALK_EVERY 251
/*
 * How long a stack is recognised without being walked again: for so many windows, or until so many
 * samples were taken where they are few, as a service that is within its budget only by a long
 * interval would else forget its stacks before they come again.
 */
#define WINDOWS_OF_AGE 64
#define SAMPLES_OF_AGE 16384
#define MAX_WINDOWS_OF_AGE 256
#define WINDOW_NANOS 1000000000
#define CANARY_NANOS 250000000
/*
 * What a sample costs of what its callback does, in percent: no clock of ours is around the JVM's way
 * to the callback and back, nor around the work that the application does anew because its data have
 * left the processor's caches. By what a service lost within its budget, where samples are a
 * millisecond apart, both are as much again.
 */
#define COST_PERCENT 200
/* A sweep may cost 1/500 of a core. */
#define SWEEP_REST 500
#define SWEEP_MIN_REST_NANOS 250000000
#define CANARIES 32
#define STOP_MILLIS 5000

enum { OFF, RUNNING, DYING };

typedef struct {
  uint32_t drawn_interval; /* 0: this thread is older than the library */
  uint32_t shard; /* plus 1 */
  bool is_inside;
  p4j_tlab_history tlabs;
  int64_t ticked; /* this thread's CPU clock at its last tick; 0 before the first */
} thread_state;

enum {
  SAMPLES,
  TRUNCATED,
  LOST,
  NOT_TRACKED,
  BEYOND_BUDGET,
  RECOGNISED,
  MISTAKEN,
  CLOCKED_NANOS,
  CLOCKED,
  COUNTERS
};

typedef struct {
  alignas(64) _Atomic int64_t of[COUNTERS];
} counters;

typedef struct {
  jweak reference;
  uint32_t number;
} canary;

static _Thread_local thread_state this_thread;
static _Atomic uint32_t next_shard;
static _Atomic int state;
static _Atomic uint32_t interval_now;
static _Atomic int depth_now;
static _Atomic uint32_t canaries_dropped;
static _Atomic bool is_beyond_budget;
static _Atomic bool recognises;
static _Atomic uint32_t clock_every = CLOCK_EVERY;
static counters stats[P4J_SHARDS];

/* Below: only under the lock of the Java side. */
static p4j_control control = {.credit_nanos = P4J_MOST_CREDIT_NANOS}; /* once in a JVM's life */
static canary canaries[CANARIES];
static int canary_count;
static uint32_t examined; /* samples stamped below this have been looked at by a collection */
static uint32_t swept_collection;
static int64_t sweeps;
static int64_t swept_references;
static int64_t sweep_nanos;
static int64_t tick_nanos; /* CPU time of the sampler's thread but its sweeps */
static int64_t retired_ids;
static int64_t last_sweep_end;
static int64_t last_sweep_nanos;
static int64_t last_canary;
static int64_t window_start;
static int64_t window_process;
static int64_t window_samples;
static int64_t window_clocked;
static int64_t window_clocked_nanos;
static int64_t window_sweep_nanos;
static int64_t window_tick_nanos;
static uint32_t windows_of_age;
static int64_t age_start; /* samples taken before it */
static uint32_t reference_interval; /* the last one wished that is not 0 */
static bool owns_capability;

static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void add(counters *mine, int counter, int64_t value) {
  atomic_fetch_add_explicit(&mine->of[counter], value, memory_order_relaxed);
}

static int64_t total(int counter) {
  int64_t sum = 0;
  for (int shard = 0; shard < P4J_SHARDS; shard++) sum += atomic_load(&stats[shard].of[counter]);
  return sum;
}

unsigned p4j_shard(void) {
  if (this_thread.shard == 0) {
    this_thread.shard = atomic_fetch_add(&next_shard, 1) % P4J_SHARDS + 1;
  }
  return this_thread.shard - 1;
}

/* ---- A sample ---- */

/* The bucket of this thread's stack and labels; NULL when memory is missing. */
static p4j_bucket *current_bucket(JNIEnv *jni, uint64_t size, bool must_walk, counters *mine) {
  p4j_asked asked = {
      .depth = atomic_load_explicit(&depth_now, memory_order_relaxed),
      .is_full = atomic_load_explicit(&is_beyond_budget, memory_order_relaxed),
      .may_recognise = atomic_load_explicit(&recognises, memory_order_relaxed),
      .must_walk = must_walk,
  };
  p4j_current current = p4j_current_bucket(jni, size, &asked);
  if (asked.is_full) add(mine, BEYOND_BUDGET, 1);
  if (current.is_lost) add(mine, LOST, 1);
  if (current.is_truncated) add(mine, TRUNCATED, 1);
  if (current.is_recognised) add(mine, RECOGNISED, 1);
  if (current.is_mistaken) add(mine, MISTAKEN, 1);
  return current.bucket;
}

static void track(JNIEnv *jni, jobject object, p4j_bucket *bucket, float weight, uint64_t size,
                  counters *mine) {
  /* A canary counted from here on is younger than the object. */
  uint32_t stamp = atomic_load(&canaries_dropped);
  jweak reference = (*jni)->NewWeakGlobalRef(jni, object);
  if (reference == NULL) {
    (*jni)->ExceptionClear(jni);
    add(mine, NOT_TRACKED, 1);
  } else if (!p4j_live_add(p4j_shard(), reference, bucket, weight, size, stamp)) {
    (*jni)->DeleteWeakGlobalRef(jni, reference);
    add(mine, NOT_TRACKED, 1);
  }
}

/* A local reference is the address of the object's own. */
static p4j_exposure exposure_of(JNIEnv *jni, jobject object, uint64_t size) {
  p4j_tlab tlab;
  if (!p4j_tlab_read(jni, &tlab)) return p4j_exposure_of_size(size);
  uintptr_t address = *(const uintptr_t *)(const void *)object;
  return p4j_exposure_of(&this_thread.tlabs, &tlab, address, size);
}

static void record(JNIEnv *jni, jobject object, uint64_t size, bool must_walk, counters *mine) {
  uint32_t drawn = this_thread.drawn_interval;
  this_thread.drawn_interval = atomic_load_explicit(&interval_now, memory_order_relaxed);
  p4j_exposure exposure = exposure_of(jni, object, size);
  float weight = (float)p4j_weight(&exposure, drawn == 0 ? JVM_INTERVAL : drawn);
  p4j_bucket *bucket = current_bucket(jni, size, must_walk, mine);
  if (bucket == NULL) {
    add(mine, LOST, 1);
    return;
  }
  p4j_count(&bucket->allocated, size, weight, 1);
  track(jni, object, bucket, weight, size, mine);
}

static void record_and_meter(JNIEnv *jni, jobject object, uint64_t size, counters *mine) {
  int64_t number = atomic_fetch_add_explicit(&mine->of[SAMPLES], 1, memory_order_relaxed) + 1;
  bool must_walk = number % WALK_EVERY == 0;
  /* Not the first one: it resolves a stack of methods, and would be taken for the rule. */
  if (number % atomic_load_explicit(&clock_every, memory_order_relaxed) != 0) {
    record(jni, object, size, must_walk, mine);
    return;
  }
  int64_t start = read_clock(CLOCK_THREAD_CPUTIME_ID);
  record(jni, object, size, must_walk, mine);
  add(mine, CLOCKED_NANOS, read_clock(CLOCK_THREAD_CPUTIME_ID) - start);
  add(mine, CLOCKED, 1);
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
  if (atomic_load(&state) == RUNNING) record_and_meter(jni, object, (uint64_t)size, &stats[shard]);
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

/* How many callbacks are clocked from now on, if as many come as in the window that ends. */
static void choose_clock(int64_t samples) {
  uint32_t every = 1;
  while (every < MAX_CLOCK_EVERY && samples / (every * 2) >= CLOCKED_OF_WINDOW) every *= 2;
  atomic_store(&clock_every, every);
}

static void begin_window(int64_t now, int64_t process) {
  window_start = now;
  window_process = process;
  window_samples = total(SAMPLES);
  window_clocked = total(CLOCKED);
  window_clocked_nanos = total(CLOCKED_NANOS);
  window_sweep_nanos = sweep_nanos;
  window_tick_nanos = tick_nanos;
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
  begin_window(read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID));
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
  for (int i = 0; i < canary_count; i++) (*jni)->DeleteWeakGlobalRef(jni, canaries[i].reference);
  canary_count = 0;
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
  memset(stats, 0, sizeof stats);
  control = (p4j_control){.cpu_budget_ppm = (uint32_t)cpu_budget_ppm,
                          .memory_budget = memory_budget,
                          .credit_nanos = control.credit_nanos};
  sweeps = swept_references = sweep_nanos = retired_ids = 0;
  windows_of_age = 0;
  age_start = 0;
  examined = atomic_load(&canaries_dropped);
  atomic_store(&is_beyond_budget, false);
  atomic_store(&depth_now, depth);
  atomic_store(&clock_every, CLOCK_EVERY);
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

static void forget_every_other_canary(JNIEnv *jni) {
  int kept = 0;
  for (int i = 0; i < canary_count; i++) {
    if (i % 2 == 0) {
      (*jni)->DeleteWeakGlobalRef(jni, canaries[i].reference);
    } else {
      canaries[kept++] = canaries[i];
    }
  }
  canary_count = kept;
}

/* Drops a canary: an object that nothing refers to, and a weak reference that tells its death. */
void JNICALL p4j_drop_canary(JNIEnv *jni, jclass self) {
  (void)self;
  last_canary = read_clock(CLOCK_MONOTONIC);
  if (atomic_load(&state) != RUNNING) return;
  if (canary_count == CANARIES) forget_every_other_canary(jni);
  /* Counted before it is made: who reads the older count allocated before it. */
  uint32_t number = atomic_fetch_add(&canaries_dropped, 1) + 1;
  jclass object = (*jni)->FindClass(jni, "java/lang/Object");
  jobject body = object == NULL ? NULL : (*jni)->AllocObject(jni, object);
  jweak reference = body == NULL ? NULL : (*jni)->NewWeakGlobalRef(jni, body);
  if (body != NULL) (*jni)->DeleteLocalRef(jni, body);
  if (object != NULL) (*jni)->DeleteLocalRef(jni, object);
  if (reference == NULL) {
    (*jni)->ExceptionClear(jni); /* a full heap: the next one will do */
    return;
  }
  canaries[canary_count++] = (canary){reference, number};
}

/* Finds the youngest dead canary; it and the older ones have done their work. */
static void ask_canaries(JNIEnv *jni) {
  int dead = canary_count;
  while (dead > 0 && !(*jni)->IsSameObject(jni, canaries[dead - 1].reference, NULL)) dead--;
  if (dead == 0) return;
  examined = canaries[dead - 1].number;
  for (int i = 0; i < dead; i++) (*jni)->DeleteWeakGlobalRef(jni, canaries[i].reference);
  canary_count -= dead;
  memmove(canaries, canaries + dead, (size_t)canary_count * sizeof *canaries);
}

static bool should_thin(void) {
  return p4j_held() > control.memory_budget &&
         p4j_live_published() * 32 > control.memory_budget / 4;
}

/* Takes the dead out and publishes the survivors. */
void JNICALL p4j_sweep(JNIEnv *jni, jclass self) {
  (void)self;
  int64_t start = read_clock(CLOCK_THREAD_CPUTIME_ID);
  swept_collection = p4j_collections();
  ask_canaries(jni);
  p4j_references references = p4j_weak_references(jni);
  swept_references += p4j_live_sweep(&references, examined, should_thin()).released;
  int64_t retired = p4j_ids_retire(&references);
  if (retired > 0) p4j_memo_clear();
  retired_ids += retired;
  last_sweep_nanos = read_clock(CLOCK_THREAD_CPUTIME_ID) - start;
  last_sweep_end = read_clock(CLOCK_MONOTONIC);
  sweep_nanos += last_sweep_nanos;
  sweeps++;
}

static bool is_sweep_due(int64_t now) {
  if (swept_collection == p4j_collections()) return false;
  int64_t rest = last_sweep_nanos * SWEEP_REST;
  if (rest < SWEEP_MIN_REST_NANOS) rest = SWEEP_MIN_REST_NANOS;
  return now - last_sweep_end >= rest;
}

/* ---- Budgets ---- */

/* What sampling cost in this window: of the callbacks, those that were clocked stand for all. */
static int64_t window_cost_nanos(void) {
  int64_t own = sweep_nanos - window_sweep_nanos + tick_nanos - window_tick_nanos;
  int64_t clocked = total(CLOCKED) - window_clocked;
  if (clocked < MIN_CLOCKED) return own;
  double each = (double)(total(CLOCKED_NANOS) - window_clocked_nanos) / (double)clocked *
                COST_PERCENT / 100;
  return own + (int64_t)(each * (double)(total(SAMPLES) - window_samples));
}

/* Another window is over. */
static void age_fingerprints(int64_t samples) {
  windows_of_age++;
  bool is_old = samples - age_start >= SAMPLES_OF_AGE ? windows_of_age >= WINDOWS_OF_AGE
                                                      : windows_of_age >= MAX_WINDOWS_OF_AGE;
  if (!is_old) return;
  windows_of_age = 0;
  age_start = samples;
  p4j_age_fingerprints();
}

static void control_step(int64_t now) {
  int64_t process = read_clock(CLOCK_PROCESS_CPUTIME_ID);
  p4j_load load = {window_cost_nanos(), process - window_process, p4j_held()};
  choose_clock(total(SAMPLES) - window_samples);
  age_fingerprints(total(SAMPLES));
  p4j_bound_shapes();
  begin_window(now, process);
  if (p4j_control_step(&control, &load)) apply_interval(control.interval);
  atomic_store(&is_beyond_budget, load.held_bytes > control.memory_budget / 4 * 5);
}

static void control_early(int64_t now) {
  if (total(CLOCKED) - window_clocked < EARLY_CLOCKED) return;
  int64_t process = read_clock(CLOCK_PROCESS_CPUTIME_ID);
  p4j_load load = {window_cost_nanos(), process - window_process, p4j_held()};
  if (!p4j_control_early(&control, &load)) return;
  begin_window(now, process);
  apply_interval(control.interval);
}

/* The bits of a tick's answer are those of NativeSampler.java. */
enum { TICK_RUNNING = 1, TICK_NEW_METHODS = 2, TICK_MANY_SAMPLES = 4 };

/* More samples than these since the last tick are many. */
#define MANY_SAMPLES 100

static jint tick_answer(void) {
  static int64_t seen;
  int64_t samples = total(SAMPLES);
  jint answer = TICK_RUNNING;
  if (p4j_has_new_methods()) answer |= TICK_NEW_METHODS;
  if (samples - seen > MANY_SAMPLES) answer |= TICK_MANY_SAMPLES;
  seen = samples;
  return answer;
}

/* What the thread did since its last tick, in C or in Java, is the sampler's too. */
static void meter_tick(void) {
  int64_t cpu = read_clock(CLOCK_THREAD_CPUTIME_ID);
  if (this_thread.ticked != 0) tick_nanos += cpu - this_thread.ticked;
  this_thread.ticked = cpu;
}

/* What the sampler's thread does some times a second; 0 when there is nothing to do any more. */
jint JNICALL p4j_tick(JNIEnv *jni, jclass self) {
  if (atomic_load(&state) != RUNNING) return 0;
  meter_tick();
  look_into_jvm(jni);
  int64_t now = read_clock(CLOCK_MONOTONIC);
  if (is_sweep_due(now)) {
    int64_t before = sweep_nanos;
    p4j_sweep(jni, self);
    tick_nanos -= sweep_nanos - before;
  }
  if (now - last_canary >= CANARY_NANOS) p4j_drop_canary(jni, self);
  if (now - window_start >= WINDOW_NANOS) {
    control_step(now);
  } else {
    control_early(now);
  }
  return tick_answer();
}

/* ---- Reading ---- */

/* The order is that of HeapStatistics.java. */
jlongArray JNICALL p4j_statistics(JNIEnv *jni, jclass self) {
  (void)self;
  int64_t clocked = total(CLOCKED);
  jlong values[] = {
      total(SAMPLES),
      total(LOST),
      total(TRUNCATED),
      total(NOT_TRACKED),
      total(BEYOND_BUDGET),
      clocked == 0 ? 0 : total(CLOCKED_NANOS) / clocked,
      p4j_held(),
      p4j_stack_count(),
      p4j_bucket_count(),
      p4j_live_held(),
      p4j_live_published(),
      sweeps,
      sweep_nanos,
      swept_references,
      retired_ids,
      p4j_collections(),
      control.wished_interval,
      control.interval,
      control.raised_for_cpu,
      control.raised_for_memory,
      reference_interval,
      p4j_method_count(),
      total(RECOGNISED),
      total(MISTAKEN),
  };
  return p4j_longs(jni, values, sizeof values / sizeof *values);
}
