// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "buckets.h"
#include "jvm.h"
#include "names.h"

/*
 * What Java reads of the buckets. Stacks stay as they are once they were added, so a reader that
 * keeps them is given the new ones only; the sums of all buckets are given each time.
 */

/* Of the many frames of all stacks few differ, and finding a line is a search. A power of two. */
#define LINES_KNOWN 1024

typedef struct {
  p4j_frame frame;
  uint32_t line;
} known_line;

static uint32_t line_of(known_line *known, p4j_frame frame) {
  known_line *slot = &known[(frame.method * 31 + (uint32_t)frame.bci) & (LINES_KNOWN - 1)];
  if (slot->frame.method != frame.method || slot->frame.bci != frame.bci) {
    *slot = (known_line){frame, p4j_line_of(p4j_method_at(frame.method), frame.bci)};
  }
  return slot->line;
}

static void put_stack(p4j_buffer *out, known_line *known, const p4j_stack *stack) {
  uint32_t row[2 + 2 * P4J_MAX_DEPTH];
  uint32_t count = 0;
  row[count++] = stack->labels;
  row[count++] = stack->frame_count;
  for (uint32_t i = 0; i < stack->frame_count; i++) {
    row[count++] = stack->frames[i].method;
    row[count++] = line_of(known, stack->frames[i]);
  }
  p4j_put(out, row, count * sizeof *row);
}

static uint64_t *put_sums(uint64_t *row, const p4j_sums *sums) {
  *row++ = atomic_load(&sums->raw_objects);
  *row++ = atomic_load(&sums->raw_bytes);
  *row++ = atomic_load(&sums->objects);
  *row++ = atomic_load(&sums->bytes);
  return row;
}

static void put_buckets(p4j_buffer *out, p4j_stack *stack) {
  for (p4j_bucket *at = atomic_load(&stack->buckets); at != NULL; at = at->next) {
    uint64_t row[10] = {stack->number, at->size_class};
    /* Live first: what is added in between is then in the greater number only. */
    put_sums(put_sums(row + 2, &at->live), &at->allocated);
    p4j_put(out, row, sizeof row);
  }
}

static jobjectArray pair_of(JNIEnv *jni, jobject first, jobject second) {
  jclass object = (*jni)->FindClass(jni, "java/lang/Object");
  jobjectArray pair = object == NULL ? NULL : (*jni)->NewObjectArray(jni, 2, object, NULL);
  if (pair == NULL) return NULL;
  (*jni)->SetObjectArrayElement(jni, pair, 0, first);
  (*jni)->SetObjectArrayElement(jni, pair, 1, second);
  return pair;
}

/* All stacks by their numbers; NULL when there are none or memory is missing. */
static p4j_stack **all_stacks(uint32_t *count) {
  p4j_stack *newest = p4j_newest_stack();
  *count = newest == NULL ? 0 : newest->number + 1;
  p4j_stack **all = *count == 0 ? NULL : malloc(*count * sizeof *all);
  for (p4j_stack *at = newest; all != NULL && at != NULL; at = at->older) all[at->number] = at;
  return all;
}

/*
 * { int[] stacks numbered from `known` on, long[] buckets of all stacks }, both in the order of
 * those numbers; the format is in HeapStacks.java and HeapRows.java. Stops no thread.
 */
jobjectArray JNICALL p4j_buckets(JNIEnv *jni, jclass self, jint known) {
  (void)self;
  known_line lines[LINES_KNOWN];
  memset(lines, 0, sizeof lines); /* method 0 has no lines */
  p4j_buffer stacks = {0};
  p4j_buffer buckets = {0};
  uint32_t count;
  p4j_stack **all = all_stacks(&count);
  stacks.is_broken = all == NULL && count > 0;
  for (uint32_t number = 0; all != NULL && number < count; number++) {
    if (number >= (uint32_t)known) put_stack(&stacks, lines, all[number]);
    put_buckets(&buckets, all[number]);
  }
  free(all);
  jintArray first = p4j_to_ints(jni, &stacks);
  jlongArray second = first == NULL ? NULL : p4j_to_longs(jni, &buckets);
  p4j_buffer_free(&buckets);
  return second == NULL ? NULL : pair_of(jni, first, second);
}
