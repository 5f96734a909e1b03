// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "perfcounter.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The type of a counter of 64 bits, as in a descriptor of Java. */
#define LONG 'J'

/* Where the parts of the data are, in bytes: of the head, of an entry. */
typedef struct {
  int64_t first;
  int64_t count;
  int64_t length;
  int64_t name;
  int64_t type;
  int64_t data;
} layout;

static bool find_layout(const p4j_vmstructs *structs, layout *at) {
  return p4j_vm_offset(structs, "PerfDataPrologue", "entry_offset", &at->first) &&
         p4j_vm_offset(structs, "PerfDataPrologue", "num_entries", &at->count) &&
         p4j_vm_offset(structs, "PerfDataEntry", "entry_length", &at->length) &&
         p4j_vm_offset(structs, "PerfDataEntry", "name_offset", &at->name) &&
         p4j_vm_offset(structs, "PerfDataEntry", "data_type", &at->type) &&
         p4j_vm_offset(structs, "PerfDataEntry", "data_offset", &at->data);
}

static int32_t int_at(const char *base, int64_t offset) {
  return *(const int32_t *)(const void *)(base + offset);
}

const _Atomic int64_t *p4j_perf_counter(const p4j_vmstructs *structs, const char *name) {
  layout at;
  uintptr_t start;
  uintptr_t end;
  if (!find_layout(structs, &at) || !p4j_vm_static(structs, "PerfMemory", "_start", &start) ||
      !p4j_vm_static(structs, "PerfMemory", "_end", &end) || start == 0 || end <= start) {
    return NULL;
  }
  const char *head = (const char *)start;
  const char *entry = head + int_at(head, at.first);
  for (int32_t i = int_at(head, at.count); i > 0; i--) {
    int32_t length = int_at(entry, at.length);
    if (length <= 0 || (uintptr_t)(entry + length) > end) return NULL;
    if (entry[at.type] == LONG && strcmp(entry + int_at(entry, at.name), name) == 0) {
      return (const _Atomic int64_t *)(const void *)(entry + int_at(entry, at.data));
    }
    entry += length;
  }
  return NULL;
}
