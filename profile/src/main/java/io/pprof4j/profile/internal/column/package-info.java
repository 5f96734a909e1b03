// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Columns of numbers that grow, and what finds equal rows in them. */
package io.pprof4j.profile.internal.column;
