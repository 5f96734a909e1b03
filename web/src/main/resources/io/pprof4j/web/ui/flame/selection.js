// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The node beside a node: its caller or its heaviest callee in the direction in which the layer
 * grows, or the sibling to the left or right. Where there is none it is the node itself; from the
 * pivot of a sandwich the way leads into the other layer.
 */
export function neighbour(layers, {layer, node}, key) {
  const {tree, direction, firstDepth} = layers[layer];
  const outwards = direction > 0 ? 'down' : 'up';
  if (key === 'left' || key === 'right') {
    return {layer, node: sibling(tree, node, key)};
  }
  if (key === outwards) {
    return {layer, node: tree.end[node] > node + 1 ? node + 1 : node};
  }
  const caller = tree.parent[node];
  if (caller >= 0 && tree.depth[caller] >= firstDepth) {
    return {layer, node: caller};
  }
  return otherLayer(layers, layer, node);
}

function otherLayer(layers, layer, node) {
  if (layers.length === 1) {
    return {layer, node};
  }
  const other = 1 - layer;
  const {tree, firstDepth} = layers[other];
  // Layer 1 has the pivot itself as its first row; layer 0 begins with the pivot's callers.
  const first = firstDepth;
  return first < tree.size ? {layer: other, node: first} : {layer, node};
}

function sibling(tree, node, key) {
  const siblings = node === 0 ? [0] : tree.children(tree.parent[node]);
  const at = siblings.indexOf(node) + (key === 'left' ? -1 : 1);
  return siblings[Math.max(0, Math.min(siblings.length - 1, at))];
}

/** The node at the end of a path of names from the root, or as far as it leads; null for no layer. */
export function followPath(layers, frames, {layer, names}) {
  if (layer >= layers.length) {
    return null;
  }
  const {tree} = layers[layer];
  let node = 0;
  for (const name of names.slice(1)) {
    const child = tree.children(node).find((candidate) => frames.name[tree.frame[candidate]] === name);
    if (child === undefined) {
      break;
    }
    node = child;
  }
  return {layer, node};
}
