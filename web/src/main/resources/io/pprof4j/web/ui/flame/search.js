// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {Pattern} from './pattern.js';

/** Search: which frames match, how often, and how much of the whole that is. */

/** The expression of a search; null for an empty text. Throws SyntaxError for a bad one. */
export function expression(text) {
  if (text === '') {
    return null;
  }
  // Capitals in the text mean that they matter.
  return new Pattern(text, text === text.toLowerCase());
}

/** What a search may take: a page of a hostile profile may be searched for a hostile expression. */
const MOST_MILLIS = 3000;

/** By frame, 1 if its name or file matches. Throws SyntaxError if that takes too long. */
export function matchFrames(frames, pattern) {
  const matches = new Uint8Array(frames.size);
  const end = performance.now() + MOST_MILLIS;
  for (let frame = 1; frame < frames.size; frame++) {
    if (frame % 64 === 0 && performance.now() > end) {
      throw new SyntaxError('the search takes too long');
    }
    matches[frame] = pattern.test(frames.name[frame]) || pattern.test(frames.file[frame]) ? 1 : 0;
  }
  return matches;
}

/**
 * The nodes that match, in the order of the picture, and what the outermost of them sum up to: a
 * match below another match adds nothing.
 */
export function matchNodes(tree, matches) {
  const nodes = [];
  let total = 0;
  let baseTotal = 0;
  let countedUpTo = 0;
  for (let node = 1; node < tree.size; node++) {
    if (matches[tree.frame[node]]) {
      nodes.push(node);
      if (node >= countedUpTo) {
        countedUpTo = tree.end[node];
        total += tree.total[node];
        baseTotal += tree.baseTotal ? tree.baseTotal[node] : 0;
      }
    }
  }
  return {nodes, total, baseTotal};
}
