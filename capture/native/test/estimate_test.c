// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <math.h>

#include "check.h"
#include "estimate.h"

static void weight_is_the_reciprocal_of_the_probability(void) {
  CHECK(fabs(p4j_weight(512 << 10, 512 << 10) - 1.5819767) < 1e-6);
  CHECK(fabs(p4j_weight(16, 512 << 10) - 32768.5) < 1e-2);
  CHECK(fabs(p4j_weight(64 << 20, 512 << 10) - 1) < 1e-9);
}

static void weight_is_one_when_all_is_sampled(void) {
  CHECK(p4j_weight(16, 0) == 1);
  CHECK(p4j_weight(16, 1) == 1);
}

static void small_sizes_are_classes_of_their_own(void) {
  for (uint64_t size = 8; size <= 256; size += 8) CHECK(p4j_size_class(size) == size);
}

static void classes_are_close_and_ascending(void) {
  uint64_t before = 0;
  for (uint64_t size = 8; size < 1 << 20; size += 8) {
    uint64_t size_class = p4j_size_class(size);
    CHECK(size_class <= size && size - size_class <= size / 16);
    CHECK(size_class >= before && p4j_size_class(size_class) == size_class);
    before = size_class;
  }
  CHECK(p4j_size_class(UINT64_MAX) == 0xF800000000000000ull);
}

int main(void) {
  weight_is_the_reciprocal_of_the_probability();
  weight_is_one_when_all_is_sampled();
  small_sizes_are_classes_of_their_own();
  classes_are_close_and_ascending();
  return 0;
}
