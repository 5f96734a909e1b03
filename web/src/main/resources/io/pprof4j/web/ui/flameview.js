// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// The flame graph inside the frame of the pages: fetches its data, and follows its wishes.
import {mountFlame, stateInAddress} from './flame.js';
import {expression, link} from './selection.js';

/** Starts the view. */
export async function mount() {
  const root = document.getElementById('flame');
  root.setAttribute('aria-busy', 'true');
  const answer = await fetch(`./api/flame${location.search}`, {headers: {Accept: 'application/json'}});
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  const data = await answer.json();
  root.removeAttribute('aria-busy');
  const flame = mountFlame(root, data, {
    ...stateInAddress(),
    onNavigate: ({view, f}) => {
      location.href = link(`./${view}`, {f});
    },
    exports: [
      ['Folded stacks', link('./export', {as: 'folded'})],
      ['Speedscope', link('./export', {as: 'speedscope'})],
    ],
  });
  const {view} = flame;
  return {
    // The picture has a search box of its own, and these keys.
    ownKeys: ['n', 'N', '?', '/', 'Escape'],
    text: () => view.toolbar.input.value || selectedPattern(view),
  };
}

function selectedPattern(view) {
  const chosen = view.selectedNode();
  return chosen && chosen.node > 0 ? expression([view.data.frames.name[chosen.tree.frame[chosen.node]]]) : '';
}
