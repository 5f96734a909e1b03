// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "buffer.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(p4j_buffer *buffer, size_t count) {
  if (buffer->is_broken) return false;
  if (buffer->capacity - buffer->count >= count) return true;
  size_t capacity = buffer->capacity * 2 + count + 4096;
  unsigned char *bytes = realloc(buffer->bytes, capacity);
  buffer->is_broken = bytes == NULL;
  if (bytes == NULL) return false;
  buffer->bytes = bytes;
  buffer->capacity = capacity;
  return true;
}

void p4j_put(p4j_buffer *buffer, const void *bytes, size_t count) {
  if (count == 0 || !reserve(buffer, count)) return;
  memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
}

void p4j_put32(p4j_buffer *buffer, uint32_t value) { p4j_put(buffer, &value, sizeof value); }

void p4j_put64(p4j_buffer *buffer, uint64_t value) { p4j_put(buffer, &value, sizeof value); }

void p4j_set32(p4j_buffer *buffer, size_t offset, uint32_t value) {
  if (!buffer->is_broken) memcpy(buffer->bytes + offset, &value, sizeof value);
}

void p4j_buffer_free(p4j_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (p4j_buffer){0};
}
