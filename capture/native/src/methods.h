// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_METHODS_H
#define P4J_METHODS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * From the JVM's jmethodID to the number of a resolved method. Finding takes no lock. An id whose
 * class is gone is retired, so that it finds nothing any more should the JVM use it again; the
 * resolved method stays. Callers of find and add are readers of grace.h.
 */

/* False when memory is missing. */
bool p4j_ids_init(void);

/* The method's number, or 0. */
uint32_t p4j_ids_find(uintptr_t id);

/*
 * Adds an id with a weak reference to its class. False when it is there already or memory is
 * missing; the reference then stays the caller's.
 */
bool p4j_ids_add(uintptr_t id, uint32_t method, void *weak_class);

/* How the table asks about the weak references that it holds. */
typedef struct {
  void *context;
  bool (*is_dead)(void *context, void *reference);
  void (*release)(void *context, void *reference);
} p4j_references;

/*
 * Retires the ids of unloaded classes and frees them when no reader can see them any more.
 * Returns how many it retired. One caller at a time.
 */
int64_t p4j_ids_retire(const p4j_references *references);

#endif
