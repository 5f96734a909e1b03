// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#define MAX_INTERVAL (1u << 30)
/* An interval of a few bytes cannot be doubled in reasonable time. */
#define MIN_RAISED_INTERVAL (4u << 10)
#define CALM_STEPS 5
/* How many times the budget is far beyond it. */
#define FAR_BEYOND 2
/* Below this much work a step says nothing: an idle process may spend all its CPU on one sample. */
#define MIN_PROCESS_NANOS 50000000

void p4j_control_wish(p4j_control *control, uint32_t interval) {
  control->wished_interval = interval;
  control->interval = interval;
  control->calm = 0;
}

/* The share of the process's CPU time in millionths; 0 when it does not matter. */
static double cost_ppm(const p4j_control *control, const p4j_load *load) {
  if (control->cpu_budget_ppm == 0 || load->process_nanos < MIN_PROCESS_NANOS) return 0;
  return (double)load->cost_nanos / (double)load->process_nanos * 1e6;
}

/* The credit after what a load cost; negative where that was more than there was. */
static int64_t credit_after(const p4j_control *control, const p4j_load *load) {
  double allowed = (double)load->process_nanos * control->cpu_budget_ppm / 1e6;
  int64_t credit = control->credit_nanos + (int64_t)allowed - load->cost_nanos;
  return credit > P4J_MOST_CREDIT_NANOS ? P4J_MOST_CREDIT_NANOS : credit;
}

/* Pays for a load; false where there was not enough. */
static bool pay(p4j_control *control, const p4j_load *load) {
  int64_t credit = credit_after(control, load);
  control->credit_nanos = credit < 0 ? 0 : credit;
  return credit >= 0;
}

static bool double_interval(p4j_control *control) {
  control->calm = 0;
  if (control->interval >= MAX_INTERVAL) return false;
  uint32_t doubled = control->interval * 2;
  control->interval = doubled < MIN_RAISED_INTERVAL ? MIN_RAISED_INTERVAL : doubled;
  return true;
}

/* At once as often as it takes: the cost is inverse to the interval. */
static bool raise_for_cpu(p4j_control *control, double ppm) {
  uint32_t before = control->interval;
  while (ppm > control->cpu_budget_ppm && double_interval(control)) ppm /= 2;
  control->raised_for_cpu += control->interval != before;
  return control->interval != before;
}

/* Half the interval doubles the cost; a third of the budget is left as room. */
static bool half_fits(const p4j_control *control, double ppm, int64_t held_bytes) {
  return ppm * 3 <= control->cpu_budget_ppm && held_bytes < control->memory_budget / 4 * 3;
}

static void halve_interval(p4j_control *control) {
  uint32_t halved = control->interval / 2;
  bool is_down = halved < MIN_RAISED_INTERVAL || halved < control->wished_interval;
  control->interval = is_down ? control->wished_interval : halved;
}

/* As often as fits by the worst of the calm steps, so that a costly start is soon made up for. */
static void lower_interval(p4j_control *control) {
  double ppm = control->calm_ppm;
  int64_t held_bytes = control->calm_bytes;
  control->calm = 0;
  do {
    halve_interval(control);
    ppm *= 2;
    held_bytes *= 2;
  } while (control->interval != control->wished_interval && half_fits(control, ppm, held_bytes));
}

static bool keep_calm(p4j_control *control, double ppm, int64_t held_bytes) {
  if (!half_fits(control, ppm, held_bytes)) {
    control->calm = 0;
    return false;
  }
  bool is_first = control->calm == 0;
  if (is_first || ppm > control->calm_ppm) control->calm_ppm = ppm;
  if (is_first || held_bytes > control->calm_bytes) control->calm_bytes = held_bytes;
  return ++control->calm >= CALM_STEPS;
}

bool p4j_control_step(p4j_control *control, const p4j_load *load) {
  if (control->wished_interval == 0) return false;
  if (load->held_bytes > control->memory_budget) {
    bool raised = double_interval(control);
    control->raised_for_memory += raised;
    return raised;
  }
  double ppm = cost_ppm(control, load);
  bool is_paid = pay(control, load);
  if (ppm > control->cpu_budget_ppm) return !is_paid && raise_for_cpu(control, ppm);
  if (control->interval == control->wished_interval) return false;
  if (!keep_calm(control, ppm, load->held_bytes)) return false;
  lower_interval(control);
  return true;
}

bool p4j_control_early(p4j_control *control, const p4j_load *load) {
  if (control->wished_interval == 0) return false;
  if (cost_ppm(control, load) <= (double)control->cpu_budget_ppm * FAR_BEYOND) return false;
  if (credit_after(control, load) >= 0) return false;
  control->credit_nanos = 0;
  bool raised = double_interval(control);
  control->raised_for_cpu += raised;
  return raised;
}
