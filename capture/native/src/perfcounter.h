// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_PERFCOUNTER_H
#define P4J_PERFCOUNTER_H

#include <stdatomic.h>
#include <stdint.h>

#include "vmstructs.h"

/*
 * A counter of HotSpot's performance data, those that jcmd prints with PerfCounter.print: where the
 * JVM counts itself. NULL if there is none of that name, as with -XX:-UsePerfData.
 */
const _Atomic int64_t *p4j_perf_counter(const p4j_vmstructs *structs, const char *name);

#endif
