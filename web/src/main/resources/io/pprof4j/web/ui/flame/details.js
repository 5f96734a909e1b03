// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {make, visible} from './dom.js';

/** What all calls of each name took: a name that recurs on a stack counts once. */
export class NameSums {
  constructor(tree, frames) {
    this.ids = new Map();
    const idOf = new Int32Array(frames.size);
    frames.name.forEach((name, frame) => {
      if (!this.ids.has(name)) {
        this.ids.set(name, this.ids.size);
      }
      idOf[frame] = this.ids.get(name);
    });
    this.total = new Float64Array(this.ids.size);
    this.self = new Float64Array(this.ids.size);
    this.base = new Float64Array(this.ids.size);
    // The end of the outermost subtree of each name that the pass is in.
    const until = new Int32Array(this.ids.size);
    for (let node = 1; node < tree.size; node++) {
      const id = idOf[tree.frame[node]];
      this.self[id] += tree.self[node];
      if (node >= until[id]) {
        until[id] = tree.end[node];
        this.total[id] += tree.total[node];
        this.base[id] += tree.baseTotal ? tree.baseTotal[node] : 0;
      }
    }
  }

  of(name) {
    const id = this.ids.get(name);
    return id === undefined
      ? {total: 0, self: 0, base: 0}
      : {total: this.total[id], self: this.self[id], base: this.base[id]};
  }
}

/** The lines that describe a node: [what, how much, share]. */
export function describe(view, tree, node) {
  const {values, data} = view;
  const rows = [];
  if (tree.baseTotal) {
    const [now, before] = [tree.total[node], tree.baseTotal[node]];
    rows.push(['before', values.text(before), values.percent(before)]);
    rows.push(['now', values.text(now), values.percent(now)]);
    const share = before === 0 ? 'new' : values.percent(now - before, before) + ' of before';
    rows.push(['change', values.change(now - before), now === before ? '' : share]);
    rows.push(['self', values.change(tree.self[node] - tree.base[node]), '']);
  } else {
    rows.push(['total', values.text(tree.total[node]), values.percent(tree.total[node])]);
    rows.push(['self', values.text(tree.self[node]), values.percent(tree.self[node])]);
  }
  if (node > 0) {
    const sums = view.nameSums().of(data.frames.name[tree.frame[node]]);
    if (!tree.baseTotal && sums.total !== tree.total[node]) {
      rows.push(['in all calls', values.text(sums.total), values.percent(sums.total)]);
    }
  }
  return rows;
}

/** Where a frame's code is and whose it is. */
export function origin(data, frame) {
  const {frames} = data;
  const parts = [data.kinds[frames.kind[frame]], frames.package[frame], frames.file[frame]];
  if (frames.inlined[frame]) {
    parts.push('inlined');
  }
  return parts.filter((part) => part !== '').map(visible).join(' · ');
}

function table(rows) {
  return make(
    'table',
    {},
    ...rows.map((row) =>
      make('tr', {}, make('th', {text: row[0], scope: 'row'}), ...row.slice(1).map((text) => make('td', {text}))),
    ),
  );
}

/** The box beside the pointer. */
export class Tooltip {
  constructor(view) {
    this.view = view;
    this.element = make('div', {class: 'flame-tooltip', role: 'tooltip', hidden: true});
    this.shown = null;
  }

  show(box, x, y) {
    const {boxes, layers, data} = this.view;
    const {tree} = layers[boxes.layer[box]];
    const node = boxes.node[box];
    const key = `${boxes.layer[box]} ${node} ${boxes.last[box]}`;
    if (key !== this.shown) {
      this.shown = key;
      this.element.replaceChildren(
        ...(boxes.isMerged(box) ? this.merged(tree, node, boxes.last[box]) : this.single(tree, node, data)),
      );
      this.element.hidden = false;
    }
    const {clientWidth, clientHeight} = document.documentElement;
    const {offsetWidth, offsetHeight} = this.element;
    const left = Math.max(4, Math.min(x + 14, clientWidth - offsetWidth - 6));
    const below = y + 18 + offsetHeight < clientHeight;
    this.element.style.left = left + 'px';
    this.element.style.top = Math.max(4, below ? y + 18 : y - offsetHeight - 10) + 'px';
  }

  single(tree, node, data) {
    const frame = tree.frame[node];
    const name = node === 0 ? this.view.rootName() : data.frames.name[frame];
    const lines = [make('strong', {text: visible(name)}), table(describe(this.view, tree, node))];
    if (node > 0) {
      lines.push(make('small', {text: origin(data, frame)}));
    }
    return lines;
  }

  merged(tree, from, to) {
    let count = 0;
    let weight = 0;
    for (let node = from; node < to; node = tree.end[node]) {
      count++;
      weight += tree.weight(node);
    }
    const {values, data} = this.view;
    // In an outline one node may stand for many.
    const text = data.rest >= 0 ? 'Functions too narrow to show' : `${count} functions too narrow to show`;
    return [
      make('strong', {text}),
      table([['together', values.text(weight), values.percent(weight)]]),
      make('small', {text: 'Click to magnify them.'}),
    ];
  }

  hide() {
    this.shown = null;
    this.element.hidden = true;
  }
}

/** The bar below the picture: the selected node in full, for reading and copying. */
export class Details {
  constructor(view) {
    this.view = view;
    this.element = make('div', {class: 'flame-details', 'aria-live': 'polite'});
  }

  update() {
    const {view} = this;
    const selected = view.selectedNode();
    if (!selected) {
      this.element.replaceChildren(make('span', {class: 'flame-muted', text: view.summary()}));
      return;
    }
    const {tree, node} = selected;
    const frame = tree.frame[node];
    const name = node === 0 ? view.rootName() : view.data.frames.name[frame];
    this.element.replaceChildren(
      make('strong', {text: visible(name)}),
      ...describe(view, tree, node).map(([what, ...texts]) =>
        make('span', {}, make('span', {class: 'flame-muted', text: what + ' '}), texts.filter(Boolean).join(' · ')),
      ),
      make('span', {class: 'flame-muted', text: node === 0 ? '' : origin(view.data, frame)}),
    );
  }
}
