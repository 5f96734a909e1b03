// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {AccessTree} from './access.js';
import {CallTable} from './calls.js';
import {COLOR_MODES, Palette} from './colors.js';
import {Details, NameSums, Tooltip} from './details.js';
import {make} from './dom.js';
import {exportEntries} from './exports.js';
import {ValueText} from './format.js';
import {HeatMap} from './heatmap.js';
import {makeHelp, onKey} from './keys.js';
import {Boxes, layOut, rangeOf} from './layout.js';
import {Chips, Menu} from './menu.js';
import {paint, ROW_PX} from './paint.js';
import {knownSteps, Pipeline, placeRows} from './pipeline.js';
import {Pointer} from './pointer.js';
import {expression, matchFrames, matchNodes} from './search.js';
import {followPath, neighbour} from './selection.js';
import {formatState, parseState} from './state.js';
import {Toolbar} from './toolbar.js';
import {Zoom} from './zoom.js';

const STATE_MILLIS = 120;

/** The flame graph: its state, and what follows from each change of it. */
export class FlameView {
  constructor(element, data, options) {
    this.element = element;
    this.data = data;
    this.options = options;
    this.values = new ValueText(data);
    this.pipeline = new Pipeline(data);
    this.boxes = new Boxes();
    this.zoomer = new Zoom(() => this.requestPaint());
    this.selected = null;
    this.hovered = -1;
    this.found = null;
    this.matches = null;
    this.badPattern = null;
    this.paintRequested = 0;
    this.state = parseState(options.state ?? '');
    this.state.steps = knownSteps(this.state.steps);
    this.palette = this.makePalette(this.state.color ?? (data.diff ? 'diff' : 'package'));
    this.build();
    const zoom = this.state.zoom ?? [0, 1];
    this.update();
    this.search(this.state.query);
    this.zoomer.set(...zoom);
    this.changed();
  }

  build() {
    this.canvas = make('canvas', {class: 'flame-canvas', tabindex: '0', role: 'application', 'aria-label': 'Flame graph'});
    this.marker = make('div', {class: 'flame-marker', hidden: true});
    this.rows = make('div', {class: 'flame-rows'}, this.canvas, this.marker);
    this.scroller = make('div', {class: 'flame-scroll', on: {scroll: () => this.requestPaint()}}, this.rows);
    this.menu = new Menu();
    this.tooltip = new Tooltip(this);
    this.details = new Details(this);
    this.chips = new Chips(this);
    this.calls = new CallTable(this);
    this.toolbar = new Toolbar(this);
    this.access = new AccessTree(this);
    this.help = makeHelp();
    this.heat = this.data.time ? new HeatMap(this) : null;
    this.empty = make('p', {class: 'flame-empty', hidden: true});
    this.element.classList.add('flame');
    this.element.replaceChildren(
      this.toolbar.element,
      this.toolbar.legend,
      this.chips.element,
      ...(this.heat ? [this.heat.element] : []),
      make('div', {class: 'flame-main'}, this.scroller, this.calls.element, this.empty),
      this.details.element,
      this.access.element,
      this.tooltip.element,
      this.menu.element,
      this.help,
    );
    this.context = this.canvas.getContext('2d');
    this.pointer = new Pointer(this);
    this.keyListener = (event) => this.onKey(event);
    document.addEventListener('keydown', this.keyListener);
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(this.scroller);
    this.themeChanges = new MutationObserver(() => this.setColor(this.palette.mode));
    this.themeChanges.observe(document.documentElement, {attributeFilter: ['data-theme']});
  }

  makePalette(mode) {
    const known = COLOR_MODES.some(([name]) => name === mode) && (mode !== 'diff' || this.data.diff);
    return new Palette(this.data.frames, known ? mode : 'package', isDark());
  }

  /** Shows the whole data in place of its outline; what can be seen stays where it is. */
  replace(data) {
    const chosen = this.selected && this.selectedPath();
    const {target} = this.zoomer;
    const {scrollTop} = this.scroller;
    this.data = data;
    this.values = new ValueText(data);
    this.pipeline = new Pipeline(data);
    this.palette = this.makePalette(this.palette.mode);
    this.layers = this.pipeline.layers(this.state);
    this.search(this.state.query);
    this.update();
    this.selected = chosen && followPath(this.layers, data.frames, chosen);
    this.zoomer.set(...target);
    this.scroller.scrollTop = scrollTop;
    this.changed();
  }

