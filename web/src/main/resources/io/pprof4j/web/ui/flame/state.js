// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/*
 * What a link to a view keeps, as URL parameters: q search, p pivot of the sandwich, inv=1 inverted,
 * up=1 flames, color, t=op:name a transform (repeated), w=from,to a range of time, and z=from,to
 * what is magnified.
 */

/** Reads the parameters; what does not make sense is left out. */
export function parseState(text) {
  const parameters = new URLSearchParams(text);
  const range = (name) => {
    const parts = (parameters.get(name) ?? '').split(',').map(Number);
    return parts.length === 2 && parts.every(Number.isFinite) && parts[0] <= parts[1] ? parts : null;
  };
  return {
    query: parameters.get('q') ?? '',
    pivot: parameters.get('p') || null,
    inverted: parameters.get('inv') === '1',
    up: parameters.get('up') === '1',
    color: parameters.get('color'),
    steps: parameters.getAll('t').map((step) => {
      const colon = step.indexOf(':');
      return colon < 0 ? {op: step, name: ''} : {op: step.slice(0, colon), name: step.slice(colon + 1)};
    }),
    time: range('w'),
    zoom: range('z'),
  };
}

/** Writes the parameters; what is as it would be without is left out. */
export function formatState(state) {
  const parameters = new URLSearchParams();
  const put = (name, value) => value && parameters.append(name, value);
  put('q', state.query);
  put('p', state.pivot);
  put('inv', state.inverted && '1');
  put('up', state.up && '1');
  put('color', state.color);
  for (const {op, name} of state.steps) {
    put('t', name === '' ? op : op + ':' + name);
  }
  put('w', state.time && state.time.join(','));
  const [from, to] = state.zoom ?? [0, 1];
  put('z', (from > 0 || to < 1) && [from, to].map((part) => part.toPrecision(8)).join(','));
  return parameters.toString();
}
