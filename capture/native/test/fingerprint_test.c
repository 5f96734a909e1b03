// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "fingerprint.h"

#include <string.h>

#include "check.h"

/* What tells stacks of Java apart, on machine stacks that are made up. */

#define WORDS 128
#define TOP 16
#define BARRIER 0x1F004
#define INTERPRETED 0x18010

/* Compiled code whose frames have this many words; the others tell different lines of it. */
#define FRAME_OF(words) (0x10000u + (words)*0x100u)
#define LINE(number) ((number)*4u)

static uint32_t frame_words(uintptr_t pc, bool is_youngest) {
  (void)is_youngest;
  return pc < 0x18000 ? (uint32_t)(pc - 0x10000) / 0x100 : 0;
}

static const p4j_code code = {
    .all = {0x10000, 0x10000},
    .interpreter = {0x18000, 0x100},
    .return_barrier = {0x1F000, 0x10},
    .entry = 0x1A000,
    .entry_top = 16,
    .frame_words = frame_words,
};

static uintptr_t words[WORDS];
static p4j_machine_stack stack;

static uintptr_t address(int word) { return (uintptr_t)&words[word]; }

static void clear(void) {
  memset(words, 0, sizeof words);
  stack = (p4j_machine_stack){&words[TOP], words + WORDS, 0, 0};
}

/* Three compiled frames of 5, 10 and 20 words; the last one is called from no generated code. */
static void put_compiled(void) {
  clear();
  words[TOP - 1] = FRAME_OF(5);
  words[TOP + 4] = FRAME_OF(10);
  words[TOP + 14] = FRAME_OF(20);
}

static p4j_shape shape_now(void) {
  p4j_shape shape;
  CHECK(p4j_shape_of(&code, &stack, &shape));
  return shape;
}

static uint64_t fingerprint(const p4j_shape *shape) {
  return p4j_fingerprint(&code, &stack, shape);
}

static void a_shape_has_the_places_of_return_addresses(void) {
  put_compiled();
  p4j_shape shape = shape_now();
  CHECK(shape.count == 2 && shape.places[0] == 4 && shape.places[1] == 14 && shape.rest == 35);
  words[TOP + 7] = FRAME_OF(3); /* left from a call that is over */
  p4j_shape same = shape_now();
  CHECK(p4j_same_shape(&shape, &same));
  words[TOP + 4] = FRAME_OF(11);
  p4j_shape other = shape_now();
  CHECK(!p4j_same_shape(&shape, &other));
}

static void a_hint_is_of_the_youngest_frame_and_the_depth(void) {
  put_compiled();
  uint64_t hint = p4j_shape_hint(&stack);
  words[TOP + 4] = FRAME_OF(11);
  CHECK(hint != 0 && p4j_shape_hint(&stack) == hint);
  stack.base--;
  CHECK(p4j_shape_hint(&stack) != hint);
  stack.base++;
  words[TOP - 1] += LINE(1);
  CHECK(p4j_shape_hint(&stack) != hint);
}

static void each_return_address_counts(void) {
  put_compiled();
  p4j_shape shape = shape_now();
  uint64_t one = fingerprint(&shape);
  const int places[] = {TOP - 1, TOP + 4, TOP + 14};
  for (int i = 0; i < 3; i++) {
    words[places[i]] += LINE(1);
    CHECK(fingerprint(&shape) != one);
    words[places[i]] -= LINE(1);
  }
  CHECK(one != 0 && fingerprint(&shape) == one);
}

static void what_is_left_from_calls_that_are_over_does_not_count(void) {
  put_compiled();
  p4j_shape shape = shape_now();
  uint64_t one = fingerprint(&shape);
  words[TOP - 2] = FRAME_OF(5);
  words[TOP + 5] = FRAME_OF(5);
  words[TOP + 13] = INTERPRETED;
  words[TOP + 30] = BARRIER;
  CHECK(fingerprint(&shape) == one);
}

static void behind_a_frame_that_is_not_known_all_code_counts(void) {
  put_compiled();
  words[TOP + 14] = 0x1B000; /* a stub */
  p4j_shape shape = shape_now();
  CHECK(shape.count == 2 && shape.rest == 15);
  uint64_t one = fingerprint(&shape);
  words[TOP + 8] = FRAME_OF(5);
  words[WORDS - 2] = 0xFFFF; /* just below all code */
  words[WORDS - 3] = 0x20000; /* just above */
  CHECK(fingerprint(&shape) == one);
  words[WORDS - 1] = FRAME_OF(5); /* the oldest word */
  uint64_t other = fingerprint(&shape);
  CHECK(other != one);
  words[WORDS - 1] = 0;
  words[WORDS - 2] = FRAME_OF(5);
  CHECK(fingerprint(&shape) != one && fingerprint(&shape) != other);
}

/* Called by the JVM, which has its note in words 100 and following. */
static void put_called(void) {
  put_compiled();
  words[TOP + 14] = code.entry;
  words[TOP + 13] = address(60);
  words[60 - 6] = address(100);
}

static void behind_the_first_call_of_a_thread_nothing_counts(void) {
  put_called();
  p4j_shape shape = shape_now();
  CHECK(shape.count == 2 && shape.rest == P4J_NO_REST);
  uint64_t one = fingerprint(&shape);
  words[70] = FRAME_OF(5);
  CHECK(one != 0 && fingerprint(&shape) == one);
  words[100 + 2] = address(110); /* there were frames of Java before */
  CHECK(fingerprint(&shape) == 0);
  p4j_shape other = shape_now();
  CHECK(other.count == 2 && other.rest == 15);
  const uintptr_t notes[] = {0, 4, address(60), address(WORDS), address(WORDS - 2), UINTPTR_MAX};
  for (unsigned i = 0; i < sizeof notes / sizeof *notes; i++) {
    words[60 - 6] = notes[i];
    CHECK(shape_now().rest == 15 && fingerprint(&shape) == 0);
  }
}

