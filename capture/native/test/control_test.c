// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "control.h"

static const p4j_load busy = {20000000, 1000000000, 0}; /* 2 % */
static const p4j_load calm = {1000000, 1000000000, 0}; /* 0.1 % */

static p4j_control one_percent(void) {
  p4j_control control = {.cpu_budget_ppm = 10000, .memory_budget = 1000};
  p4j_control_wish(&control, 512 << 10);
  return control;
}

static void doubles_when_over_the_cpu_budget(void) {
  p4j_control control = one_percent();
  CHECK(p4j_control_step(&control, &busy));
  CHECK(control.interval == 1 << 20 && control.raised_for_cpu == 1);
  CHECK(control.wished_interval == 512 << 10);
}

static void goes_as_far_as_it_takes_at_once(void) {
  p4j_control control = one_percent();
  p4j_load heavy = {300000000, 1000000000, 0}; /* 30 %, at 32 times the interval 0.94 % */
  CHECK(p4j_control_step(&control, &heavy));
  CHECK(control.interval == 16 << 20 && control.raised_for_cpu == 1);
}

static void doubles_once_where_a_part_of_a_step_is_far_beyond(void) {
  p4j_control control = one_percent();
  p4j_load heavy = {30000000, 100000000, 0}; /* 30 % */
  CHECK(p4j_control_early(&control, &heavy));
  CHECK(control.interval == 1 << 20 && control.raised_for_cpu == 1);
  p4j_load beyond = {1900000, 100000000, 0}; /* 1.9 %: left to the whole step */
  CHECK(!p4j_control_early(&control, &beyond));
  p4j_load idle = {10000000, 10000000, 0};
  CHECK(!p4j_control_early(&control, &idle));
  CHECK(control.interval == 1 << 20);

  p4j_control unlimited = {.memory_budget = 1000};
  p4j_control_wish(&unlimited, 512 << 10);
  CHECK(!p4j_control_early(&unlimited, &heavy));
  p4j_control_wish(&control, 0);
  CHECK(!p4j_control_early(&control, &heavy));
  for (int i = 0; i < 100; i++) {
    control.wished_interval = 512 << 10;
    p4j_control_early(&control, &heavy);
  }
  CHECK(control.interval == 1 << 30);
}

static void doubles_when_over_the_memory_budget(void) {
  p4j_control control = one_percent();
  p4j_load full = calm;
  full.held_bytes = 1001;
  CHECK(p4j_control_step(&control, &full) && control.raised_for_memory == 1);
}

static void returns_to_the_wish_after_a_calm_time(void) {
  p4j_control control = one_percent();
  for (int i = 0; i < 3; i++) CHECK(p4j_control_step(&control, &busy));
  CHECK(control.interval == 4 << 20);
  int steps = 0;
  while (control.interval != control.wished_interval) {
    p4j_control_step(&control, &calm);
    CHECK(++steps < 100);
  }
  CHECK(steps == 10); /* 0.1 % fits a quarter of the interval, and again half of it */
  CHECK(!p4j_control_step(&control, &calm));
}

static void spends_what_was_left_of_the_budget(void) {
  p4j_control control = one_percent();
  control.credit_nanos = 25000000;
  CHECK(!p4j_control_step(&control, &busy) && control.credit_nanos == 15000000);
  CHECK(!p4j_control_step(&control, &busy) && control.credit_nanos == 5000000);
  CHECK(p4j_control_step(&control, &busy) && control.credit_nanos == 0);
  CHECK(control.interval == 1 << 20 && control.raised_for_cpu == 1);

  p4j_control_wish(&control, 512 << 10);
  CHECK(!p4j_control_step(&control, &calm) && control.credit_nanos == 9000000);
  for (int i = 0; i < 100; i++) CHECK(!p4j_control_step(&control, &calm));
  CHECK(control.credit_nanos == P4J_MOST_CREDIT_NANOS);
}

static void pays_for_what_is_far_beyond_as_long_as_it_can(void) {
  p4j_control control = one_percent();
  control.credit_nanos = 50000000;
  p4j_load heavy = {40000000, 100000000, 0}; /* 40 % */
  CHECK(!p4j_control_early(&control, &heavy) && control.credit_nanos == 50000000);
  heavy.cost_nanos = 60000000;
  CHECK(p4j_control_early(&control, &heavy) && control.credit_nanos == 0);
  CHECK(control.interval == 1 << 20);
}

/* The interval after five steps of which one costs, and one holds, what is given. */
static uint32_t after_calm_steps(int64_t worst_nanos, int64_t most_bytes) {
  p4j_control control = one_percent();
  for (int i = 0; i < 4; i++) p4j_control_step(&control, &busy);
  CHECK(control.interval == 8 << 20);
  for (int i = 0; i < 5; i++) {
    p4j_load load = {i == 2 ? worst_nanos : 0, 1000000000, i == 1 ? most_bytes : 0};
    CHECK(p4j_control_step(&control, &load) == (i == 4));
  }
  return control.interval;
}

static void returns_as_far_as_the_worst_of_the_calm_time_allows(void) {
  CHECK(after_calm_steps(0, 0) == 512 << 10);
  CHECK(after_calm_steps(3000000, 0) == 4 << 20);
  CHECK(after_calm_steps(1500000, 0) == 2 << 20);
  CHECK(after_calm_steps(0, 700) == 4 << 20);
  CHECK(after_calm_steps(0, 300) == 2 << 20);
}

static void stays_raised_while_half_would_be_too_costly(void) {
  p4j_control control = one_percent();
  p4j_control_step(&control, &busy);
  p4j_load just_fits = {6000000, 1000000000, 0};
  for (int i = 0; i < 100; i++) CHECK(!p4j_control_step(&control, &just_fits));
}

static void an_idle_process_proves_nothing(void) {
  p4j_control control = one_percent();
  p4j_load idle = {1000000, 1000000, 0};
  CHECK(!p4j_control_step(&control, &idle));
}

static void leaves_tiny_intervals_in_one_step(void) {
  p4j_control control = one_percent();
  p4j_control_wish(&control, 1);
  CHECK(p4j_control_step(&control, &busy) && control.interval == 4096);
  for (int i = 0; i < 5; i++) p4j_control_step(&control, &calm);
  CHECK(control.interval == 1);
}

static void off_stays_off_and_no_budget_is_no_limit(void) {
  p4j_control control = one_percent();
  p4j_control_wish(&control, 0);
  CHECK(!p4j_control_step(&control, &busy));
  p4j_control unlimited = {.memory_budget = 1000};
  p4j_control_wish(&unlimited, 512 << 10);
  CHECK(!p4j_control_step(&unlimited, &busy));
}

static void ends_at_one_gigabyte(void) {
  p4j_control control = one_percent();
  for (int i = 0; i < 100; i++) p4j_control_step(&control, &busy);
  CHECK(control.interval == 1u << 30 && control.raised_for_cpu == 11);
}

int main(void) {
  doubles_when_over_the_cpu_budget();
  goes_as_far_as_it_takes_at_once();
  doubles_once_where_a_part_of_a_step_is_far_beyond();
  doubles_when_over_the_memory_budget();
  returns_to_the_wish_after_a_calm_time();
  returns_as_far_as_the_worst_of_the_calm_time_allows();
  spends_what_was_left_of_the_budget();
  pays_for_what_is_far_beyond_as_long_as_it_can();
  stays_raised_while_half_would_be_too_costly();
  an_idle_process_proves_nothing();
  leaves_tiny_intervals_in_one_step();
  off_stays_off_and_no_budget_is_no_limit();
  ends_at_one_gigabyte();
  return 0;
}
