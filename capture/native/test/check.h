// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
#ifndef P4J_CHECK_H
#define P4J_CHECK_H

#include <stdio.h>
#include <stdlib.h>

/* Ends the program with status 1 and the place when a condition does not hold. */
#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);  \
      exit(1);                                                                 \
    }                                                                          \
  } while (0)

#endif
