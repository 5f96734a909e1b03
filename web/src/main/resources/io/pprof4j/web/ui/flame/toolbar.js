// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {COLOR_MODES} from './colors.js';
import {button, make} from './dom.js';
import {TRANSFORMS} from './transforms.js';

/** The row of controls above the picture. */
export class Toolbar {
  constructor(view) {
    this.view = view;
    this.input = make('input', {
      type: 'search',
      class: 'flame-search',
      placeholder: 'Search (regular expression)',
      'aria-label': 'Search functions',
      spellcheck: 'false',
      autocomplete: 'off',
      on: {
        input: () => view.search(this.input.value),
        keydown: (event) => this.onSearchKey(event),
      },
    });
    this.found = make('output', {class: 'flame-found', 'aria-live': 'polite'});
    this.invert = this.toggle('Invert', 'Leaves at the root (i)', () => view.setInverted(!view.state.inverted));
    this.up = this.toggle('Flames', 'Grow upwards (u)', () => view.setUp(!view.state.up));
    this.color = this.colorSelect();
    this.fold = this.foldSelect();
    this.save = button('Save ▾', 'Save the picture or its data', (event) => view.openExports(event.currentTarget));
    this.legend = make('div', {class: 'flame-legend'});
    this.element = make(
      'div',
      {class: 'flame-toolbar', role: 'toolbar', 'aria-label': 'Flame graph'},
      make(
        'span',
        {class: 'flame-searchbox'},
        this.input,
        this.found,
        button('↑', 'Previous match (N)', () => view.stepMatch(-1)),
        button('↓', 'Next match (n)', () => view.stepMatch(1)),
      ),
      this.invert,
      this.up,
      this.color,
      this.fold,
      button('Reset', 'Show everything (0)', () => view.resetZoom()),
      this.save,
      button('?', 'Keys (?)', () => view.toggleHelp(), {'aria-label': 'Keys'}),
    );
  }

  toggle(text, title, onClick) {
    return button(text, title, onClick, {'aria-pressed': 'false'});
  }

  colorSelect() {
    const {view} = this;
    const modes = COLOR_MODES.filter(([mode]) => mode !== 'diff' || view.data.diff);
    return make(
      'select',
      {title: 'Colour by (t)', 'aria-label': 'Colour by', on: {change: () => view.setColor(this.color.value)}},
      ...modes.map(([value, text]) => make('option', {value, text})),
    );
  }

  foldSelect() {
    const {view} = this;
    const add = () => {
      if (this.fold.value !== '') {
        view.addStep({op: this.fold.value, name: ''});
        this.fold.value = '';
      }
    };
    const choices = [
      ['', 'Fold…'],
      ['lambda', 'Lambdas and method handles'],
      ['library', 'Library and JDK code'],
      ['class', 'Methods into classes'],
      ['package', 'Classes into packages'],
      ['module', 'Code into modules'],
    ];
    return make(
      'select',
      {title: 'Fold frames', 'aria-label': 'Fold frames', on: {change: add}},
      ...choices.filter(([op]) => op === '' || op in TRANSFORMS).map(([value, text]) => make('option', {value, text})),
    );
  }

  onSearchKey(event) {
    event.stopPropagation();
    if (event.key === 'Enter') {
      this.view.stepMatch(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      if (this.input.value !== '') {
        this.view.search('');
      } else {
        this.view.focus();
      }
    }
  }

  focusSearch() {
    this.input.focus();
    this.input.select();
  }

  update() {
    const {state, found, badPattern, palette, data} = this.view;
    if (this.input.value !== state.query) {
      this.input.value = state.query;
    }
    this.input.classList.toggle('flame-bad', badPattern !== null);
    this.input.title = badPattern ?? '';
    this.found.textContent = found === null ? (badPattern ? 'not a regular expression' : '') : this.foundText();
    this.invert.setAttribute('aria-pressed', String(state.inverted));
    this.up.setAttribute('aria-pressed', String(state.up));
    this.color.value = palette.mode;
    this.save.disabled = data.rest >= 0;
    const entries = palette.legend(data.kinds);
    this.legend.replaceChildren(...entries.map(({title, color}) => this.legendEntry(title, color)));
    this.legend.hidden = entries.length === 0;
  }

  legendEntry(title, color) {
    const swatch = make('i');
    swatch.style.backgroundColor = color;
    return make('span', {}, swatch, title);
  }

  foundText() {
    const {found, values, data} = this.view;
    if (data.rest >= 0) {
      return 'loading…';
    }
    if (found.nodes.length === 0) {
      return 'no match';
    }
    const at = found.at < 0 ? '' : `${found.at + 1} of `;
    const boxes = found.nodes.length === 1 && at === '' ? ' box' : at === '' ? ' boxes' : '';
    return `${at}${found.nodes.length}${boxes} · ${values.percent(found.total + found.baseTotal, this.view.shownWeight())}`;
  }
}
