// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {make} from './dom.js';
import {functionMenu} from './menu.js';

/** What the keys do, as the help shows it. */
const HELP = [
  ['/', 'search; Enter and Shift+Enter step through the matches'],
  ['n  N', 'next match, previous match'],
  ['arrows', 'select the caller, the callees, the neighbours'],
  ['Enter', 'magnify what is selected'],
  ['0', 'show everything'],
  ['Esc', 'one step back: menu, search, magnification, sandwich'],
  ['i', 'invert: leaves at the root'],
  ['u', 'flames, growing upwards, or icicles'],
  ['t', 'next way to colour'],
  ['d', 'differences, in a comparison; else dark or light'],
  ['s', 'callers and callees of what is selected'],
  ['o x r m c f', 'only it, without it, start at it, merge, collapse, fold recursion'],
  ['Backspace', 'take away the last transform'],
  ['Menu', 'what can be done with what is selected'],
  ['Ctrl+wheel', 'magnify at the pointer; drag to move'],
  ['?', 'these keys'],
];

const STEP_KEYS = {o: 'only', x: 'drop', r: 'root', m: 'merge', c: 'leaf', f: 'recursion'};

export function makeHelp() {
  return make(
    'div',
    {class: 'flame-help', role: 'dialog', 'aria-label': 'Keys', hidden: true},
    make(
      'table',
      {},
      ...HELP.map(([key, text]) => make('tr', {}, make('th', {scope: 'row'}, make('kbd', {text: key})), make('td', {text}))),
    ),
  );
}

/** Handles a key; answers whether it meant something. */
export function onKey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const action = actions(view)[event.key];
  const op = STEP_KEYS[event.key];
  if (action) {
    action();
  } else if (op) {
    onSelectedName(view, (name) => view.addStep({op, name}));
  } else {
    return false;
  }
  return true;
}

function onSelectedName(view, action) {
  const selected = view.selectedNode();
  if (selected && selected.node > 0) {
    action(view.data.frames.name[selected.tree.frame[selected.node]]);
  }
}

function actions(view) {
  return {
    '/': () => view.focusSearch(),
    n: () => view.stepMatch(1),
    N: () => view.stepMatch(-1),
    0: () => view.resetZoom(),
    i: () => view.setInverted(!view.state.inverted),
    u: () => view.setUp(!view.state.up),
    t: () => view.nextColor(),
    d: () => view.toggleDifferencesOrTheme(),
    s: () => onSelectedName(view, (name) => view.setPivot(name)),
    Enter: () => view.zoomToSelected(),
    Escape: () => view.stepBack(),
    Backspace: () => view.removeStep(view.state.steps.length - 1),
    ArrowUp: () => view.moveSelection('up'),
    ArrowDown: () => view.moveSelection('down'),
    ArrowLeft: () => view.moveSelection('left'),
    ArrowRight: () => view.moveSelection('right'),
    ContextMenu: () => openMenuOfSelected(view),
    '?': () => view.toggleHelp(),
  };
}

function openMenuOfSelected(view) {
  const {selected} = view;
  if (selected && selected.node > 0) {
    const {name, entries} = functionMenu(view, selected.layer, selected.node);
    const {left, top} = view.placeOf(selected);
    view.menu.open(name, entries, left, top);
  }
}
