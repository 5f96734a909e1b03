// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_FINGERPRINT_H
#define P4J_FINGERPRINT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A hash of what makes a Java stack the one it is, read from the thread's own machine stack: its
 * return addresses, with their places. A return address says which methods and lines a compiled
 * frame stands for, inlined ones included. An interpreted frame has no code of its own: its method
 * and byte code pointer are taken as well.
 *
 * Where the return addresses are is a stack's shape. It is found by following the frames, whose
 * sizes the JVM knows, and used again for stacks that may have the same one: by their youngest frame
 * and their depth (p4j_shape_hint). If all words at the places of a shape are those of a stack that
 * had it, then the stack is that one: equal words at a place mean a frame of equal size, and so the
 * next return address is at the next place of the shape.
 *
 * So different stacks of Java have different fingerprints under one shape, but for hashes that meet;
 * a shape that is not the stack's own gives a fingerprint that no stack had under it. A fingerprint
 * holds as long as methods and their code stay where they are: who remembers what it stands for has
 * to ask the JVM again, now and then.
 */

typedef struct {
  uintptr_t low;
  uintptr_t size; /* bytes */
} p4j_range;

/* Where the JVM has its generated code, and what it knows of it. */
typedef struct {
  p4j_range all; /* compiled methods, stubs and the interpreter */
  p4j_range interpreter;
  p4j_range return_barrier; /* of virtual threads; empty where there are none */
  uintptr_t entry; /* the return address of what the JVM calls; 0 if it is not known */
  uint64_t entry_top; /* bytes from the JVM's note of such a call to the `top` it had before */
  /*
   * Words of the frame whose code has the address; 0 if it is not known, or the address does not
   * tell what the frame stands for.
   */
  uint32_t (*frame_words)(uintptr_t pc, bool is_youngest);
} p4j_code;

/* The part of a machine stack that has the frames of Java, as the JVM's frame anchor tells it. */
typedef struct {
  const uintptr_t *top; /* the stack pointer of the youngest frame of Java */
  const uintptr_t *base; /* behind the oldest word */
  uintptr_t frame_pointer; /* of the youngest frame, if it is interpreted */
  uintptr_t pc; /* of the youngest frame, or 0: then it is in the word below `top` */
} p4j_machine_stack;

#define P4J_SHAPE_PLACES 252
#define P4J_NO_REST UINT16_MAX

typedef struct {
  uint16_t count;
  /*
   * From this place on frames are not known: there all words that point to code count.
   * P4J_NO_REST: the last return address is that of the oldest frame of Java.
   */
  uint16_t rest;
  uint16_t places[P4J_SHAPE_PLACES]; /* ascending, in words from `top` */
} p4j_shape;

bool p4j_is_in(p4j_range range, uintptr_t word);

/* What stacks of one shape have in common; 0 when the stack is too deep to be recognised. */
uint64_t p4j_shape_hint(const p4j_machine_stack *stack);

/*
 * The shape of a stack; false when it has none: it has too many frames, or the return barrier,
 * behind which are frames of a virtual thread that are not on the machine stack.
 */
bool p4j_shape_of(const p4j_code *code, const p4j_machine_stack *stack, p4j_shape *shape);

bool p4j_same_shape(const p4j_shape *one, const p4j_shape *other);

/*
 * The fingerprint of a stack under a shape of its hint; 0 if it has none. Reads the words from the
 * one below `top` to `base`.
 */
uint64_t p4j_fingerprint(const p4j_code *code, const p4j_machine_stack *stack,
                         const p4j_shape *shape);

#endif
