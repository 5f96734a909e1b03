// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.request;

/**
 * How much of the profile a report shows.
 *
 * @param flat sum of the own values of the nodes shown
 * @param nodes how many are shown
 * @param candidates nodes that were heavy enough to be shown
 * @param droppedNodes nodes that were too light
 * @param droppedEdges edges that were too light
 */
public record Shown(long flat, int nodes, int candidates, int droppedNodes, int droppedEdges) {}