  selectedPath() {
    const {tree, node} = this.selectedNode();
    return {layer: this.selected.layer, names: tree.path(node).map((at) => this.data.frames.name[tree.frame[at]])};
  }

  /** Derives everything anew after the state has changed. */
  update() {
    this.layers = this.pipeline.layers(this.state);
    this.sums = null;
    this.selected = null;
    if (this.state.pivot !== null && this.layers[1].tree.size > 1) {
      this.selected = {layer: 1, node: 1};
    }
    this.zoomer.set(0, 1);
    this.findMatches();
    this.resize();
    this.scroller.scrollTop = this.state.up && this.state.pivot === null ? this.scroller.scrollHeight : 0;
    if (this.state.pivot !== null) {
      this.scroller.scrollTop = this.layers[1].originRow * ROW_PX - this.height / 2;
    }
    this.chips.update();
    this.calls.update();
    this.heat?.paint();
    const nothing = this.shownWeight() === 0;
    this.empty.hidden = !nothing;
    this.empty.textContent = nothing ? this.whyEmpty() : '';
    this.changed();
  }

  /** Brings what is beside the picture up to date, and tells the page. */
  changed() {
    this.details.update();
    this.access.update();
    this.toolbar.update();
    this.requestPaint();
    this.tellState();
  }

  /** Tells the page the new state, once for changes in quick succession. */
  tellState() {
    clearTimeout(this.stateTimer);
    this.stateTimer = setTimeout(() => this.options.onState?.(this.link()), STATE_MILLIS);
  }

  /** The state as parameters of a link. */
  link() {
    const color = this.palette.mode === (this.data.diff ? 'diff' : 'package') ? null : this.palette.mode;
    return formatState({...this.state, color, zoom: this.zoomer.target});
  }

  whyEmpty() {
    const filtered = this.state.steps.length > 0 || this.state.time || this.state.pivot !== null;
    if (filtered) {
      return 'Nothing is left. Remove a transform above to see more.';
    }
    return this.data.tree.size > 1 ? 'All values are zero.' : 'The profile has no samples of this kind.';
  }

  shownTree() {
    return this.layers[this.layers.length - 1].tree;
  }

  shownWeight() {
    return this.shownTree().weight(0);
  }

  nameSums() {
    this.sums ??= new NameSums(this.pipeline.transformed(this.state), this.data.frames);
    return this.sums;
  }

  rootName() {
    return this.state.pivot ?? (this.data.title || 'all');
  }

  /** A node's value and share, in short. */
  amount(tree, node) {
    return tree.baseTotal
      ? `${this.values.change(tree.net(node))}, from ${this.values.text(tree.baseTotal[node])} to ${this.values.text(tree.total[node])}`
      : `${this.values.text(tree.total[node])}, ${this.values.percent(tree.total[node])}`;
  }

  summary() {
    const tree = this.shownTree();
    const nodes = this.data.rest < 0 ? `${(tree.size - 1).toLocaleString('en')} nodes` : 'loading what is narrower';
    return `${this.rootName()}: ${this.amount(tree, 0)} of ${this.data.type}, ${nodes}`;
  }

  rowCount() {
    return this.totalRows;
  }

  get zoom() {
    return this.zoomer.range;
  }

  resize() {
    this.width = Math.max(1, this.scroller.clientWidth);
    this.height = Math.max(ROW_PX, this.scroller.clientHeight);
    this.totalRows = placeRows(this.layers, Math.floor(this.height / ROW_PX));
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.canvas.style.width = this.width + 'px';
    this.canvas.style.height = this.height + 'px';
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.rows.style.height = Math.max(this.totalRows * ROW_PX, this.height) + 'px';
    this.paintNow();
  }

  requestPaint() {
    this.paintRequested ||= requestAnimationFrame(() => this.paintNow());
  }

  scene() {
    return {
      layers: this.layers,
      boxes: this.boxes,
      frames: this.data.frames,
      palette: this.palette,
      matches: this.matches,
      width: this.width,
      height: this.height,
      scrollTop: this.scroller.scrollTop,
      isDimmed: (box) => this.boxes.width[box] > this.width + 1,
      rootText: (layer) => `${this.rootName()}: ${this.values.text(layer.tree.net(0))}`,
    };
  }

