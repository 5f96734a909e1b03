// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_VMSTRUCTS_H
#define P4J_VMSTRUCTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The tables in which HotSpot describes its own structures for debuggers: gHotSpotVMStructs, the
 * fields, and gHotSpotVMTypes, the types. Their layout is told by symbols beside them.
 */

/* A table: its first entry, and where an entry has what, in bytes. */
typedef struct {
  const char *first;
  uint64_t stride;
  uint64_t type_name;
  uint64_t field_name;
  uint64_t is_static;
  uint64_t offset;
  uint64_t address;
  uint64_t size;
} p4j_vm_table;

typedef struct {
  p4j_vm_table fields;
  p4j_vm_table types;
} p4j_vmstructs;

/* Finds the tables in the library that has the address; false when it has none. */
bool p4j_vmstructs_find(const void *inside, p4j_vmstructs *found);

bool p4j_vm_has(const p4j_vmstructs *structs, const char *type, const char *field);

/* Bytes from the start of the type to the field. */
bool p4j_vm_offset(const p4j_vmstructs *structs, const char *type, const char *field,
                   int64_t *offset);

/* The value of a static field that is a pointer. */
bool p4j_vm_static(const p4j_vmstructs *structs, const char *type, const char *field,
                   uintptr_t *value);

/* Bytes of a type. */
bool p4j_vm_size(const p4j_vmstructs *structs, const char *type, uint64_t *size);

#endif
