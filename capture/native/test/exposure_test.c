// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "check.h"
#include "estimate.h"
#include "exposure.h"

#define KIB 1024u
#define INTERVAL (512u * KIB)

/* ---- A thread of a JVM before JDK-8356372, with the buffer that it allocates from ---- */

typedef struct {
  p4j_tlab tlab; /* `end` is the buffer's own */
  uint64_t planned_end; /* where the JVM ends the buffer for now */
  uint64_t until_sample; /* drawn, less what was counted since */
  uint64_t last_address;
  p4j_tlab_history history; /* ours */
} thread;

static uint64_t random_state;

static double uniform(void) { /* above 0, up to 1 */
  random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
  return (double)((random_state >> 11) + 1) / 9007199254740992.0;
}

static uint64_t draw(void) { return (uint64_t)(-log(uniform()) * INTERVAL) + 1; }

static thread new_thread(uint64_t desired) {
  random_state = 4711;
  return (thread){.tlab = {.desired = desired, .waste_limit = desired / 64},
                  .until_sample = draw(),
                  .last_address = 1u << 20};
}

static void plan_end(thread *jvm) {
  uint64_t left = jvm->tlab.end - jvm->tlab.top;
  uint64_t ahead = jvm->until_sample < left ? jvm->until_sample : left;
  jvm->planned_end = jvm->tlab.top + ahead;
  jvm->tlab.counted += ahead;
}

static void retire(thread *jvm) {
  jvm->last_address = jvm->tlab.end + 8 > jvm->last_address ? jvm->tlab.end + 8 : jvm->last_address;
  jvm->tlab.start = jvm->tlab.top = jvm->tlab.end = jvm->planned_end = 0;
}

static void collect(thread *jvm) {
  retire(jvm);
  jvm->tlab.buffers = jvm->tlab.outside = 0;
}

static void refill(thread *jvm, uint64_t size) {
  retire(jvm);
  jvm->tlab.start = jvm->last_address;
  jvm->tlab.top = jvm->tlab.start + size;
  jvm->tlab.end = jvm->tlab.start + jvm->tlab.desired + size;
  jvm->tlab.buffers++;
}

/* What one sample stands for, by its exposure and by its size alone; 0 if there was none. */
typedef struct {
  double objects;
  double by_size;
} sample;

static sample take(thread *jvm, uint64_t address, uint64_t size) {
  p4j_exposure exposure = p4j_exposure_of(&jvm->history, &jvm->tlab, address, size);
  p4j_exposure of_size = p4j_exposure_of_size(size);
  return (sample){p4j_weight(&exposure, INTERVAL), p4j_weight(&of_size, INTERVAL)};
}

/* The JVM looks at an object, as it has counted `counted` bytes with it. */
static sample look_at(thread *jvm, uint64_t address, uint64_t size, uint64_t counted) {
  sample taken = {0, 0};
  if (counted < jvm->until_sample) {
    jvm->until_sample -= counted;
  } else {
    taken = take(jvm, address, size);
    jvm->until_sample = draw();
  }
  return taken;
}

static sample allocate(thread *jvm, uint64_t size) {
  p4j_tlab *tlab = &jvm->tlab;
  tlab->allocated += size;
  if (tlab->start != 0 && tlab->top + size <= jvm->planned_end) {
    tlab->top += size;
    return (sample){0, 0};
  }
  bool fits = tlab->start != 0 && tlab->top + size <= tlab->end;
  bool is_kept = !fits && tlab->end - tlab->top > tlab->waste_limit;
  sample taken;
  if (is_kept || size > tlab->desired) {
    tlab->outside++;
    taken = look_at(jvm, 8, size, size);
  } else {
    if (fits) tlab->top += size;
    if (!fits) refill(jvm, size);
    taken = look_at(jvm, fits ? tlab->top - size : tlab->start, size, tlab->counted + size);
    tlab->counted = 0;
  }
  plan_end(jvm);
  return taken;
}

/* ---- What a site allocates, and what is estimated ---- */

typedef struct {
  double objects;
  double estimated;
  double by_size;
} site;

static void allocate_at(thread *jvm, site *at, uint64_t size) {
  sample taken = allocate(jvm, size);
  at->objects++;
  at->estimated += taken.objects;
  at->by_size += taken.by_size;
}