  paintNow() {
    cancelAnimationFrame(this.paintRequested);
    this.paintRequested = 0;
    const {scrollTop} = this.scroller;
    const [from, to] = this.zoom;
    const firstRow = Math.floor(scrollTop / ROW_PX);
    const lastRow = Math.ceil((scrollTop + this.height) / ROW_PX);
    layOut(this.layers, {width: this.width, from, to, firstRow, lastRow, rest: this.data.rest}, this.boxes);
    paint(this.context, this.scene());
    this.hover(-1);
    this.showMarker();
    this.options.onPaint?.();
  }

  /** Outlines the box under the pointer, or else the selected one. */
  showMarker() {
    const box = this.hovered >= 0 ? this.hovered : this.selected ? this.boxes.of(this.selected.layer, this.selected.node) : -1;
    this.marker.hidden = box < 0;
    if (box >= 0) {
      const left = Math.max(0, this.boxes.x[box]);
      const right = Math.min(this.width, this.boxes.x[box] + this.boxes.width[box]);
      const {style} = this.marker;
      style.transform = `translate(${left}px, ${this.boxes.row[box] * ROW_PX}px)`;
      style.width = Math.max(2, right - left) + 'px';
      style.height = ROW_PX - 1 + 'px';
    }
  }

  hover(box, x, y) {
    this.hovered = box;
    this.canvas.style.cursor = box >= 0 ? 'pointer' : 'default';
    if (box >= 0) {
      this.tooltip.show(box, x, y);
    } else {
      this.tooltip.hide();
    }
    this.showMarker();
  }

  /** A click: selects and magnifies; several boxes in one are magnified together. */
  choose(box) {
    const layer = this.boxes.layer[box];
    const node = this.boxes.node[box];
    if (this.boxes.isMerged(box)) {
      const {tree} = this.layers[layer];
      const [from] = rangeOf(tree, node);
      const [from_, to_] = rangeOf(tree, tree.parent[node]);
      const own = (tree.self[tree.parent[node]] + (tree.base?.[tree.parent[node]] ?? 0)) / tree.weight(0);
      this.zoomer.moveTo(Math.max(from, from_), to_ - own);
    } else {
      this.zoomTo(layer, node);
    }
    this.focus();
  }

  select(layer, node) {
    this.selected = {layer, node};
    this.showMarker();
    this.changed();
  }

  selectedNode() {
    return this.selected ? {tree: this.layers[this.selected.layer].tree, node: this.selected.node} : null;
  }

  zoomTo(layer, node) {
    this.selected = {layer, node};
    this.zoomer.moveTo(...rangeOf(this.layers[layer].tree, node));
    this.changed();
  }

  zoomToSelected() {
    if (this.selected) {
      this.zoomTo(this.selected.layer, this.selected.node);
    }
  }

  setZoom(from, to) {
    this.zoomer.set(from, to);
    this.tellState();
  }

  magnify(factor, place) {
    this.zoomer.magnify(factor, place);
    this.tellState();
  }

  resetZoom() {
    this.zoomer.moveTo(0, 1);
    this.changed();
  }

  /** Selects a neighbour of the selected node, and shows it. */
  moveSelection(key) {
    const current = this.selected ?? {layer: this.layers.length - 1, node: 0};
    const moved = this.selected ? neighbour(this.layers, current, key) : current;
    this.reveal(moved);
  }

  /** Selects a node and moves the window so that it can be seen. */
  reveal({layer, node}) {
    const {tree, originRow, direction, firstDepth} = this.layers[layer];
    const y = (originRow + direction * (tree.depth[node] - firstDepth)) * ROW_PX;
    const {scrollTop} = this.scroller;
    if (y < scrollTop || y + ROW_PX > scrollTop + this.height) {
      this.scroller.scrollTop = y - this.height / 2;
    }
    const [from, to] = rangeOf(tree, node);
    const [left, right] = this.zoom;
    const tooNarrow = ((to - from) / (right - left)) * this.width < 30;
    if (from < left || to > right || tooNarrow) {
      const room = tooNarrow ? (to - from) * 2 : 0;
      this.zoomer.moveTo(from - room, to + room);
    }
    this.select(layer, node);
  }

