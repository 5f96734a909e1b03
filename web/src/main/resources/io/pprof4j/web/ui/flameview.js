// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// The flame graph inside the frame of the pages: fetches its data, and follows its wishes.
import {mountFlame} from './flame.js';
import {link} from './selection.js';

/** Starts the view. */
export async function mount({selection}) {
  const root = document.getElementById('flame');
  root.setAttribute('aria-busy', 'true');
  const answer = await fetch(`./api/flame${location.search}`, {headers: {Accept: 'application/json'}});
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  const data = await answer.json();
  root.removeAttribute('aria-busy');
  const flame = mountFlame(root, data, {
    onNavigate: (parameters) => {
      const {path, ...changes} = parameters;
      location.href = link(path || '', changes);
    },
    onSelect: (name) => {
      selection.names.clear();
      if (name) {
        selection.names.add(name);
      }
      selection.changed();
    },
    theme: document.documentElement.dataset.theme,
  });
  document.addEventListener('pprof-theme', () => flame.redraw?.());
  return {
    ownKeys: ['n', 'N', '?', '/'],
    search: (regexp, text) => flame.search(text),
    step: (direction) => flame.step?.(direction),
  };
}
