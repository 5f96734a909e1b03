// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {TreeBuilder} from './tree.js';

/*
 * Transforms make a new tree from a tree. Those that a frame is given for concern all frames of the
 * same name, since that is what is seen.
 */

const DROPPED = -1;

/** Names that the JVM makes up for lambdas and method handles. */
const LAMBDA_FRAME =
  /\$\$Lambda|\.lambda\$|^java\.lang\.invoke\.(?:LambdaForm|DirectMethodHandle|Invokers|DelegatingMethodHandle|MethodHandle)/;

/** What transforms there are: how the chip calls them, and what they do. */
export const TRANSFORMS = {
  only: {label: 'only stacks with', apply: onlyWith},
  drop: {label: 'without stacks of', apply: dropWith},
  root: {label: 'from', apply: rootAt},
  leaf: {label: 'collapsed', apply: leafAt},
  merge: {label: 'merged into caller', apply: mergeAway},
  recursion: {label: 'recursion folded', apply: foldRecursion},
  lambda: {label: 'lambdas folded', apply: foldLambdas, nullary: true},
  library: {label: 'library and JDK code folded', apply: foldForeign, nullary: true},
  package: {label: 'grouped by package', apply: groupByPackage, nullary: true},
  module: {label: 'grouped by module', apply: groupByModule, nullary: true},
  class: {label: 'grouped by class', apply: groupByClass, nullary: true},
};

/** Applies one transform, {op, name}. */
export function transform(tree, frames, step) {
  const known = Object.hasOwn(TRANSFORMS, step.op) ? TRANSFORMS[step.op] : null;
  return known ? known.apply(tree, frames, step.name) : tree;
}

/** By frame, whether it has the name. */
function named(frames, name) {
  return Uint8Array.from(frames.name, (text) => (text === name ? 1 : 0));
}

/**
 * Rebuilds a tree node by node. `place` gets the node and where its parent went, and answers where
 * its own value goes: a node of the builder, or DROPPED for it and all below.
 */
function rebuild(tree, place) {
  const builder = new TreeBuilder(tree.base !== null, Math.max(16, tree.size));
  const mapped = new Int32Array(tree.size);
  builder.add(0, tree.self[0], tree.base ? tree.base[0] : 0);
  for (let node = 1; node < tree.size; node++) {
    const parent = mapped[tree.parent[node]];
    mapped[node] = place(node, parent, builder);
    if (mapped[node] >= 0) {
      builder.add(mapped[node], tree.self[node], tree.base ? tree.base[node] : 0);
    }
  }
  return builder.build();
}

function mergeFrames(tree, merged) {
  return rebuild(tree, (node, parent, builder) =>
    merged[tree.frame[node]] ? parent : builder.child(parent, tree.frame[node]),
  );
}

/** Frames of the name are left out; their callers get what they had. */
function mergeAway(tree, frames, name) {
  return mergeFrames(tree, named(frames, name));
}

function foldLambdas(tree, frames) {
  return mergeFrames(tree, Uint8Array.from(frames.name, (name) => (LAMBDA_FRAME.test(name) ? 1 : 0)));
}

/** Library, runtime and native frames below the program's own give it their values. */
function foldForeign(tree, frames) {
  const own = Uint8Array.from(frames.kind, (kind) => (kind === 0 ? 1 : 0));
  const below = new Uint8Array(tree.size);
  return rebuild(tree, (node, parent, builder) => {
    const isOwn = own[tree.frame[node]];
    below[node] = isOwn || below[tree.parent[node]] ? 1 : 0;
    return below[node] && !isOwn ? parent : builder.child(parent, tree.frame[node]);
  });
}

/** Stacks with a frame of the name are left out. */
function dropWith(tree, frames, name) {
  const wanted = named(frames, name);
  return rebuild(tree, (node, parent, builder) =>
    parent === DROPPED || wanted[tree.frame[node]]
      ? DROPPED
      : builder.child(parent, tree.frame[node]),
  );
}

/** Stacks without a frame of the name are left out. */
function onlyWith(tree, frames, name) {
  const wanted = named(frames, name);
  const inside = new Uint8Array(tree.size);
  const keep = new Uint8Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    inside[node] = inside[tree.parent[node]] | wanted[tree.frame[node]];
    keep[node] = inside[node];
  }
  for (let node = tree.size - 1; node > 0; node--) {
    keep[tree.parent[node]] |= keep[node];
  }
  const builder = new TreeBuilder(tree.base !== null);
  const mapped = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    if (keep[node]) {
      mapped[node] = builder.child(mapped[tree.parent[node]], tree.frame[node]);
      if (inside[node]) {
        builder.add(mapped[node], tree.self[node], tree.base ? tree.base[node] : 0);
      }
    }
  }
  return builder.build();
}

