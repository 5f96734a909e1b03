// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Regular expressions in the syntax of RE2, checked with its messages. */
package io.pprof4j.report.internal.pattern;
