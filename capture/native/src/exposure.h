// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_EXPOSURE_H
#define P4J_EXPOSURE_H

#include <stdint.h>

/*
 * How likely the JVM was to sample an object.
 *
 * It draws how many bytes a thread allocates up to the next sample, and ends the thread's allocation
 * buffer (TLAB) there for now. The object in which that end lies does not fit and is looked at: it is
 * sampled with a chance that its size alone decides. Up to JDK 24 other objects that are looked at
 * have another chance, because the JVM counts up to where it meant to end the buffer:
 *
 * - The first object of a new buffer: as allocated count also what was left of the buffer before,
 *   some percent of it at its end, all of it after a collection, and once more each rest of it that
 *   was left when an object went elsewhere.
 * - An object outside of the buffer, for which that has no room: what was allocated in the buffer
 *   before is forgotten, as if the draw were fresh.
 *
 * Threads that allocate little between two collections are sampled thirty to eighty times too often
 * by that, small objects beside large ones by a half. (JDK-8356372 mended it in 25.)
 */

/* A thread's allocation buffer when one of its objects is sampled. Sizes are bytes. */
typedef struct {
  uint64_t start; /* addresses; 0 when there is no buffer */
  uint64_t top;
  uint64_t end;
  uint64_t desired; /* size of a new buffer */
  uint64_t waste_limit; /* a buffer with more left is kept: what does not fit goes elsewhere */
  uint64_t counted; /* by the JVM as allocated in buffers, before the object */
  uint64_t allocated; /* by the thread since its start, with the object */
  uint32_t buffers; /* since the last collection, with this one */
  uint32_t outside; /* objects since the last collection that went elsewhere */
} p4j_tlab;

/* What is kept of a thread from one sample to the next; zero before the first. */
typedef struct {
  p4j_tlab tlab;
  double since_outside; /* bytes of the buffer, from where the JVM last looked for its end */
} p4j_tlab_history;

/* An object is sampled when the JVM's draw ends within these bytes. */
typedef struct {
  double least;
  double most; /* each number from `least` to this one is as likely */
  double skipped; /* bytes before the object that were forgotten, at most its size */
} p4j_exposure;

/* Of an object of which nothing is known but its size, and of all from JDK 25 on. */
p4j_exposure p4j_exposure_of_size(uint64_t size);

/* Of the object at an address, which the thread has just allocated; notes it in the history. */
p4j_exposure p4j_exposure_of(p4j_tlab_history *history, const p4j_tlab *now, uint64_t object,
                             uint64_t size);

#endif
