// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {button, make, visible} from './flame/dom.js';
import {mountFlame, stateInAddress} from './flame.js';

/** Unpacks the data that stands in the page: JSON, compressed with gzip, in Base64. */
async function unpack(text) {
  const packed = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

function toggleTheme() {
  const {dataset} = document.documentElement;
  dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem('pprof-theme', dataset.theme);
  } catch {
    // Pages from a disk may not have storage; the choice then lasts as long as the page.
  }
}

/** Says at the top what the profile is. */
function describe(about, json) {
  const title = (json.title ? json.title + ' ' : '') + json.type;
  about.replaceChildren(
    make('h1', {text: visible(title)}),
    make(
      'details',
      {},
      make('summary', {text: 'Details'}),
      make('div', {}, ...json.legend.map((line) => make('p', {text: visible(line)}))),
    ),
    button('Theme', 'Dark or light', toggleTheme),
  );
}

async function start() {
  const element = document.getElementById('flame');
  try {
    const json = await unpack(document.getElementById('data').textContent);
    describe(document.getElementById('about'), json);
    let isFirst = true;
    mountFlame(element, json, {
      ...stateInAddress(),
      onPaint() {
        if (isFirst) {
          isFirst = false;
          performance.mark('first-picture');
        }
      },
    });
  } catch (error) {
    element.textContent = 'The page cannot be shown: ' + error.message;
    throw error;
  }
}

start();
