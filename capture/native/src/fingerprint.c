// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "fingerprint.h"

#include <stddef.h>
#include <string.h>

/* 64 KB, so that places fit 16 bits. */
#define MAX_WORDS 8192
/* Words of a frame of x86-64, from its frame pointer (frame_x86.hpp, JDK 17 to 25). */
#define SAVED_FRAME_POINTER 0
#define RETURN_ADDRESS 1
#define SENDER_SP (-1)
#define METHOD (-3)
#define BYTE_CODE (-8)
/* Of the frame by which the JVM calls Java. */
#define CALL_NOTE (-6)

bool p4j_is_in(p4j_range range, uintptr_t word) { return word - range.low < range.size; }

static uint64_t mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
  return hash ^ hash >> 32;
}

static uintptr_t youngest_pc(const p4j_machine_stack *stack) {
  return stack->pc == 0 ? stack->top[-1] : stack->pc;
}

uint64_t p4j_shape_hint(const p4j_machine_stack *stack) {
  ptrdiff_t words = stack->base - stack->top;
  if (words > MAX_WORDS) return 0;
  return mix(mix((uint64_t)words, stack->pc), youngest_pc(stack)) | 1;
}

/* An interpreted frame that is wholly older than the word at `at`; NULL when that cannot be one. */
static const uintptr_t *interpreted(const p4j_machine_stack *stack, const uintptr_t *at,
                                    uintptr_t frame_pointer) {
  bool is_frame = frame_pointer % sizeof frame_pointer == 0 &&
                  frame_pointer > (uintptr_t)(at - BYTE_CODE) &&
                  frame_pointer < (uintptr_t)(stack->base - RETURN_ADDRESS);
  return is_frame ? (const uintptr_t *)frame_pointer : NULL;
}

/*
 * Whether the JVM's call whose return address is at `at` is the first one of the thread: its note of
 * the call, which is older on the stack, knows of no frames of Java before.
 */
static bool is_first_call(const p4j_code *code, const p4j_machine_stack *stack,
                          const uintptr_t *at) {
  uintptr_t base = (uintptr_t)stack->base;
  uintptr_t frame = at[-1];
  bool is_frame = frame % sizeof frame == 0 && frame > (uintptr_t)(at - CALL_NOTE) && frame < base;
  if (!is_frame) return false;
  uintptr_t note = ((const uintptr_t *)frame)[CALL_NOTE];
  bool is_note = note % sizeof note == 0 && note > frame && note < base &&
                 base - note >= code->entry_top + sizeof(uintptr_t);
  return is_note && *(const uintptr_t *)(note + code->entry_top) == 0;
}

/* ---- Following frames ---- */

typedef struct {
  const p4j_code *code;
  const p4j_machine_stack *stack;
  const uintptr_t *at; /* the word that has pc */
  const uintptr_t *sp; /* of the frame at pc */
  uintptr_t pc;
  uintptr_t frame_pointer;
} walker;

/* Goes on to the return address at `at`, whose frame begins at `sp`. */
static void go_on(walker *walk, const uintptr_t *at, uintptr_t frame_pointer, uintptr_t sp) {
  walk->at = at;
  walk->pc = *at;
  walk->frame_pointer = frame_pointer;
  walk->sp = (const uintptr_t *)sp;
}

static bool leave_interpreted(walker *walk) {
  const uintptr_t *frame = interpreted(walk->stack, walk->at, walk->frame_pointer);
  if (frame == NULL) return false;
  go_on(walk, frame + RETURN_ADDRESS, frame[SAVED_FRAME_POINTER], frame[SENDER_SP]);
  return true;
}

static bool leave_compiled(walker *walk, bool is_youngest) {
  uint32_t words = walk->code->frame_words(walk->pc, is_youngest);
  bool is_ours = walk->sp > walk->at && walk->sp < walk->stack->base &&
                 (uintptr_t)walk->sp % sizeof(uintptr_t) == 0;
  if (words < 2 || !is_ours || walk->stack->base - walk->sp < (ptrdiff_t)words) return false;
  const uintptr_t *sender = walk->sp + words;
  go_on(walk, sender - 1, sender[-2], (uintptr_t)sender);
  return true;
}

static bool leave(walker *walk, bool is_youngest) {
  return p4j_is_in(walk->code->interpreter, walk->pc) ? leave_interpreted(walk)
                                                      : leave_compiled(walk, is_youngest);
}

bool p4j_shape_of(const p4j_code *code, const p4j_machine_stack *stack, p4j_shape *shape) {
  walker walk = {code, stack, stack->top - 1, stack->top, youngest_pc(stack),
                 stack->frame_pointer};
  shape->count = 0;
  while (leave(&walk, shape->count == 0) && p4j_is_in(code->all, walk.pc)) {
    if (p4j_is_in(code->return_barrier, walk.pc)) return false;
    if (shape->count == P4J_SHAPE_PLACES) return false;
    shape->places[shape->count++] = (uint16_t)(walk.at - stack->top);
    if (walk.pc == code->entry && is_first_call(code, stack, walk.at)) {
      shape->rest = P4J_NO_REST;
      return true;
    }
  }
  const uintptr_t *rest = walk.at + 1;
  shape->rest = (uint16_t)(rest - stack->top);
  return true;
}

bool p4j_same_shape(const p4j_shape *one, const p4j_shape *other) {
  return one->count == other->count && one->rest == other->rest &&
         memcmp(one->places, other->places, one->count * sizeof *one->places) == 0;
}

/* ---- Hashing ---- */

static uint64_t mix_frame(uint64_t hash, const p4j_machine_stack *stack, const uintptr_t *at,
                          uintptr_t frame_pointer) {
  const uintptr_t *frame = interpreted(stack, at, frame_pointer);
  if (frame == NULL) return hash;
  /* Where the next return address is, and where the frame of the next one begins. */
  hash = mix(hash, (uint64_t)(frame - stack->top) << 32 ^ (frame[SENDER_SP] - (uintptr_t)frame));
  return mix(mix(hash, frame[METHOD]), frame[BYTE_CODE]);
}

static uint64_t mix_word(uint64_t hash, const p4j_code *code, const p4j_machine_stack *stack,
                         const uintptr_t *at) {
  hash = mix(hash, *at);
  /* What returns there has saved the frame pointer of its caller below the return address. */
  return p4j_is_in(code->interpreter, *at) ? mix_frame(hash, stack, at, at[-1]) : hash;
}

uint64_t p4j_fingerprint(const p4j_code *code, const p4j_machine_stack *stack,
                         const p4j_shape *shape) {
  uintptr_t youngest = youngest_pc(stack);
  uint64_t hash = mix((uintptr_t)shape, youngest);
  if (p4j_is_in(code->interpreter, youngest)) {
    hash = mix_frame(hash, stack, stack->top - 1, stack->frame_pointer);
  }
  for (uint16_t i = 0; i < shape->count; i++) {
    hash = mix_word(hash, code, stack, stack->top + shape->places[i]);
  }
  if (shape->rest == P4J_NO_REST) {
    const uintptr_t *oldest = stack->top + shape->places[shape->count - 1];
    return is_first_call(code, stack, oldest) ? hash : 0;
  }
  for (const uintptr_t *at = stack->top + shape->rest; at < stack->base; at++) {
    if (!p4j_is_in(code->all, *at)) continue;
    if (p4j_is_in(code->return_barrier, *at)) return 0;
    hash = mix_word(mix(hash, (uint64_t)(at - stack->top)), code, stack, at);
  }
  return hash;
}