/** What the outermost frame of the name calls, as a tree of its own. */
export function rootAt(tree, frames, name) {
  const wanted = named(frames, name);
  const builder = new TreeBuilder(tree.base !== null);
  const mapped = new Int32Array(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const parent = mapped[tree.parent[node]];
    if (parent > 0 || wanted[tree.frame[node]]) {
      mapped[node] = builder.child(parent, tree.frame[node]);
      builder.add(mapped[node], tree.self[node], tree.base ? tree.base[node] : 0);
    }
  }
  return builder.build();
}

/** Frames of the name keep no callees; what those had becomes their own. */
function leafAt(tree, frames, name) {
  const wanted = named(frames, name);
  const below = new Uint8Array(tree.size);
  return rebuild(tree, (node, parent, builder) => {
    below[node] = below[tree.parent[node]] | wanted[tree.frame[tree.parent[node]]];
    return below[node] ? parent : builder.child(parent, tree.frame[node]);
  });
}

/** A frame below another of the same name takes its place, whatever is between them. */
function foldRecursion(tree, frames, name) {
  const wanted = named(frames, name);
  const outermost = new Int32Array(tree.size);
  return rebuild(tree, (node, parent, builder) => {
    outermost[node] = outermost[tree.parent[node]];
    if (!wanted[tree.frame[node]]) {
      return builder.child(parent, tree.frame[node]);
    }
    if (outermost[node] === 0) {
      outermost[node] = builder.child(parent, tree.frame[node]);
    }
    return outermost[node];
  });
}

function groupBy(tree, frames, nameOf) {
  const size = frames.size;
  const group = new Int32Array(size);
  for (let frame = 1; frame < size; frame++) {
    group[frame] = frames.group(nameOf(frame), frame);
  }
  return rebuild(tree, (node, parent, builder) => {
    const own = group[tree.frame[node]];
    return parent > 0 && builder.frame[parent] === own ? parent : builder.child(parent, own);
  });
}

function groupByPackage(tree, frames) {
  return groupBy(tree, frames, (frame) => frames.package[frame] || frames.file[frame] || '(no package)');
}

function groupByModule(tree, frames) {
  return groupBy(tree, frames, (frame) => frames.module[frame] || '(no module)');
}

function groupByClass(tree, frames) {
  return groupBy(tree, frames, (frame) => classOf(frames.name[frame]) || frames.name[frame]);
}

/** What a function belongs to: the class of a method, the namespace or package of a function. */
export function classOf(name) {
  const plain = name.replace(/:\d+(?::\d+)?$/, '').replace(/\(.*$/s, '');
  const scope = plain.lastIndexOf('::');
  const end = scope > 0 ? scope : plain.lastIndexOf('.');
  return end > 0 ? plain.slice(0, end) : '';
}

/** Callers below callees: every stack from its leaf to its root. */
export function invert(tree) {
  const builder = new TreeBuilder(tree.base !== null);
  for (let leaf = 1; leaf < tree.size; leaf++) {
    const base = tree.base ? tree.base[leaf] : 0;
    if (tree.self[leaf] !== 0 || base !== 0) {
      let at = 0;
      for (let node = leaf; node > 0; node = tree.parent[node]) {
        at = builder.child(at, tree.frame[node]);
      }
      builder.add(at, tree.self[leaf], base);
    }
  }
  return builder.build();
}

/** The callers of the outermost frames of a name: the frame first, its callers below. */
export function callersOf(tree, frames, name) {
  const wanted = named(frames, name);
  const builder = new TreeBuilder(tree.base !== null);
  for (let node = 1; node < tree.size; ) {
    if (!wanted[tree.frame[node]]) {
      node++;
      continue;
    }
    let at = 0;
    for (let caller = node; caller > 0; caller = tree.parent[caller]) {
      at = builder.child(at, tree.frame[caller]);
    }
    builder.add(at, tree.total[node], tree.baseTotal ? tree.baseTotal[node] : 0);
    node = tree.end[node];
  }
  return builder.build();
}
