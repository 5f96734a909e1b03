// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE /* dladdr */
#include "vmstructs.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static bool read_first(void *library, const char *symbol, const char **first) {
  const char **found = dlsym(library, symbol);
  if (found != NULL) *first = *found;
  return found != NULL && *found != NULL;
}

static bool read_number(void *library, const char *symbol, uint64_t *value) {
  const uint64_t *found = dlsym(library, symbol);
  if (found != NULL) *value = *found;
  return found != NULL;
}

static bool find_fields(void *library, p4j_vm_table *table) {
#define ENTRY(what) "gHotSpotVMStructEntry" what
  return read_first(library, "gHotSpotVMStructs", &table->first) &&
         read_number(library, ENTRY("ArrayStride"), &table->stride) &&
         read_number(library, ENTRY("TypeNameOffset"), &table->type_name) &&
         read_number(library, ENTRY("FieldNameOffset"), &table->field_name) &&
         read_number(library, ENTRY("IsStaticOffset"), &table->is_static) &&
         read_number(library, ENTRY("OffsetOffset"), &table->offset) &&
         read_number(library, ENTRY("AddressOffset"), &table->address);
#undef ENTRY
}

static bool find_types(void *library, p4j_vm_table *table) {
#define ENTRY(what) "gHotSpotVMTypeEntry" what
  return read_first(library, "gHotSpotVMTypes", &table->first) &&
         read_number(library, ENTRY("ArrayStride"), &table->stride) &&
         read_number(library, ENTRY("TypeNameOffset"), &table->type_name) &&
         read_number(library, ENTRY("SizeOffset"), &table->size);
#undef ENTRY
}

bool p4j_vmstructs_find(const void *inside, p4j_vmstructs *found) {
  Dl_info info;
  if (dladdr(inside, &info) == 0 || info.dli_fname == NULL) return false;
  void *library = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == NULL) return false;
  bool is_there = find_fields(library, &found->fields) && find_types(library, &found->types);
  dlclose(library);
  return is_there;
}

static const void *at(const char *entry, uint64_t offset) { return entry + offset; }

static const char *text_at(const char *entry, uint64_t offset) {
  return *(const char *const *)at(entry, offset);
}

static const char *find_entry(const p4j_vm_table *table, const char *type, const char *field) {
  const char *entry = table->first;
  for (; text_at(entry, table->type_name) != NULL; entry += table->stride) {
    if (strcmp(text_at(entry, table->type_name), type) != 0) continue;
    if (field == NULL) return entry;
    const char *name = text_at(entry, table->field_name);
    if (name != NULL && strcmp(name, field) == 0) return entry;
  }
  return NULL;
}

static bool is_static(const p4j_vm_table *table, const char *entry) {
  return *(const int32_t *)at(entry, table->is_static) != 0;
}

bool p4j_vm_has(const p4j_vmstructs *structs, const char *type, const char *field) {
  return find_entry(&structs->fields, type, field) != NULL;
}

bool p4j_vm_offset(const p4j_vmstructs *structs, const char *type, const char *field,
                   int64_t *offset) {
  const char *entry = find_entry(&structs->fields, type, field);
  if (entry == NULL || is_static(&structs->fields, entry)) return false;
  *offset = *(const int64_t *)at(entry, structs->fields.offset);
  return true;
}

bool p4j_vm_static(const p4j_vmstructs *structs, const char *type, const char *field,
                   uintptr_t *value) {
  const char *entry = find_entry(&structs->fields, type, field);
  if (entry == NULL || !is_static(&structs->fields, entry)) return false;
  const uintptr_t *address = *(const uintptr_t *const *)at(entry, structs->fields.address);
  if (address != NULL) *value = *address;
  return address != NULL;
}

bool p4j_vm_size(const p4j_vmstructs *structs, const char *type, uint64_t *size) {
  const char *entry = find_entry(&structs->types, type, NULL);
  if (entry != NULL) *size = *(const uint64_t *)at(entry, structs->types.size);
  return entry != NULL;
}
