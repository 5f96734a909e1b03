// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Numbers, units, text and tables as Go writes them. */
package io.pprof4j.report.internal.text;
