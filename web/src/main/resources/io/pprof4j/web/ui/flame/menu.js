// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {button, make, visible} from './dom.js';
import {TRANSFORMS} from './transforms.js';
import {timeText} from './format.js';

/** A menu that opens at a place and closes when something else is wanted. */
export class Menu {
  constructor() {
    this.element = make('div', {class: 'flame-menu', role: 'menu', hidden: true});
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.onOutside = (event) => {
      if (!this.element.contains(event.target)) {
        this.close();
      }
    };
  }

  /** @param entries [text, action, key] each; null for a line between */
  open(title, entries, x, y) {
    this.returnTo = document.activeElement;
    this.element.replaceChildren(
      make('div', {class: 'flame-menu-title', text: visible(title)}),
      ...entries.map((entry) => (entry === null ? make('hr') : this.item(entry))),
    );
    this.element.hidden = false;
    const {clientWidth, clientHeight} = document.documentElement;
    this.element.style.left = Math.max(4, Math.min(x, clientWidth - this.element.offsetWidth - 6)) + 'px';
    this.element.style.top = Math.max(4, Math.min(y, clientHeight - this.element.offsetHeight - 6)) + 'px';
    this.element.querySelector('button')?.focus();
    document.addEventListener('pointerdown', this.onOutside, true);
  }

  item([text, action, key]) {
    const item = button('', text, () => {
      this.close();
      action();
    });
    item.setAttribute('role', 'menuitem');
    item.append(make('span', {text}), make('kbd', {text: key ?? ''}));
    return item;
  }

  onKey(event) {
    event.stopPropagation();
    const items = [...this.element.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement);
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) {
      items[(at + step + items.length) % items.length].focus();
      event.preventDefault();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      this.close();
      event.preventDefault();
    }
  }

  close() {
    if (!this.element.hidden) {
      this.element.hidden = true;
      document.removeEventListener('pointerdown', this.onOutside, true);
      this.returnTo?.focus?.({preventScroll: true});
    }
  }

  get isOpen() {
    return !this.element.hidden;
  }
}

/** What a reader can do with a function: the entries of its menu. */
export function functionMenu(view, layer, node) {
  const {tree} = view.layers[layer];
  const name = view.data.frames.name[tree.frame[node]];
  const step = (op) => () => view.addStep({op, name});
  const entries = [
    ['Magnify', () => view.zoomTo(layer, node), 'Enter'],
    ['Callers and callees', () => view.setPivot(name), 's'],
    null,
    ['Only stacks with it', step('only'), 'o'],
    ['Without its stacks', step('drop'), 'x'],
    ['Start at it', step('root'), 'r'],
    ['Merge into callers', step('merge'), 'm'],
    ['Collapse what it calls', step('leaf'), 'c'],
    ['Fold its recursion', step('recursion'), 'f'],
    null,
    ['Search for it', () => view.searchFor(name), ''],
    ['Copy its name', () => navigator.clipboard?.writeText(name), ''],
  ];
  if (view.options.onNavigate) {
    const pattern = '^' + name.replace(/:\d+(?::\d+)?$/, '').replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') + '$';
    const go = (page) => () => view.options.onNavigate({view: page, f: pattern});
    entries.push(null, ['Show source', go('source'), ''], ['Peek', go('peek'), ''], ['Graph of it', go('graph'), '']);
  }
  return {name, entries};
}

/** The transforms in force, each of which a click takes away. */
export class Chips {
  constructor(view) {
    this.view = view;
    this.element = make('div', {class: 'flame-chips', role: 'list', 'aria-label': 'Transforms'});
  }

  update() {
    const {state, data} = this.view;
    const chips = state.steps.map((step, at) => {
      const {label, nullary} = TRANSFORMS[step.op];
      return this.chip(label, nullary ? '' : step.name, () => this.view.removeStep(at));
    });
    if (state.pivot !== null) {
      chips.unshift(this.chip('callers and callees of', state.pivot, () => this.view.setPivot(null)));
    }
    if (state.time && data.time) {
      const {startMillis, bucketMillis} = data.time;
      const text = (bucket) => timeText(startMillis + bucket * bucketMillis, startMillis);
      const range = text(state.time[0]) + ' – ' + text(state.time[1] + 1);
      chips.unshift(this.chip('time', range, () => this.view.setTime(null)));
    }
    this.element.replaceChildren(...chips);
    this.element.hidden = chips.length === 0;
  }

  chip(label, name, remove) {
    return make(
      'span',
      {class: 'flame-chip', role: 'listitem'},
      make('span', {text: label}),
      ...(name === '' ? [] : [make('b', {text: visible(name), title: visible(name)})]),
      button('×', 'Remove', remove, {'aria-label': visible(`Remove: ${label} ${name}`)}),
    );
  }
}
