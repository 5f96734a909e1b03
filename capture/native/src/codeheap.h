// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_CODEHEAP_H
#define P4J_CODEHEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "vmstructs.h"

/* How large the frames of compiled code are: from the heaps in which HotSpot keeps such code. */

/* Looks once where the heaps are; false where this JVM has them in another form. */
bool p4j_codeheap_look(const p4j_vmstructs *structs);

/*
 * Words of the frame that executes at the address, from its stack pointer to that of its caller.
 * 0 if there is no such code, its frames have no fixed size, or the frame is about to be turned into
 * interpreted ones, so that the address does not tell what it stands for.
 */
uint32_t p4j_frame_words(uintptr_t pc, bool is_youngest);

#endif