/* An interpreted frame whose caller is compiled. */
static void put_interpreted(int frame, uintptr_t method, uintptr_t byte_code) {
  words[frame + 1] = FRAME_OF(7);
  words[frame - 1] = address(frame + 4); /* its caller made room for arguments */
  words[frame - 3] = method;
  words[frame - 8] = byte_code;
}

static void an_interpreted_frame_is_told_by_method_and_byte_code(void) {
  clear();
  words[TOP - 1] = FRAME_OF(5);
  words[TOP + 4] = INTERPRETED;
  words[TOP + 3] = address(50); /* saved by what was called from there */
  put_interpreted(50, 7000, 7100);
  words[60] = FRAME_OF(20);
  p4j_shape shape = shape_now();
  CHECK(shape.count == 3 && shape.places[1] == 51 - TOP && shape.places[2] == 60 - TOP);
  uint64_t one = fingerprint(&shape);
  words[50] = 5; /* elsewhere in the frame */
  words[45] = 6;
  CHECK(fingerprint(&shape) == one);
  put_interpreted(50, 7000, 7101);
  CHECK(fingerprint(&shape) != one);
  put_interpreted(50, 7001, 7100);
  CHECK(fingerprint(&shape) != one);
  put_interpreted(50, 7000, 7100);
  CHECK(fingerprint(&shape) == one);
  words[50 - 1] = address(50 + 5); /* then the next return address is elsewhere */
  CHECK(fingerprint(&shape) != one);
}

static void the_youngest_frame_may_be_interpreted(void) {
  clear();
  words[TOP - 1] = INTERPRETED;
  stack.frame_pointer = address(50);
  put_interpreted(50, 7000, 7100);
  p4j_shape shape = shape_now();
  CHECK(shape.count >= 1 && shape.places[0] == 51 - TOP);
  uint64_t one = fingerprint(&shape);
  put_interpreted(50, 7000, 7101);
  CHECK(fingerprint(&shape) != one);
  /* A native method that is interpreted says its address itself. */
  words[TOP - 1] = 0;
  stack.pc = INTERPRETED;
  one = fingerprint(&shape);
  put_interpreted(50, 7001, 7101);
  CHECK(fingerprint(&shape) != one);
}

/* Under the address sanitizer: nothing is read outside the stack. */
static void what_cannot_be_a_frame_is_not_read(void) {
  const uintptr_t pointers[] = {0,
                                1,
                                8,
                                64,
                                UINTPTR_MAX,
                                UINTPTR_MAX - 7,
                                address(0),
                                address(TOP + 5),
                                address(50) + 1,
                                address(50),
                                address(WORDS - 2),
                                address(WORDS - 1),
                                address(WORDS),
                                0x7FFF0000};
  for (unsigned i = 0; i < sizeof pointers / sizeof *pointers; i++) {
    clear();
    words[TOP - 1] = FRAME_OF(5);
    words[TOP + 3] = pointers[i];
    words[TOP + 4] = INTERPRETED;
    words[50 - 1] = pointers[(i + 3) % (sizeof pointers / sizeof *pointers)];
    words[50 + 1] = FRAME_OF(100); /* beyond the stack */
    words[WORDS - 1] = INTERPRETED;
    words[WORDS - 2] = pointers[i];
    p4j_shape shape = shape_now();
    CHECK(fingerprint(&shape) != 0);
    words[TOP - 1] = INTERPRETED;
    stack.frame_pointer = pointers[i];
    shape = shape_now();
    CHECK(fingerprint(&shape) != 0);
  }
}

static void frames_that_are_elsewhere_have_no_fingerprint(void) {
  put_compiled();
  words[TOP + 14] = BARRIER;
  p4j_shape shape;
  CHECK(!p4j_shape_of(&code, &stack, &shape));
  words[TOP + 14] = 0x1A000;
  words[TOP + 40] = BARRIER;
  shape = shape_now();
  CHECK(fingerprint(&shape) == 0);
}

static void a_stack_that_is_too_deep_has_no_shape(void) {
  static uintptr_t deep[8194];
  stack = (p4j_machine_stack){deep + 1, deep + 8194, 0, 0};
  CHECK(p4j_shape_hint(&stack) == 0);
  stack.top++;
  CHECK(p4j_shape_hint(&stack) != 0);
  for (int i = 1; i < 8194; i += 3) deep[i] = FRAME_OF(3);
  stack.top = deep + 2;
  p4j_shape shape;
  CHECK(!p4j_shape_of(&code, &stack, &shape));
  deep[1 + 3 * 200] = 0;
  CHECK(p4j_shape_of(&code, &stack, &shape) && shape.count == 199);
}

int main(void) {
  a_shape_has_the_places_of_return_addresses();
  a_hint_is_of_the_youngest_frame_and_the_depth();
  each_return_address_counts();
  what_is_left_from_calls_that_are_over_does_not_count();
  behind_a_frame_that_is_not_known_all_code_counts();
  behind_the_first_call_of_a_thread_nothing_counts();
  an_interpreted_frame_is_told_by_method_and_byte_code();
  the_youngest_frame_may_be_interpreted();
  what_cannot_be_a_frame_is_not_read();
  frames_that_are_elsewhere_have_no_fingerprint();
  a_stack_that_is_too_deep_has_no_shape();
  return 0;
}
