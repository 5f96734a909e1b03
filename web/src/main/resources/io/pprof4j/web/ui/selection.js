// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
import {visible} from './flame/dom.js';

/** A regular expression that matches this text only, in the syntax of RE2. */
export function quote(text) {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** The function of a node's name, which may have a file, a line or an address with it. */
export function functionOf(name) {
  return name
    .replace(/ \((partial-)?inline\)$/, '')
    .replace(/^[0-9a-f]{16} /, '')
    .replace(/ \S+:\d+(:\d+)?$/, '')
    .replace(/ \[\S+\]$/, '');
}

/** An expression for functions, by their names. */
export function expression(names) {
  const distinct = [...new Set(names.map(functionOf))].filter((name) => name !== '');
  return distinct.map((name) => `^${quote(name)}$`).join('|');
}

/** The address of a page with some parameters changed; an empty value removes one. */
export function link(path, changes) {
  const parameters = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) {
      parameters.set(name, value);
    } else {
      parameters.delete(name);
    }
  }
  const query = parameters.toString();
  return path + (query ? `?${query}` : path ? '' : '?');
}

const ACTIONS = [
  ['Focus', '', 'f'], ['Ignore', '', 'i'], ['Hide', '', 'h'],
  ['Peek', './peek', 'f'], ['Source', './source', 'f'], ['Disassemble', './disasm', 'f'],
];

/** What the reader has selected, and a bar with what can be done with it. */
export class Selection {
  constructor() {
    this.names = new Set();
    this.listeners = [];
    this.bar = document.createElement('div');
    this.bar.id = 'selection';
    this.bar.hidden = true;
    this.bar.setAttribute('role', 'toolbar');
    this.bar.setAttribute('aria-label', 'Selected functions');
    document.body.append(this.bar);
  }

  /** Calls a function whenever the selection changes. */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /** Selects one name; with `more`, adds or removes it. */
  choose(name, more) {
    const only = this.names.size === 1 && this.names.has(name);
    if (more ? this.names.has(name) : only) {
      this.names.delete(name);
    } else {
      if (!more) {
        this.names.clear();
      }
      this.names.add(name);
    }
    this.changed();
  }

  clear() {
    if (this.names.size > 0) {
      this.names.clear();
      this.changed();
    }
  }

  changed() {
    this.show();
    this.listeners.forEach((listener) => listener(this.names));
  }

  show() {
    this.bar.replaceChildren();
    this.bar.hidden = this.names.size === 0;
    if (this.bar.hidden) {
      return;
    }
    const title = document.createElement('b');
    title.textContent = this.names.size === 1 ? visible([...this.names][0]) : `${this.names.size} functions`;
    title.title = [...this.names].map(visible).join('\n');
    this.bar.append(title);
    const wanted = expression([...this.names]);
    for (const [text, path, parameter] of ACTIONS) {
      const action = document.createElement('a');
      action.textContent = text;
      action.href = refined(path, parameter, wanted);
      this.bar.append(action);
    }
    const close = document.createElement('button');
    close.className = 'close';
    close.textContent = '✕';
    close.setAttribute('aria-label', 'Clear the selection');
    close.addEventListener('click', () => this.clear());
    this.bar.append(close);
  }
}

/** An address refined by an expression: ignoring and hiding add up, the others replace. */
export function refined(path, parameter, wanted) {
  const before = new URLSearchParams(location.search).get(parameter);
  const adds = (parameter === 'i' || parameter === 'h') && before;
  return link(path, {[parameter]: adds ? `${before}|${wanted}` : wanted, p: '', all: ''});
}
