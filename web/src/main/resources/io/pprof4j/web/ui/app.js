// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// Starts the script of the page's view, and what all pages have in common.
import {startFrame} from './frame.js';
import {startLabels} from './labels.js';
import {startSearch} from './search.js';
import {Selection} from './selection.js';

const VIEWS = {
  flamegraph: () => import('./flameview.js'),
  graph: () => import('./graph.js'),
  top: () => import('./top.js'),
  peek: () => import('./text.js'),
  disasm: () => import('./text.js'),
  source: () => import('./source.js'),
};

/** The JSON that the page holds under an id; null if it holds none. */
export function pageData(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

/** Shows a message above the view. */
export function complain(text) {
  const line = document.createElement('div');
  line.textContent = text;
  document.getElementById('errors').append(line);
}

async function start() {
  const selection = new Selection();
  const name = document.body.dataset.view;
  let view = {};
  // A page without anything to show has no script to run, only the frame.
  const hasContent = !document.querySelector('main > .nothing');
  if (hasContent && VIEWS[name]) {
    const module = await VIEWS[name]();
    view = (await module.mount({selection, pageData, complain, name})) || {};
  }
  const search = startSearch(view, selection);
  startFrame(search, selection, view);
  startLabels();
  document.body.dataset.ready = 'true';
}

start().catch((failure) => complain(`This page could not be set up: ${failure.message}`));
