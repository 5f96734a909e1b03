// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {Tree, TreeBuilder} from './tree.js';

/** Reads what the server or the page holds: columns of small numbers, see FlameJson.java. */
export function decodeFlame(json) {
  const {nodes, strings, quantum} = json;
  const tree = new Tree(nodes.frame.length, json.diff);
  for (let node = 0; node < tree.size; node++) {
    tree.depth[node] = node === 0 ? 0 : tree.depth[node - 1] + 1 - nodes.up[node];
    tree.frame[node] = nodes.frame[node];
    tree.self[node] = nodes.self[node] * quantum;
    if (json.diff) {
      tree.base[node] = nodes.base[node] * quantum;
    }
  }
  tree.complete();
  return {
    title: json.title,
    type: json.type,
    unit: json.unit,
    scale: json.scale,
    total: json.total,
    diff: json.diff,
    legend: json.legend,
    kinds: json.kinds,
    frames: new Frames(json.frames, strings),
    tree,
    time: json.time ? decodeTime(json.time, quantum) : null,
    // The frame that stands for what an outline leaves out; -1 if everything is here.
    rest: json.rest ?? -1,
  };
}

/** The table of frames. Grouping adds rows to it, so a number means the same frame for ever. */
export class Frames {
  constructor(columns, strings) {
    this.name = columns.name.map((text) => strings[text]);
    this.file = columns.file.map((text) => strings[text]);
    this.package = columns.package.map((text) => strings[text]);
    this.module = columns.module.map((text) => strings[text]);
    this.kind = columns.kind.slice();
    this.inlined = columns.inlined.slice();
    this.shortNames = [];
    this.groups = new Map();
  }

  get size() {
    return this.name.length;
  }

  /** A frame that stands for a group of frames. */
  group(name, frame) {
    const known = this.groups.get(name);
    if (known !== undefined) {
      return known;
    }
    this.name.push(name);
    this.file.push('');
    this.package.push(this.package[frame]);
    this.module.push(this.module[frame]);
    this.kind.push(this.kind[frame]);
    this.inlined.push(0);
    this.groups.set(name, this.size - 1);
    return this.size - 1;
  }

  /** What to write into a box, the longest first: whole name, class and method, method. */
  names(frame) {
    let names = this.shortNames[frame];
    if (!names) {
      names = shortNames(this.name[frame]);
      this.shortNames[frame] = names;
    }
    return names;
  }
}

/** The name without its leading qualifiers, one less each time. */
export function shortNames(name) {
  const names = [name];
  const slash = name.lastIndexOf('/', endOfPlainName(name));
  // A slash in the name of a hidden class is followed by its address.
  const isPath = slash >= 0 && slash < name.length - 1 && !name.startsWith('0x', slash + 1);
  let rest = isPath ? name.slice(slash + 1) : name;
  if (rest !== name) {
    names.push(rest);
  }
  for (let guard = 0; guard < 12; guard++) {
    const cut = rest.match(/^[^.:<([]+(?:\.|::)(?=[^.])/);
    if (!cut) {
      break;
    }
    rest = rest.slice(cut[0].length);
    names.push(rest);
  }
  return names;
}

/** Where arguments or type parameters begin, in which dots and slashes mean nothing. */
function endOfPlainName(name) {
  const at = name.slice(1).search(/[<([]/);
  return at < 0 ? name.length : at + 1;
}

function decodeTime(json, quantum) {
  const count = json.bucket.length;
  const node = new Int32Array(count);
  const bucket = Int32Array.from(json.bucket);
  const value = new Float64Array(count);
  const sums = new Float64Array(json.buckets);
  for (let cell = 0; cell < count; cell++) {
    node[cell] = json.nodeStep[cell] + (cell === 0 ? 0 : node[cell - 1]);
    value[cell] = json.value[cell] * quantum;
    sums[bucket[cell]] += value[cell];
  }
  return {
    startMillis: json.startMillis,
    bucketMillis: json.bucketMillis,
    buckets: json.buckets,
    node,
    bucket,
    value,
    sums,
  };
}

/** The tree of what was measured from one bucket up to another, both included. */
export function sliceOfTime(tree, time, from, to) {
  const self = new Float64Array(tree.size);
  for (let cell = 0; cell < time.node.length; cell++) {
    if (time.bucket[cell] >= from && time.bucket[cell] <= to) {
      self[time.node[cell]] += time.value[cell];
    }
  }
  const builder = new TreeBuilder(false);
  const mapped = new Int32Array(tree.size);
  const total = self.slice();
  for (let node = tree.size - 1; node > 0; node--) {
    total[tree.parent[node]] += total[node];
  }
  for (let node = 1; node < tree.size; ) {
    if (total[node] === 0) {
      node = tree.end[node];
      continue;
    }
    mapped[node] = builder.child(mapped[tree.parent[node]], tree.frame[node]);
    builder.add(mapped[node], self[node], 0);
    node++;
  }
  builder.add(0, self[0], 0);
  return builder.build();
}
