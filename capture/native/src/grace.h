// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_GRACE_H
#define P4J_GRACE_H

#include <stdbool.h>

/*
 * Who is inside a callback. Readers of the shared tables enter and leave and never wait; whoever
 * wants to free a part of a table first unlinks it, then waits here until everybody has left who
 * could have seen it. (Sleepable RCU with two phases; each thread counts in its own shard.)
 */

#define P4J_SHARDS 16

/* The shard of this thread. */
unsigned p4j_shard(void);

/* Returns the ticket for p4j_leave. */
unsigned p4j_enter(unsigned shard);
void p4j_leave(unsigned shard, unsigned ticket);

/*
 * Waits until every reader that was inside at the call has left. False when that took longer than
 * the time given: a thread may be suspended inside by a debugger, so nothing may wait for ever.
 * One caller at a time.
 */
bool p4j_wait_for_readers(int milliseconds);

#endif