static double error(double estimated, const site *at) { return estimated / at->objects - 1; }

static void sizes_alone_decide_within_a_buffer(void) {
  thread jvm = new_thread(64u << 20);
  site small = {0};
  for (int i = 0; i < 15000000; i++) allocate_at(&jvm, &small, 120);
  CHECK(fabs(error(small.estimated, &small)) < 0.03);
  CHECK(fabs(small.estimated / small.by_size - 1) < 1e-3);
}

static void a_thread_that_allocates_little_between_collections(void) {
  thread jvm = new_thread(1024 * KIB);
  site small = {0};
  for (int cycle = 0; cycle < 200000; cycle++) {
    for (int i = 0; i < 50; i++) allocate_at(&jvm, &small, 120);
    collect(&jvm);
  }
  CHECK(error(small.by_size, &small) > 10);
  CHECK(fabs(error(small.estimated, &small)) < 0.05);
}

static void collections_anywhere_in_a_buffer(void) {
  thread jvm = new_thread(1024 * KIB);
  site small = {0};
  for (int cycle = 0; cycle < 20000; cycle++) {
    for (double left = uniform() * 30000; left > 0; left--) allocate_at(&jvm, &small, 120);
    collect(&jvm);
  }
  CHECK(error(small.by_size, &small) > 0.15);
  CHECK(fabs(error(small.estimated, &small)) < 0.02);
}

static void what_is_left_of_full_buffers(void) {
  thread jvm = new_thread(256 * KIB);
  site array = {0};
  for (int i = 0; i < 1500000; i++) allocate_at(&jvm, &array, 3 * KIB);
  CHECK(error(array.by_size, &array) > 0.004);
  CHECK(fabs(error(array.estimated, &array)) < 0.003);
}

static void allocate_large_among_small(uint64_t desired, int rounds, site *small, site *large) {
  thread jvm = new_thread(desired);
  for (int i = 0; i < rounds; i++) {
    for (double left = uniform() * 4000; left > 0; left--) allocate_at(&jvm, small, 120);
    allocate_at(&jvm, large, 1000 * KIB);
  }
}

static void large_objects_beside_small_ones(void) {
  site small = {0};
  site large = {0};
  allocate_large_among_small(512 * KIB, 60000, &small, &large);
  CHECK(error(small.by_size, &small) > 0.3);
  CHECK(fabs(error(small.estimated, &small)) < 0.04);
  CHECK(error(large.by_size, &large) < -0.02);
  CHECK(fabs(error(large.estimated, &large)) < 0.01);
}

static void large_objects_that_fit_now_and_then(void) {
  site small = {0};
  site large = {0};
  allocate_large_among_small(2048 * KIB, 40000, &small, &large);
  CHECK(fabs(error(small.estimated, &small)) < 0.04);
  CHECK(fabs(error(large.estimated, &large)) < 0.02);
}

static void objects_of_all_sizes(void) {
  thread jvm = new_thread(1024 * KIB);
  site small = {0};
  site medium = {0};
  site large = {0};
  for (int i = 0; i < 30000000; i++) {
    double kind = uniform();
    double part = uniform();
    if (kind > 0.0002) allocate_at(&jvm, &small, 16 + 8 * (uint64_t)(part * 30));
    else if (kind > 0.00005) allocate_at(&jvm, &medium, 8 * KIB + 8 * (uint64_t)(part * 10000));
    else allocate_at(&jvm, &large, 128 * KIB + 8 * (uint64_t)(part * 100000));
    if (kind < 0.000002) collect(&jvm);
  }
  CHECK(fabs(error(small.estimated, &small)) < 0.03);
  CHECK(fabs(error(medium.estimated, &medium)) < 0.1);
  CHECK(fabs(error(large.estimated, &large)) < 0.05);
}

int main(void) {
  sizes_alone_decide_within_a_buffer();
  a_thread_that_allocates_little_between_collections();
  collections_anywhere_in_a_buffer();
  what_is_left_of_full_buffers();
  large_objects_beside_small_ones();
  large_objects_that_fit_now_and_then();
  objects_of_all_sizes();
  return 0;
}
