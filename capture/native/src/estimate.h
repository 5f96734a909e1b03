// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_ESTIMATE_H
#define P4J_ESTIMATE_H

#include <stdint.h>

#include "exposure.h"

/*
 * The estimator of Go's heap profile (runtime/pprof, scaleHeapSample). The JVM draws the distance
 * to the next sample from a geometric distribution with mean `interval` bytes, so an object that is
 * exposed to it by `size` bytes is sampled with probability 1 - exp(-size / interval), and one
 * sample stands for the reciprocal of that many objects. Bytes before it that the JVM forgets make
 * that exp(-size / interval) * skipped / interval less: the next sample would else have been drawn
 * from the last one in them.
 */

/*
 * How many objects one sample of an object stands for; 1 when every object is sampled. Not more than
 * three times what its exposure says without what was skipped: rare samples that stand for very much
 * would say less than none.
 */
double p4j_weight(const p4j_exposure *exposure, uint64_t interval);

/*
 * The class of a size: the size itself up to 256 bytes, above that cut to its five leading bits.
 * So classes are at most 1/16 apart, and a stack has some hundred buckets at most, whatever sizes
 * it allocates. The name of a class is its smallest size.
 */
uint64_t p4j_size_class(uint64_t size);

#endif
