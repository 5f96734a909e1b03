// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "estimate.h"

#include <math.h>
#include <stdbool.h>

#define MOST_FOR_SKIPPED 3

/* The mean of exp(-x / interval) over the x from one number to another. */
static double mean_exp(double from, double to, double interval) {
  double width = to - from;
  return exp(-from / interval) * -expm1(-width / interval) * interval / width;
}

double p4j_weight(const p4j_exposure *exposure, uint64_t interval) {
  if (interval <= 1 || exposure->most <= 0) return 1;
  double mean = (double)interval;
  bool is_exact = exposure->most - exposure->least < 1;
  double chance = is_exact ? -expm1(-exposure->least / mean)
                           : 1 - mean_exp(exposure->least, exposure->most, mean);
  if (exposure->skipped <= 0) return 1 / chance;
  double forgotten = exp(-exposure->least / mean) * exposure->skipped / mean;
  return 1 / fmax(chance - forgotten, chance / MOST_FOR_SKIPPED);
}

uint64_t p4j_size_class(uint64_t size) {
  if (size <= 256) return size;
  int cut = 63 - __builtin_clzll(size) - 4;
  return size >> cut << cut;
}
