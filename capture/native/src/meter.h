// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_METER_H
#define P4J_METER_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "control.h"

/*
 * What sampling costs: callbacks, sweeps, and what else the sampler's thread does. Of the callbacks
 * some are clocked and stand for all, in windows of a second. All but p4j_meter_clocks are for one
 * caller at a time.
 */

/* Nanoseconds. */
int64_t p4j_clock(clockid_t clock);

/* Whether a thread's callback of this number is to be clocked. */
bool p4j_meter_clocks(int64_t number);

/* Anew, for a sampler that begins. */
void p4j_meter_reset(void);

void p4j_meter_begin_window(void);

bool p4j_meter_is_window_over(void);

/* So many callbacks were clocked in this window that its cost can be told before it is over. */
bool p4j_meter_knows_early(void);

/* Cost and CPU time of the process in this window. */
p4j_load p4j_meter_load(void);

/* How many callbacks are clocked from now on, if as many come as in this window. */
void p4j_meter_choose_clock(void);

/* To be called by the sampler's thread at its ticks: what it did since the last one is sampling. */
void p4j_meter_tick(void);

/* Takes the time of a sweep by any thread. */
int64_t p4j_meter_begin_sweep(void);
void p4j_meter_end_sweep(int64_t begun);

/* Whether the last one is a small enough part of the time by now. */
bool p4j_meter_may_sweep(void);

int64_t p4j_meter_sweeps(void);
int64_t p4j_meter_sweep_nanos(void);

#endif
