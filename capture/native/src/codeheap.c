// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "codeheap.h"

#include <stdatomic.h>
#include <stddef.h>

/* The JVM has three at most. */
#define MAX_HEAPS 8
#define FREE_SEGMENT 0xFF
/* Words of the largest frame that is believed. */
#define MAX_FRAME_WORDS 4096

static struct {
  int count;
  const char *heaps[MAX_HEAPS];
  /* Bytes from a heap to where its memory begins and ends, and its map of segments begins. */
  int64_t low;
  int64_t high;
  int64_t map;
  int64_t segment_bits;
  /* Of a block of a heap, and of the code in it. */
  int64_t is_used;
  uint64_t header;
  int64_t frame_words;
  int64_t stubs;
} code;

static const void *at(const char *base, int64_t offset) { return base + offset; }

static uintptr_t word_at(const char *base, int64_t offset) {
  return *(const uintptr_t *)at(base, offset);
}

static int32_t int_at(const char *base, int64_t offset) {
  return *(const int32_t *)at(base, offset);
}

static bool find_heaps(const p4j_vmstructs *structs) {
  uintptr_t array;
  int64_t length;
  int64_t data;
  if (!p4j_vm_static(structs, "CodeCache", "_heaps", &array) || array == 0 ||
      !p4j_vm_offset(structs, "GrowableArrayBase", "_len", &length) ||
      !p4j_vm_offset(structs, "GrowableArray<int>", "_data", &data)) {
    return false;
  }
  const char *heaps = (const char *)array;
  code.count = int_at(heaps, length);
  if (code.count < 1 || code.count > MAX_HEAPS) return false;
  const char *const *first = (const char *const *)word_at(heaps, data);
  for (int i = 0; i < code.count; i++) code.heaps[i] = first[i];
  return true;
}

bool p4j_codeheap_look(const p4j_vmstructs *structs) {
  int64_t memory;
  int64_t map;
  int64_t low;
  int64_t high;
  if (!p4j_vm_offset(structs, "CodeHeap", "_memory", &memory) ||
      !p4j_vm_offset(structs, "CodeHeap", "_segmap", &map) ||
      !p4j_vm_offset(structs, "CodeHeap", "_log2_segment_size", &code.segment_bits) ||
      !p4j_vm_offset(structs, "VirtualSpace", "_low", &low) ||
      !p4j_vm_offset(structs, "VirtualSpace", "_high", &high) ||
      !p4j_vm_offset(structs, "HeapBlock::Header", "_used", &code.is_used) ||
      !p4j_vm_size(structs, "HeapBlock", &code.header) ||
      !p4j_vm_offset(structs, "CodeBlob", "_frame_size", &code.frame_words) ||
      !p4j_vm_offset(structs, "nmethod", "_stub_offset", &code.stubs)) {
    return false;
  }
  code.low = memory + low;
  code.high = memory + high;
  code.map = map + low;
  return find_heaps(structs);
}

/* The heap's block that has the address, NULL if that is free. (CodeHeap::find_start) */
static const char *find_block(const char *heap, uintptr_t pc) {
  uintptr_t low = word_at(heap, code.low);
  const _Atomic unsigned char *map = (const _Atomic unsigned char *)word_at(heap, code.map);
  int bits = int_at(heap, code.segment_bits);
  size_t segment = (pc - low) >> bits;
  /* A segment tells how far back to go, at most. The map may change meanwhile: each is read once. */
  for (;;) {
    unsigned char back = atomic_load_explicit(&map[segment], memory_order_relaxed);
    if (back == 0) break;
    if (back == FREE_SEGMENT || back > segment) return NULL;
    segment -= back;
  }
  const char *block = (const char *)(low + (segment << bits));
  return *(const unsigned char *)at(block, code.is_used) != 0 ? block : NULL;
}

static const char *heap_of(uintptr_t pc) {
  for (int i = 0; i < code.count; i++) {
    const char *heap = code.heaps[i];
    if (pc >= word_at(heap, code.low) && pc < word_at(heap, code.high)) return heap;
  }
  return NULL;
}

uint32_t p4j_frame_words(uintptr_t pc, bool is_youngest) {
  const char *heap = heap_of(pc);
  const char *block = heap == NULL ? NULL : find_block(heap, pc);
  if (block == NULL) return 0;
  const char *blob = block + code.header;
  int32_t words = int_at(blob, code.frame_words);
  if (words <= 0 || words > MAX_FRAME_WORDS) return 0;
  /*
   * Who calls is a compiled method: one that is to be left for the interpreter returns to a stub
   * behind its code. The youngest frame may be a stub that is no method, and is never one of those.
   */
  const uintptr_t end_of_stub_offset = (uintptr_t)blob + (uintptr_t)code.stubs + sizeof(int32_t);
  if (is_youngest || end_of_stub_offset > word_at(heap, code.high)) return (uint32_t)words;
  bool is_in_stub = pc - (uintptr_t)blob >= (uintptr_t)int_at(blob, code.stubs);
  return is_in_stub ? 0 : (uint32_t)words;
}
