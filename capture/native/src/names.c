// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#include "names.h"

#include <ctype.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "memory.h"

#define CHUNK 1024
#define CHUNKS 4096
#define HEADS (1 << 14)

/* Numbered rows in chunks that never move, so readers need no lock. */
typedef struct {
  _Atomic(char *) *chunks;
  _Atomic uint32_t count;
  uint32_t row_bytes;
} rows;

typedef struct entry {
  struct entry *next;
  uint64_t hash;
  uint32_t row;
} entry;

static _Atomic(char *) string_chunks[CHUNKS];
static _Atomic(char *) method_chunks[CHUNKS];
static rows strings = {string_chunks, 0, sizeof(char *)};
static rows methods = {method_chunks, 0, sizeof(p4j_method)};
static entry *string_heads[HEADS];
static entry *method_heads[HEADS];
static pthread_mutex_t names_lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count) {
  const unsigned char *at = bytes;
  for (size_t i = 0; i < count; i++) hash = (hash ^ at[i]) * 0x100000001B3ull;
  return hash ^ hash >> 29;
}

static void *row_at(rows *table, uint32_t row) {
  char *chunk = atomic_load_explicit(&table->chunks[row / CHUNK], memory_order_acquire);
  return chunk + (size_t)(row % CHUNK) * table->row_bytes;
}

/* Room for one more row, or NULL; the row counts once `publish` was called. */
static void *next_row(rows *table) {
  uint32_t row = atomic_load_explicit(&table->count, memory_order_relaxed);
  if (row >= CHUNK * CHUNKS) return NULL;
  if (row % CHUNK == 0) {
    char *chunk = p4j_alloc((size_t)CHUNK * table->row_bytes);
    if (chunk == NULL) return NULL;
    atomic_store_explicit(&table->chunks[row / CHUNK], chunk, memory_order_release);
  }
  return row_at(table, row);
}

static uint32_t publish(rows *table) {
  return atomic_fetch_add_explicit(&table->count, 1, memory_order_release);
}

static bool link_entry(entry **heads, uint64_t hash, uint32_t row) {
  entry *added = p4j_alloc(sizeof *added);
  if (added == NULL) return false;
  entry **head = &heads[hash % HEADS];
  *added = (entry){*head, hash, row};
  *head = added;
  return true;
}

static uint32_t intern_string(const char *text) {
  size_t bytes = strlen(text) + 1;
  uint64_t hash = hash_bytes(0xCBF29CE484222325ull, text, bytes);
  for (entry *e = string_heads[hash % HEADS]; e != NULL; e = e->next) {
    if (e->hash == hash && strcmp(p4j_string_at(e->row), text) == 0) return e->row;
  }
  char **row = next_row(&strings);
  char *copy = row == NULL ? NULL : p4j_alloc(bytes);
  if (copy == NULL) return 0;
  memcpy(copy, text, bytes);
  *row = copy;
  uint32_t number = publish(&strings);
  link_entry(string_heads, hash, number);
  return number;
}

static uint32_t start_line(const p4j_method_facts *facts) {
  if (facts->line_count == 0) return 0;
  /* A constructor's table also holds the field initialisers, which stand above it. */
  uint32_t line = facts->lines[0].line;
  if (strcmp(facts->name, "<init>") == 0) return line;
  for (uint32_t i = 1; i < facts->line_count; i++) {
    if (facts->lines[i].line < line) line = facts->lines[i].line;
  }
  return line;
}

static bool is_same(const p4j_method *a, const p4j_method *b) {
  return a->hash == b->hash && a->class_name == b->class_name && a->name == b->name &&
         a->descriptor == b->descriptor && a->source == b->source &&
         a->line_count == b->line_count &&
         (a->line_count == 0 || memcmp(a->lines, b->lines, a->line_count * sizeof *a->lines) == 0);
}

