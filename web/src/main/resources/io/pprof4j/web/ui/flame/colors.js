// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** How boxes are coloured. Lightness is fixed by theme, so that text stays readable on all. */
export const COLOR_MODES = [
  ['package', 'Package'],
  ['kind', 'Kind of code'],
  ['name', 'Function'],
  ['diff', 'Difference'],
];

/** Hue and saturation by kind, in the order of FrameKind. */
const KIND_COLORS = [
  [140, 45], // application: green
  [200, 55], // library: blue
  [45, 60], // JDK and runtime: amber
  [8, 62], // native: red
  [28, 72], // kernel: orange
  [285, 40], // garbage collection: violet
  [325, 48], // JIT: pink
  [220, 6], // other: grey
];

const OTHER_KIND = 7;

/** FNV-1a, spread over the circle of hues. */
function hueOf(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x9e3779b1) >>> 0) % 360;
}

/** Colours of one theme and mode. */
export class Palette {
  constructor(frames, mode, dark) {
    this.frames = frames;
    this.mode = mode;
    this.dark = dark;
    this.cache = [];
    this.text = dark ? '#f3f4f6' : '#16181d';
    this.dimText = dark ? '#9aa1ac' : '#666c78';
    this.merged = dark ? '#3a3f4a' : '#d3d7de';
    this.match = dark ? '#a21caf' : '#f0a6f7';
    this.edge = dark ? '#14161b' : '#ffffff';
    this.selected = dark ? '#ffffff' : '#0b57d0';
  }

  hsl(hue, saturation, shade = 0) {
    const lightness = this.dark ? 31 + shade : 76 + shade;
    const strength = this.dark ? saturation * 0.8 : saturation;
    return `hsl(${hue} ${Math.round(strength)}% ${lightness}%)`;
  }

  /** The colour of a node's box. */
  of(tree, node) {
    return this.mode === 'diff' && tree.baseTotal
      ? this.ofChange(tree.total[node], tree.baseTotal[node])
      : this.ofFrame(tree.frame[node]);
  }

  ofFrame(frame) {
    let color = this.cache[frame];
    if (color === undefined) {
      color = this.makeColor(frame);
      this.cache[frame] = color;
    }
    return color;
  }

  makeColor(frame) {
    const {name, kind} = this.frames;
    if (frame === 0) {
      return this.hsl(220, 10, this.dark ? -4 : 8);
    }
    const shade = (hueOf(name[frame]) % 3) * (this.dark ? 2 : 3) - 3;
    const key = this.mode === 'name' ? name[frame] : this.frames.package[frame];
    // Code in no package is told apart by whose it is, as the other mode does.
    if (this.mode === 'kind' || key === '') {
      return this.hsl(...(KIND_COLORS[kind[frame]] ?? KIND_COLORS[OTHER_KIND]), shade);
    }
    return this.hsl(hueOf(key), 52, shade);
  }

  /** Blue for less, orange for more, grey for as much as before: told apart by all eyes. */
  ofChange(now, before) {
    const sum = now + before;
    const change = sum === 0 ? 0 : (now - before) / sum;
    const strength = Math.sqrt(Math.abs(change));
    const steps = Math.round(strength * 8);
    const key = change < 0 ? -steps : steps;
    const cached = this.cache[`change ${key}`];
    if (cached) {
      return cached;
    }
    const shade = this.dark ? 0 : (8 - steps) * 1.4 - 2;
    const color = this.hsl(change < 0 ? 212 : 26, steps === 0 ? 0 : 22 + steps * 8, shade);
    this.cache[`change ${key}`] = color;
    return color;
  }

  /** What colours mean: [{title, color}]; empty for colours that only tell things apart. */
  legend(titles) {
    if (this.mode === 'diff') {
      return [
        ['less than before', 0, 1],
        ['a little less', 9, 11],
        ['as much', 1, 1],
        ['a little more', 11, 9],
        ['more than before', 1, 0],
      ].map(([title, now, before]) => ({title, color: this.ofChange(now, before)}));
    }
    return this.mode === 'kind' ? this.kinds(titles) : [];
  }

  /** Colours and names of the kinds that the frames have. */
  kinds(titles) {
    const present = new Set(this.frames.kind.slice(1));
    return titles
      .map((title, kind) => ({title, color: this.hsl(...KIND_COLORS[kind]), present: present.has(kind)}))
      .filter((entry) => entry.present);
  }
}
