// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Costs by line of source and by instruction. */
package io.pprof4j.report.internal.code;
