// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Calls as a graph or a tree: built from the samples, weighed and trimmed. */
package io.pprof4j.report.internal.graph;
