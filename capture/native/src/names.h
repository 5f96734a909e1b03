// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_NAMES_H
#define P4J_NAMES_H

#include <stdint.h>

/*
 * Append-only tables of strings and methods, addressed by number. Two methods of equal content are
 * one: a lambda's class that is spun again after its first copy was unloaded adds nothing. Adding
 * takes a lock (it happens once a method); reading takes none. Number 0 is the empty string, and
 * the method that stands for what could not be resolved.
 */

typedef struct {
  uint16_t bci;
  uint16_t line;
} p4j_line;

typedef struct {
  uint32_t class_name; /* internal form, com/acme/Foo, hidden suffix cut */
  uint32_t name;
  uint32_t descriptor;
  uint32_t source; /* simple file name, or 0 */
  uint32_t start_line;
  uint32_t line_count;
  const p4j_line *lines; /* ascending bci */
  uint64_t hash;
} p4j_method;

/* What the JVM says of a method, before it has a number. */
typedef struct {
  const char *class_name;
  const char *name;
  const char *descriptor;
  const char *source;
  const p4j_line *lines;
  uint32_t line_count;
} p4j_method_facts;

/* False when memory is missing. To be called once before anything else here. */
int p4j_names_init(void);

/* The number of the method with this content; *is_new tells whether it was added. 0 on failure. */
uint32_t p4j_intern_method(const p4j_method_facts *facts, int *is_new);

uint32_t p4j_method_count(void);
uint32_t p4j_string_count(void);
const p4j_method *p4j_method_at(uint32_t method);
const char *p4j_string_at(uint32_t string);

/* The source line of a byte code index, 0 if unknown. */
uint32_t p4j_line_of(const p4j_method *method, int32_t bci);

/*
 * Copies the internal name of a class signature ("Lcom/acme/Foo;") to `name`, without what differs
 * between two copies of one generated class: the suffix of a hidden class and running numbers.
 */
void p4j_normalise_class(const char *signature, char *name, uint32_t capacity);

#endif
