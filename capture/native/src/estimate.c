// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "estimate.h"

#include <math.h>

double p4j_weight(uint64_t size, uint64_t interval) {
  if (interval <= 1 || size == 0) return 1;
  return -1 / expm1(-(double)size / (double)interval);
}

uint64_t p4j_size_class(uint64_t size) {
  if (size <= 256) return size;
  int cut = 63 - __builtin_clzll(size) - 4;
  return size >> cut << cut;
}
