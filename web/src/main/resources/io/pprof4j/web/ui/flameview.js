// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// The flame graph inside the frame of the pages: fetches its data, and follows its wishes.
import {mountFlame, stateInAddress} from './flame.js';
import {expression, link} from './selection.js';

async function load(name) {
  const answer = await fetch(`./api/${name}${location.search}`, {headers: {Accept: 'application/json'}});
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  return answer.json();
}

/** Starts the view: with what fits on the screen, which is quick to make, and then with the rest. */
export async function mount({complain}) {
  const root = document.getElementById('flame');
  root.setAttribute('aria-busy', 'true');
  const outline = await load('outline');
  const flame = mountFlame(root, outline, {
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
  const completed = outline.rest === undefined ? Promise.resolve() : load('flame').then((whole) => flame.replace(whole));
  completed
    .then(() => root.removeAttribute('aria-busy'))
    .catch((failure) => complain(`Only the outline of the flame graph is here: ${failure.message}`));
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
