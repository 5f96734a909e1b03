// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {button, make, visible} from './dom.js';

const MOST_ROWS = 200;

/** The table beside a sandwich: who calls the function, and whom it calls. */
export class CallTable {
  constructor(view) {
    this.view = view;
    this.element = make('aside', {class: 'flame-calls', 'aria-label': 'Callers and callees', hidden: true});
  }

  update() {
    const {state, layers} = this.view;
    this.element.hidden = state.pivot === null;
    if (state.pivot === null) {
      this.element.replaceChildren();
      return;
    }
    const [callers, callees] = layers.map((layer) => layer.tree);
    const whole = callees.weight(0);
    this.element.replaceChildren(
      ...this.section('Callers', neighbours(callers, this.view.data.frames), whole),
      ...this.section('Callees', neighbours(callees, this.view.data.frames), whole),
    );
  }

  section(title, rows, whole) {
    const {values} = this.view;
    const shown = rows.slice(0, MOST_ROWS);
    const items = shown.map(({name, weight}) =>
      make(
        'tr',
        {},
        make('td', {}, this.bar(weight, whole), values.text(weight)),
        make('td', {text: values.percent(weight, whole)}),
        make('td', {}, button(visible(name), visible(name), () => this.view.setPivot(name))),
      ),
    );
    if (rows.length > MOST_ROWS) {
      items.push(make('tr', {}, make('td', {colspan: '3', text: `and ${rows.length - MOST_ROWS} more`})));
    }
    const none = make('p', {class: 'flame-muted', text: 'none'});
    return [make('h3', {text: title}), items.length > 0 ? make('table', {}, make('tbody', {}, ...items)) : none];
  }

  bar(weight, whole) {
    const bar = make('i');
    bar.style.width = (whole === 0 ? 0 : (weight / whole) * 100) + '%';
    return bar;
  }
}

/** The direct neighbours of the pivot, which is the only child of the root, summed by name. */
export function neighbours(tree, frames) {
  const sums = new Map();
  for (const pivot of tree.children(0)) {
    for (const node of tree.children(pivot)) {
      const name = frames.name[tree.frame[node]];
      sums.set(name, (sums.get(name) ?? 0) + tree.weight(node));
    }
  }
  return [...sums]
    .map(([name, weight]) => ({name, weight}))
    .sort((one, other) => other.weight - one.weight || (one.name < other.name ? -1 : 1));
}
