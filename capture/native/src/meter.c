// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "meter.h"

#include <stdatomic.h>

#include "counters.h"
#include "memory.h"

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
#define WINDOW_NANOS 1000000000
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

/* Totals when the window began. */
static struct {
  int64_t start;
  int64_t process;
  int64_t samples;
  int64_t clocked;
  int64_t clocked_nanos;
  int64_t sweep_nanos;
  int64_t tick_nanos;
} window;

static _Atomic uint32_t clock_every = CLOCK_EVERY;
static int64_t sweeps;
static int64_t sweep_nanos;
static int64_t last_sweep_end;
static int64_t last_sweep_nanos;
static int64_t tick_nanos; /* CPU time of the sampler's thread but its sweeps */
/* The current thread's CPU clock when it was metered last; 0 before the first time. */
static _Thread_local int64_t metered;

int64_t p4j_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool p4j_meter_clocks(int64_t number) {
  return number % atomic_load_explicit(&clock_every, memory_order_relaxed) == 0;
}

void p4j_meter_reset(void) {
  sweeps = sweep_nanos = tick_nanos = 0;
  atomic_store(&clock_every, CLOCK_EVERY);
  p4j_meter_begin_window();
}

/* ---- Windows ---- */

void p4j_meter_begin_window(void) {
  window.start = p4j_clock(CLOCK_MONOTONIC);
  window.process = p4j_clock(CLOCK_PROCESS_CPUTIME_ID);
  window.samples = p4j_total(P4J_SAMPLES);
  window.clocked = p4j_total(P4J_CLOCKED);
  window.clocked_nanos = p4j_total(P4J_CLOCKED_NANOS);
  window.sweep_nanos = sweep_nanos;
  window.tick_nanos = tick_nanos;
}

bool p4j_meter_is_window_over(void) {
  return p4j_clock(CLOCK_MONOTONIC) - window.start >= WINDOW_NANOS;
}

bool p4j_meter_knows_early(void) {
  return p4j_total(P4J_CLOCKED) - window.clocked >= EARLY_CLOCKED;
}

static int64_t cost_nanos(void) {
  int64_t own = sweep_nanos - window.sweep_nanos + tick_nanos - window.tick_nanos;
  int64_t clocked = p4j_total(P4J_CLOCKED) - window.clocked;
  if (clocked < MIN_CLOCKED) return own;
  double each = (double)(p4j_total(P4J_CLOCKED_NANOS) - window.clocked_nanos) / (double)clocked *
                COST_PERCENT / 100;
  return own + (int64_t)(each * (double)(p4j_total(P4J_SAMPLES) - window.samples));
}

p4j_load p4j_meter_load(void) {
  int64_t process = p4j_clock(CLOCK_PROCESS_CPUTIME_ID);
  return (p4j_load){cost_nanos(), process - window.process, p4j_held()};
}

void p4j_meter_choose_clock(void) {
  int64_t samples = p4j_total(P4J_SAMPLES) - window.samples;
  uint32_t every = 1;
  while (every < MAX_CLOCK_EVERY && samples / (every * 2) >= CLOCKED_OF_WINDOW) every *= 2;
  atomic_store(&clock_every, every);
}

/* ---- The sampler's thread, and sweeps ---- */

void p4j_meter_tick(void) {
  int64_t cpu = p4j_clock(CLOCK_THREAD_CPUTIME_ID);
  if (metered != 0) tick_nanos += cpu - metered;
  metered = cpu;
}

int64_t p4j_meter_begin_sweep(void) { return p4j_clock(CLOCK_THREAD_CPUTIME_ID); }

void p4j_meter_end_sweep(int64_t begun) {
  last_sweep_nanos = p4j_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
  last_sweep_end = p4j_clock(CLOCK_MONOTONIC);
  sweep_nanos += last_sweep_nanos;
  sweeps++;
  if (metered != 0) metered += last_sweep_nanos;
}

bool p4j_meter_may_sweep(void) {
  int64_t rest = last_sweep_nanos * SWEEP_REST;
  if (rest < SWEEP_MIN_REST_NANOS) rest = SWEEP_MIN_REST_NANOS;
  return p4j_clock(CLOCK_MONOTONIC) - last_sweep_end >= rest;
}

int64_t p4j_meter_sweeps(void) { return sweeps; }

int64_t p4j_meter_sweep_nanos(void) { return sweep_nanos; }
