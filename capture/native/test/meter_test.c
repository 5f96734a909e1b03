// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "counters.h"
#include "meter.h"

#define MILLI 1000000

static void begin(void) {
  p4j_counters_clear();
  p4j_meter_reset();
}

static void work(int64_t nanos) {
  int64_t start = p4j_clock(CLOCK_THREAD_CPUTIME_ID);
  while (p4j_clock(CLOCK_THREAD_CPUTIME_ID) - start < nanos) continue;
}

static void clocked_callbacks_stand_for_all(void) {
  begin();
  p4j_add(P4J_SAMPLES, 1000);
  p4j_add(P4J_CLOCKED, 10);
  p4j_add(P4J_CLOCKED_NANOS, 10 * 5000);
  /* Twice, for what no clock is around. */
  CHECK(p4j_meter_load().cost_nanos == 1000 * 5000 * 2);
}

static void too_few_clocked_callbacks_stand_for_none(void) {
  begin();
  p4j_add(P4J_SAMPLES, 1000);
  p4j_add(P4J_CLOCKED, 3);
  p4j_add(P4J_CLOCKED_NANOS, 3 * 5000);
  CHECK(p4j_meter_load().cost_nanos == 0);
  CHECK(!p4j_meter_knows_early());
  p4j_add(P4J_CLOCKED, 13);
  CHECK(p4j_meter_knows_early());
}

static void a_window_counts_what_is_in_it(void) {
  begin();
  p4j_add(P4J_SAMPLES, 1000);
  p4j_add(P4J_CLOCKED, 10);
  p4j_add(P4J_CLOCKED_NANOS, 10 * 5000);
  p4j_meter_begin_window();
  CHECK(p4j_meter_load().cost_nanos == 0);
  CHECK(!p4j_meter_is_window_over());
}

static void about_64_callbacks_of_a_window_are_clocked(void) {
  begin();
  CHECK(p4j_meter_clocks(16) && !p4j_meter_clocks(8));
  p4j_add(P4J_SAMPLES, 1000);
  p4j_meter_choose_clock();
  CHECK(p4j_meter_clocks(8) && !p4j_meter_clocks(4));
  begin();
  p4j_add(P4J_SAMPLES, 100);
  p4j_meter_choose_clock();
  CHECK(p4j_meter_clocks(1));
  begin();
  p4j_add(P4J_SAMPLES, 1000000);
  p4j_meter_choose_clock();
  CHECK(p4j_meter_clocks(256) && !p4j_meter_clocks(128));
}

static void what_its_thread_does_between_ticks_is_the_samplers(void) {
  begin();
  p4j_meter_tick();
  work(3 * MILLI);
  p4j_meter_tick();
  p4j_load load = p4j_meter_load();
  CHECK(load.cost_nanos >= 3 * MILLI);
  CHECK(load.process_nanos >= load.cost_nanos);
}

static void a_sweep_within_a_tick_counts_once(void) {
  begin();
  p4j_meter_tick();
  int64_t before = p4j_clock(CLOCK_THREAD_CPUTIME_ID);
  int64_t begun = p4j_meter_begin_sweep();
  work(5 * MILLI);
  p4j_meter_end_sweep(begun);
  p4j_meter_tick();
  int64_t spent = p4j_clock(CLOCK_THREAD_CPUTIME_ID) - before;
  CHECK(p4j_meter_sweeps() == 1 && p4j_meter_sweep_nanos() >= 5 * MILLI);
  CHECK(p4j_meter_load().cost_nanos >= 5 * MILLI);
  CHECK(p4j_meter_load().cost_nanos <= spent + MILLI); /* ticks are not metered in one instant */
  CHECK(!p4j_meter_may_sweep());
}

int main(void) {
  clocked_callbacks_stand_for_all();
  too_few_clocked_callbacks_stand_for_none();
  a_window_counts_what_is_in_it();
  about_64_callbacks_of_a_window_are_clocked();
  what_its_thread_does_between_ticks_is_the_samplers();
  a_sweep_within_a_tick_counts_once();
  return 0;
}
