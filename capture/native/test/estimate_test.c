// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <math.h>

#include "check.h"
#include "estimate.h"

static double weight_of_size(uint64_t size, uint64_t interval) {
  p4j_exposure exposure = p4j_exposure_of_size(size);
  return p4j_weight(&exposure, interval);
}

static void weight_is_the_reciprocal_of_the_probability(void) {
  CHECK(fabs(weight_of_size(512 << 10, 512 << 10) - 1.5819767) < 1e-6);
  CHECK(fabs(weight_of_size(16, 512 << 10) - 32768.5) < 1e-2);
  CHECK(fabs(weight_of_size(64 << 20, 512 << 10) - 1) < 1e-9);
}

static void weight_is_one_when_all_is_sampled(void) {
  CHECK(weight_of_size(16, 0) == 1);
  CHECK(weight_of_size(16, 1) == 1);
}

static void probability_is_the_mean_over_an_exposure_between_two_numbers(void) {
  const p4j_exposure exposure = {.least = 1000, .most = 901000};
  double sum = 0;
  for (int i = 0; i < 90000; i++) sum += -expm1(-(1005.0 + i * 10) / (512 << 10));
  CHECK(fabs(p4j_weight(&exposure, 512 << 10) * sum / 90000 - 1) < 1e-6);
  const p4j_exposure narrow = {.least = 16, .most = 24};
  CHECK(fabs(p4j_weight(&narrow, 512 << 10) / weight_of_size(20, 512 << 10) - 1) < 1e-5);
}

static void skipped_bytes_leave_those_samples_that_are_drawn_from_the_last_one_in_them(void) {
  const uint64_t interval = 512 << 10;
  const p4j_exposure exposure = {.least = 1 << 20, .most = 1 << 20, .skipped = 256 << 10};
  double chance = 0; /* the last draw was within the skipped bytes, or before them all */
  for (int i = 0; i < 256 << 10; i++) {
    chance += exp(-(double)i / interval) / interval * -expm1((i - 1048576.0) / interval);
  }
  chance += exp(-0.5) * -expm1(-(1048576.0 - 262144) / interval);
  CHECK(fabs(p4j_weight(&exposure, interval) * chance - 1) < 1e-5);
}

static void skipped_bytes_make_it_three_times_as_much_at_most(void) {
  const p4j_exposure exposure = {.least = 4096, .most = 4096, .skipped = 4096};
  CHECK(fabs(p4j_weight(&exposure, 512 << 10) / weight_of_size(4096, 512 << 10) - 3) < 1e-9);
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
  probability_is_the_mean_over_an_exposure_between_two_numbers();
  skipped_bytes_leave_those_samples_that_are_drawn_from_the_last_one_in_them();
  skipped_bytes_make_it_three_times_as_much_at_most();
  small_sizes_are_classes_of_their_own();
  classes_are_close_and_ascending();
  return 0;
}
