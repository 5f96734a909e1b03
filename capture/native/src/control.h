// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_CONTROL_H
#define P4J_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Keeps the sampler within its budgets by the one thing that governs its cost: the interval. Over
 * budget it doubles at once, for CPU as often as needed; it halves again, as often as fits, down to
 * the wished interval, after the cost has been low for a while. Every sample carries the weight of
 * its own interval, so changes do not bias the estimates.
 *
 * The CPU budget holds on average: what was left of it may be spent later, up to a quarter of a
 * second of CPU time, which is there from the start. Stacks cost ten times as much the first time
 * that they are seen as later; without this, a service that starts would be taken for one that is
 * costly, and sampled too rarely to become cheaper.
 */
#define P4J_MOST_CREDIT_NANOS 250000000

typedef struct {
  uint32_t wished_interval; /* bytes; 0 is off */
  uint32_t interval; /* bytes, in force */
  uint32_t cpu_budget_ppm; /* of the CPU time of the process; 0 is no limit */
  int64_t memory_budget; /* bytes */
  int64_t credit_nanos; /* CPU that may be spent beyond the budget */
  int calm; /* consecutive steps in which half the interval would fit */
  double calm_ppm; /* the highest cost among them */
  int64_t calm_bytes; /* the most that was held in them */
  int64_t raised_for_cpu; /* how often */
  int64_t raised_for_memory;
} p4j_control;

/* What one step saw since the step before. */
typedef struct {
  int64_t cost_nanos; /* CPU spent on sampling */
  int64_t process_nanos; /* CPU spent by the process, sampling included */
  int64_t held_bytes;
} p4j_load;

/* Sets the wished interval, in force at once. */
void p4j_control_wish(p4j_control *control, uint32_t interval);

/* Decides on the interval; true when it changed. */
bool p4j_control_step(p4j_control *control, const p4j_load *load);

/*
 * The same in the middle of a step: where the cost is far beyond the budget, and all credit spent,
 * the interval doubles, once, as what is seen so soon may be the first sight of stacks and not the
 * rule. A step begins anew then.
 */
bool p4j_control_early(p4j_control *control, const p4j_load *load);

#endif
