// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {decodeFlame} from './flame/data.js';
import {FlameView} from './flame/view.js';

/**
 * Shows a flame graph in an element.
 *
 * @param element what to fill; its height is the picture's
 * @param json the data as `GET /ui/api/flame` answers it
 * @param options `onNavigate({view, f})` opens another view of a function (left out: no such
 *     entries in menus), `state` a link's parameters, `onState(text)` gets them as they change,
 *     `exports` further entries of the menu Save: [text, address], `onPaint()` follows each picture
 */
export function mountFlame(element, json, options = {}) {
  const view = new FlameView(element, decodeFlame(json), options);
  return {
    search: (text) => view.search(text),
    setColor: (mode) => view.setColor(mode),
    replace: (whole) => view.replace(decodeFlame(whole)),
    destroy: () => view.destroy(),
    view,
  };
}

/** Keeps the state of a view behind the `#` of the page's address, so that links carry it. */
export function stateInAddress() {
  const query = new URLSearchParams(location.search);
  const fromQuery = new URLSearchParams();
  for (const name of ['p', 'inv', 'q']) {
    if (query.has(name)) {
      fromQuery.set(name, query.get(name));
    }
  }
  return {
    state: location.hash.length > 1 ? location.hash.slice(1) : fromQuery.toString(),
    onState(text) {
      const address = location.pathname + location.search + (text === '' ? '' : '#' + text);
      history.replaceState(history.state, '', address);
    },
  };
}
