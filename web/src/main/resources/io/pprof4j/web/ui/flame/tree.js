// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The merged call tree as typed arrays.
 *
 * Node 0 is the root. Nodes are numbered depth first, so that a subtree is the run
 * node .. end[node] - 1 and every child is numbered above its parent; siblings stand heaviest first.
 */
export class Tree {
  constructor(size, diff) {
    this.size = size;
    this.frame = new Int32Array(size);
    this.parent = new Int32Array(size);
    this.depth = new Int32Array(size);
    this.end = new Int32Array(size);
    this.self = new Float64Array(size);
    this.base = diff ? new Float64Array(size) : null;
    this.total = new Float64Array(size);
    this.baseTotal = diff ? new Float64Array(size) : null;
    this.maxDepth = 0;
  }

  /** Fills in what follows from depth, self and base. */
  complete() {
    const open = [];
    for (let node = 0; node < this.size; node++) {
      const depth = this.depth[node];
      this.maxDepth = Math.max(this.maxDepth, depth);
      open[depth] = node;
      this.parent[node] = depth === 0 ? -1 : open[depth - 1];
    }
    this.end.fill(0);
    for (let node = this.size - 1; node >= 0; node--) {
      this.end[node] = Math.max(this.end[node], node + 1);
      this.total[node] += this.self[node];
      if (this.base) {
        this.baseTotal[node] += this.base[node];
      }
      const parent = this.parent[node];
      if (parent >= 0) {
        this.end[parent] = Math.max(this.end[parent], this.end[node]);
        this.total[parent] += this.total[node];
        if (this.base) {
          this.baseTotal[parent] += this.baseTotal[node];
        }
      }
    }
    return this;
  }

  /** How wide a node is drawn: what is measured, and in a comparison what was measured, too. */
  weight(node) {
    return this.baseTotal ? this.total[node] + this.baseTotal[node] : this.total[node];
  }

  /** The change from the base; the value itself if there is none. */
  net(node) {
    return this.baseTotal ? this.total[node] - this.baseTotal[node] : this.total[node];
  }

  /** The nodes from the root to a node, both included. */
  path(node) {
    const path = [];
    for (let at = node; at >= 0; at = this.parent[at]) {
      path.push(at);
    }
    return path.reverse();
  }

  /** The direct children of a node, heaviest first. */
  children(node) {
    const children = [];
    for (let child = node + 1; child < this.end[node]; child = this.end[child]) {
      children.push(child);
    }
    return children;
  }
}

/** Builds a tree from nodes found by their parent and frame, in any order. */
export class TreeBuilder {
  constructor(diff, capacity = 1024) {
    this.diff = diff;
    this.count = 1;
    this.allocate(capacity);
    this.slots = new Int32Array(4096).fill(-1);
  }

  allocate(capacity) {
    const grow = (old, Type) => {
      const grown = new Type(capacity);
      if (old) {
        grown.set(old);
      }
      return grown;
    };
    this.frame = grow(this.frame, Int32Array);
    this.parent = grow(this.parent, Int32Array);
    this.self = grow(this.self, Float64Array);
    this.base = grow(this.base, Float64Array);
  }

  /** The child of a node that shows a frame, added if it is new. */
  child(parent, frame) {
    let slot = this.slotOf(parent, frame);
    while (this.slots[slot] >= 0) {
      const node = this.slots[slot];
      if (this.parent[node] === parent && this.frame[node] === frame) {
        return node;
      }
      slot = (slot + 1) & (this.slots.length - 1);
    }
    if (this.count === this.frame.length) {
      this.allocate(this.count * 2);
    }
    const node = this.count++;
    this.frame[node] = frame;
    this.parent[node] = parent;
    this.slots[slot] = node;
    if (this.count * 2 > this.slots.length) {
      this.rehash();
    }
    return node;
  }

  slotOf(parent, frame) {
    const mixed = Math.imul(Math.imul(parent, 0x9e3779b1) ^ frame, 0x85ebca6b);
    return ((mixed ^ (mixed >>> 15)) >>> 0) & (this.slots.length - 1);
  }

  rehash() {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1);
    for (let node = 1; node < this.count; node++) {
      let slot = this.slotOf(this.parent[node], this.frame[node]);
      while (this.slots[slot] >= 0) {
        slot = (slot + 1) & (this.slots.length - 1);
      }
      this.slots[slot] = node;
    }
  }

  add(node, self, base) {
    this.self[node] += self;
    this.base[node] += base;
  }

  /** The tree, its nodes in the order of the picture. */
  build() {
    const weight = new Float64Array(this.count);
    const first = new Int32Array(this.count + 1);
    for (let node = this.count - 1; node >= 0; node--) {
      weight[node] += this.self[node] + this.base[node];
      if (node > 0) {
        weight[this.parent[node]] += weight[node];
        first[this.parent[node] + 1]++;
      }
    }
    for (let node = 0; node < this.count; node++) {
      first[node + 1] += first[node];
    }
    const next = first.slice();
    const children = new Int32Array(this.count - 1);
    for (let node = 1; node < this.count; node++) {
      children[next[this.parent[node]]++] = node;
    }
    for (let node = 0; node < this.count; node++) {
      if (first[node + 1] - first[node] > 1) {
        children
          .subarray(first[node], first[node + 1])
          .sort((one, other) => weight[other] - weight[one] || one - other);
      }
    }
    return this.order(first, children);
  }

  order(first, children) {
    const tree = new Tree(this.count, this.diff);
    const pending = new Int32Array(this.count);
    const depths = new Int32Array(this.count);
    let count = 1;
    for (let at = 0; count > 0; at++) {
      const node = pending[--count];
      tree.frame[at] = this.frame[node];
      tree.depth[at] = depths[node];
      tree.self[at] = this.self[node];
      if (this.diff) {
        tree.base[at] = this.base[node];
      }
      for (let slot = first[node + 1] - 1; slot >= first[node]; slot--) {
        depths[children[slot]] = depths[node] + 1;
        pending[count++] = children[slot];
      }
    }
    return tree.complete();
  }
}