  placeOf({layer, node}) {
    const {left, top} = this.canvas.getBoundingClientRect();
    const box = this.boxes.of(layer, node);
    const y = box < 0 ? 0 : (this.boxes.row[box] + 1) * ROW_PX - this.scroller.scrollTop;
    return {left: left + (box < 0 ? 0 : Math.max(0, this.boxes.x[box])), top: top + y};
  }

  addStep(step) {
    this.state.steps = [...this.state.steps, step];
    this.update();
    this.focus();
  }

  removeStep(at) {
    if (at >= 0) {
      this.state.steps = this.state.steps.filter((_, other) => other !== at);
      this.update();
    }
  }

  setPivot(name) {
    this.state.pivot = name;
    this.update();
  }

  setTime(range) {
    this.state.time = range;
    this.update();
  }

  setInverted(inverted) {
    this.state.inverted = inverted;
    this.state.pivot = null;
    this.update();
  }

  setUp(up) {
    this.state.up = up;
    this.update();
  }

  setColor(mode) {
    this.palette = this.makePalette(mode);
    this.heat?.paint();
    this.changed();
  }

  nextColor() {
    const modes = COLOR_MODES.map(([mode]) => mode).filter((mode) => mode !== 'diff' || this.data.diff);
    this.setColor(modes[(modes.indexOf(this.palette.mode) + 1) % modes.length]);
  }

  toggleDifferencesOrTheme() {
    if (this.data.diff) {
      this.setColor(this.palette.mode === 'diff' ? 'package' : 'diff');
    } else {
      document.documentElement.dataset.theme = this.palette.dark ? 'light' : 'dark';
    }
  }

  /** Searches; a bad expression leaves the last result and is said. */
  search(text) {
    this.state.query = text;
    this.badPattern = null;
    try {
      this.pattern = expression(text);
      this.findMatches();
    } catch (error) {
      this.badPattern = error.message;
      this.pattern = null;
      this.findMatches();
    }
    this.changed();
    return {matches: this.found?.nodes.length ?? 0, percent: this.foundPercent()};
  }

  findMatches() {
    this.matches = this.pattern ? matchFrames(this.data.frames, this.pattern) : null;
    this.found = this.matches ? {...matchNodes(this.shownTree(), this.matches), at: -1} : null;
  }

  foundPercent() {
    const whole = this.shownWeight();
    return this.found && whole > 0 ? ((this.found.total + this.found.baseTotal) / whole) * 100 : 0;
  }

  searchFor(name) {
    this.search('^' + name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') + '$');
  }

  stepMatch(step) {
    const count = this.found?.nodes.length ?? 0;
    if (count > 0) {
      const {at} = this.found;
      this.found.at = at < 0 ? (step > 0 ? 0 : count - 1) : (at + step + count) % count;
      this.reveal({layer: this.layers.length - 1, node: this.found.nodes[this.found.at]});
    }
  }

  focusSearch() {
    this.toolbar.focusSearch();
  }

  focus() {
    this.canvas.focus({preventScroll: true});
  }

  openExports(anchor) {
    const {left, bottom} = anchor.getBoundingClientRect();
    this.menu.open('Save', exportEntries(this), left, bottom + 4);
  }

  toggleHelp() {
    this.help.hidden = !this.help.hidden;
  }

  /** Esc: takes back the last thing that hides something. */
  stepBack() {
    if (!this.help.hidden) {
      this.toggleHelp();
    } else if (this.state.query !== '') {
      this.search('');
    } else if (!this.zoomer.isWhole) {
      this.resetZoom();
    } else if (this.state.pivot !== null) {
      this.setPivot(null);
    } else if (this.selected) {
      this.selected = null;
      this.showMarker();
      this.changed();
    }
  }

  onKey(event) {
    const {target} = event;
    const typing = target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');
    const elsewhere = event.key === 'Enter' && target instanceof HTMLElement && target.matches('button, a');
    if (!typing && !elsewhere && !this.menu.isOpen && onKey(this, event)) {
      event.preventDefault();
    }
  }

  destroy() {
    cancelAnimationFrame(this.paintRequested);
    clearTimeout(this.stateTimer);
    document.removeEventListener('keydown', this.keyListener);
    this.resizes.disconnect();
    this.themeChanges.disconnect();
    this.menu.close();
    this.element.replaceChildren();
  }
}

function isDark() {
  const {theme} = document.documentElement.dataset;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
