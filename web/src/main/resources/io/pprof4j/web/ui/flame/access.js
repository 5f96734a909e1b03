// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {make, visible} from './dom.js';

const MOST_CHILDREN = 60;

/**
 * The picture for those who cannot see it: a tree of the selected node, its callers and its callees,
 * which follows the selection.
 */
export class AccessTree {
  constructor(view) {
    this.view = view;
    this.element = make('ul', {class: 'flame-hidden', role: 'tree', 'aria-label': 'Call tree'});
    this.key = '';
  }

  update() {
    const {view} = this;
    const {tree, node} = view.selectedNode() ?? {tree: view.layers[0].tree, node: 0};
    const items = tree.path(node).map((at) => this.item(tree, at, at === node, true));
    for (const child of tree.children(node).slice(0, MOST_CHILDREN)) {
      items.push(this.item(tree, child, false, tree.end[child] === child + 1 ? null : false));
    }
    this.element.replaceChildren(...items);
    view.canvas.setAttribute('aria-activedescendant', 'flame-selected');
  }

  item(tree, node, selected, expanded) {
    const {view} = this;
    const name = node === 0 ? view.rootName() : view.data.frames.name[tree.frame[node]];
    return make('li', {
      role: 'treeitem',
      id: selected ? 'flame-selected' : null,
      'aria-level': String(tree.depth[node] + 1),
      'aria-selected': String(selected),
      'aria-expanded': expanded === null ? null : String(expanded),
      text: visible(`${name}, ${view.amount(tree, node)}`),
    });
  }
}
