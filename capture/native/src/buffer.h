// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_BUFFER_H
#define P4J_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing run of bytes, numbers in the machine's order. */
typedef struct {
  unsigned char *bytes;
  size_t count;
  size_t capacity;
  bool is_broken; /* memory was missing; what follows is ignored */
} p4j_buffer;

void p4j_put(p4j_buffer *buffer, const void *bytes, size_t count);
void p4j_put32(p4j_buffer *buffer, uint32_t value);
void p4j_put64(p4j_buffer *buffer, uint64_t value);

/* Overwrites four bytes that were put before. */
void p4j_set32(p4j_buffer *buffer, size_t offset, uint32_t value);

void p4j_buffer_free(p4j_buffer *buffer);

#endif
