// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where boxes stand. Only what can be seen is visited: not what lies beside or below the window,
 * and of siblings too narrow to see only their sum, as one box.
 *
 * A window shows the range `from` .. `to` of the whole width (both 0 .. 1), and rows `firstRow` ..
 * `lastRow`. A layer is a tree whose row 0 is at `originRow` and whose further rows go down, or up.
 * Nodes of the frame `rest` are several in an outline of the data, and so are their boxes.
 */
const NARROWEST_PX = 1.6;

/** The boxes on the screen, as columns that are used again for each picture. */
export class Boxes {
  constructor() {
    this.count = 0;
    this.grow(4096);
  }

  grow(capacity) {
    const copy = (old, Type) => {
      const grown = new Type(capacity);
      if (old) {
        grown.set(old);
      }
      return grown;
    };
    this.node = copy(this.node, Int32Array);
    this.last = copy(this.last, Int32Array);
    this.layer = copy(this.layer, Int8Array);
    this.row = copy(this.row, Int32Array);
    this.x = copy(this.x, Float64Array);
    this.width = copy(this.width, Float64Array);
  }

  /** Adds a box of a node, or of all siblings from `node` to before `last` if there are several. */
  add(node, last, layer, row, x, width) {
    if (this.count === this.node.length) {
      this.grow(this.count * 2);
    }
    const box = this.count++;
    this.node[box] = node;
    this.last[box] = last;
    this.layer[box] = layer;
    this.row[box] = row;
    this.x[box] = x;
    this.width[box] = width;
  }

  isMerged(box) {
    return this.last[box] >= 0;
  }

  /** The box at a place in pixels; -1 if there is none. */
  at(row, x) {
    for (let box = 0; box < this.count; box++) {
      if (this.row[box] === row && x >= this.x[box] && x < this.x[box] + this.width[box]) {
        return box;
      }
    }
    return -1;
  }

  /** The box of a node; -1 if it cannot be seen. */
  of(layer, node) {
    for (let box = 0; box < this.count; box++) {
      if (this.layer[box] === layer && this.node[box] === node && !this.isMerged(box)) {
        return box;
      }
    }
    return -1;
  }
}

/** Finds the boxes that a window shows. */
export function layOut(layers, window, boxes) {
  boxes.count = 0;
  layers.forEach((layer, number) => layOutLayer(layer, number, window, boxes));
  return boxes;
}

function layOutLayer(layer, number, window, boxes) {
  const {tree, direction, originRow} = layer;
  const whole = tree.weight(0);
  if (whole <= 0) {
    boxes.add(0, -1, number, originRow, 0, window.width);
    return;
  }
  const scale = window.width / ((window.to - window.from) * whole);
  const offset = window.from * whole;
  const nodes = [0];
  const starts = [0];
  while (nodes.length > 0) {
    const node = nodes.pop();
    const start = starts.pop();
    const row = originRow + direction * (tree.depth[node] - layer.firstDepth);
    if (row >= window.firstRow && row <= window.lastRow && tree.depth[node] >= layer.firstDepth) {
      boxes.add(node, -1, number, row, (start - offset) * scale, tree.weight(node) * scale);
    }
    const leaves = direction > 0 ? row >= window.lastRow : row <= window.firstRow;
    if (!leaves) {
      addChildren(layer, number, window, boxes, {node, start, row, scale, offset, nodes, starts});
    }
  }
}

function addChildren(layer, number, window, boxes, at) {
  const {tree, direction} = layer;
  const {scale, offset, nodes, starts} = at;
  const row = at.row + direction;
  const seen = row >= window.firstRow && row <= window.lastRow;
  let start = at.start;
  for (let child = at.node + 1; child < tree.end[at.node]; child = tree.end[child]) {
    const weight = tree.weight(child);
    const x = (start - offset) * scale;
    if (x > window.width) {
      return;
    }
    // Siblings stand heaviest first: all that follow are narrower still.
    if (weight * scale < NARROWEST_PX) {
      if (seen) {
        const rest = restOf(tree, at.node, start - at.start);
        if (x + rest * scale > 0 && rest * scale >= 0.3) {
          const alone = tree.end[child] === tree.end[at.node] && tree.frame[child] !== window.rest;
          boxes.add(child, alone ? -1 : tree.end[at.node], number, row, x, rest * scale);
        }
      }
      return;
    }
    if (tree.frame[child] === window.rest) {
      if (seen && x + weight * scale > 0) {
        boxes.add(child, tree.end[child], number, row, x, weight * scale);
      }
    } else if (x + weight * scale > 0) {
      nodes.push(child);
      starts.push(start);
    }
    start += weight;
  }
}

/** What the children of a node weigh, without those that were passed. */
function restOf(tree, node, passed) {
  const own = tree.self[node] + (tree.base ? tree.base[node] : 0);
  return Math.max(0, tree.weight(node) - own - passed);
}

/** The part of the whole width that a node takes: [from, to]. */
export function rangeOf(tree, node) {
  const whole = tree.weight(0);
  if (whole <= 0) {
    return [0, 1];
  }
  let start = 0;
  for (let at = node; at > 0; at = tree.parent[at]) {
    for (let sibling = tree.parent[at] + 1; sibling < at; sibling = tree.end[sibling]) {
      start += tree.weight(sibling);
    }
  }
  return [start / whole, (start + tree.weight(node)) / whole];
}