static uint32_t add_method(p4j_method method) {
  p4j_method *row = next_row(&methods);
  if (row == NULL) return 0;
  size_t bytes = method.line_count * sizeof(p4j_line);
  if (bytes > 0) {
    p4j_line *lines = p4j_alloc(bytes);
    if (lines == NULL) return 0;
    memcpy(lines, method.lines, bytes);
    method.lines = lines;
  }
  *row = method;
  uint32_t number = publish(&methods);
  link_entry(method_heads, method.hash, number);
  return number;
}

static uint32_t intern_locked(const p4j_method_facts *facts, int *is_new) {
  p4j_method method = {.class_name = intern_string(facts->class_name),
                       .name = intern_string(facts->name),
                       .descriptor = intern_string(facts->descriptor),
                       .source = intern_string(facts->source),
                       .start_line = start_line(facts),
                       .line_count = facts->line_count,
                       .lines = facts->lines};
  uint32_t key[] = {method.class_name, method.name, method.descriptor, method.source};
  method.hash = hash_bytes(0xCBF29CE484222325ull, key, sizeof key);
  if (facts->line_count > 0) {
    method.hash = hash_bytes(method.hash, facts->lines, facts->line_count * sizeof(p4j_line));
  }
  for (entry *e = method_heads[method.hash % HEADS]; e != NULL; e = e->next) {
    if (is_same(p4j_method_at(e->row), &method)) return e->row;
  }
  *is_new = 1;
  return add_method(method);
}

uint32_t p4j_intern_method(const p4j_method_facts *facts, int *is_new) {
  *is_new = 0;
  pthread_mutex_lock(&names_lock);
  uint32_t number = intern_locked(facts, is_new);
  pthread_mutex_unlock(&names_lock);
  return number;
}

int p4j_names_init(void) {
  pthread_mutex_lock(&names_lock);
  if (p4j_string_count() == 0) {
    intern_string("");
    int is_new;
    intern_locked(&(p4j_method_facts){"", "", "", "", NULL, 0}, &is_new);
  }
  int done = p4j_string_count() > 0 && p4j_method_count() > 0;
  pthread_mutex_unlock(&names_lock);
  return done;
}

uint32_t p4j_method_count(void) {
  return atomic_load_explicit(&methods.count, memory_order_acquire);
}

uint32_t p4j_string_count(void) {
  return atomic_load_explicit(&strings.count, memory_order_acquire);
}

const p4j_method *p4j_method_at(uint32_t method) { return row_at(&methods, method); }

const char *p4j_string_at(uint32_t string) { return *(char **)row_at(&strings, string); }

uint32_t p4j_line_of(const p4j_method *method, int32_t bci) {
  if (bci < 0 || method->line_count == 0) return 0;
  uint32_t low = 0;
  uint32_t high = method->line_count;
  while (high - low > 1) { /* the last entry that begins at or before bci */
    uint32_t middle = (low + high) / 2;
    if (method->lines[middle].bci <= bci) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return method->lines[low].bci <= bci ? method->lines[low].line : 0;
}

/* Cuts the running number behind the last occurrence of `prefix`, if the name ends with it. */
static void cut_number(char *name, const char *prefix) {
  char *at = strstr(name, prefix);
  if (at == NULL) return;
  char *digits = at + strlen(prefix);
  char *end = digits;
  while (isdigit((unsigned char)*end)) end++;
  if (*end == 0 && end > digits) *digits = 0;
}

void p4j_normalise_class(const char *signature, char *name, uint32_t capacity) {
  uint32_t length = 0;
  const char *at = *signature == 'L' ? signature + 1 : signature;
  /* JVMTI GetClassSignature: a hidden class is L + name + '.' + suffix + ';'. */
  while (*at != 0 && *at != ';' && *at != '.' && length + 1 < capacity) name[length++] = *at++;
  name[length] = 0;
  cut_number(name, "$$Lambda$");
  size_t end = strlen(name);
  if (end > 9 && strcmp(name + end - 9, "$$Lambda$") == 0) name[end - 1] = 0;
  cut_number(name, "/GeneratedMethodAccessor");
  cut_number(name, "/GeneratedConstructorAccessor");
  cut_number(name, "/GeneratedSerializationConstructorAccessor");
}
