// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {make} from './dom.js';
import {timeText} from './format.js';

const CELL_PX = 8;
const CELL_HEIGHT_PX = 6;
const MOST_ROWS = 16;

/** How buckets are laid on a grid: a column is a stretch of time, its rows are parts of it. */
export function gridOf(buckets, widthPx) {
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.ceil(buckets / Math.max(1, Math.floor(widthPx / CELL_PX)))));
  return {rows, columns: Math.ceil(buckets / rows)};
}

/**
 * Load over time. Columns go on as time does, and within a column time goes upwards; the darker a
 * cell, the more was measured. Dragging over columns restricts the flame graph to that time.
 */
export class HeatMap {
  constructor(view) {
    this.view = view;
    this.canvas = make('canvas', {
      tabindex: '0',
      role: 'slider',
      'aria-label': 'Load over time; arrow keys move the selected time, Shift widens it, Escape clears it',
      on: {
        pointerdown: (event) => this.start(event),
        pointermove: (event) => this.move(event),
        pointerup: (event) => this.end(event),
        pointerleave: () => this.hint(null),
        keydown: (event) => this.onKey(event),
      },
    });
    this.axis = make('div', {class: 'flame-axis'});
    this.element = make('div', {class: 'flame-heat'}, this.canvas, this.axis);
    this.dragFrom = null;
  }

  get time() {
    return this.view.data.time;
  }

  layOut() {
    const width = Math.max(50, this.element.clientWidth);
    this.grid = gridOf(this.time.buckets, width);
    this.width = width;
    this.height = Math.max(36, this.grid.rows * CELL_HEIGHT_PX);
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.canvas.style.height = this.height + 'px';
    this.context = this.canvas.getContext('2d');
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.writeAxis();
  }

  writeAxis() {
    const {startMillis, bucketMillis, buckets} = this.time;
    const marks = Math.max(2, Math.min(9, Math.floor(this.width / 130)));
    const texts = [];
    for (let mark = 0; mark < marks; mark++) {
      const bucket = Math.round((mark / (marks - 1)) * buckets);
      texts.push(make('span', {text: timeText(startMillis + bucket * bucketMillis, startMillis)}));
    }
    this.axis.replaceChildren(...texts);
  }

  paint() {
    this.layOut();
    const {rows, columns} = this.grid;
    const {sums, buckets} = this.time;
    const most = sums.reduce((one, other) => Math.max(one, other), 0);
    const cellWidth = this.width / columns;
    const cellHeight = this.height / rows;
    const {dark} = this.view.palette;
    this.context.clearRect(0, 0, this.width, this.height);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const load = most === 0 ? 0 : Math.sqrt(sums[bucket] / most);
      const column = Math.floor(bucket / rows);
      const row = rows - 1 - (bucket % rows);
      this.context.fillStyle = heat(load, dark);
      this.context.globalAlpha = this.isSelected(column) ? 1 : 0.35;
      // A single row is a chart of bars: heights tell more than colours where there is room.
      const height = rows === 1 ? Math.max(1, (sums[bucket] / (most || 1)) * this.height) : cellHeight - 0.5;
      const y = rows === 1 ? this.height - height : row * cellHeight;
      this.context.fillRect(column * cellWidth, y, cellWidth - 0.5, height);
    }
    this.context.globalAlpha = 1;
  }

  isSelected(column) {
    const range = this.draft ?? this.view.state.time;
    return !range || (column * this.grid.rows >= range[0] && column * this.grid.rows <= range[1]);
  }

  columnAt(event) {
    const {left} = this.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - left) / this.width) * this.grid.columns);
    return Math.max(0, Math.min(this.grid.columns - 1, column));
  }

  rangeOf(one, other) {
    const {rows} = this.grid;
    const [first, last] = [Math.min(one, other), Math.max(one, other)];
    return [first * rows, Math.min(this.time.buckets, (last + 1) * rows) - 1];
  }

  start(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.dragFrom = this.columnAt(event);
    this.draft = this.rangeOf(this.dragFrom, this.dragFrom);
    this.paint();
  }

  move(event) {
    const column = this.columnAt(event);
    this.hint(column);
    if (this.dragFrom !== null) {
      this.draft = this.rangeOf(this.dragFrom, column);
      this.paint();
    }
  }

  end(event) {
    if (this.dragFrom !== null) {
      const range = this.rangeOf(this.dragFrom, this.columnAt(event));
      this.dragFrom = null;
      this.draft = null;
      this.view.setTime(range);
    }
  }

  onKey(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    event.stopPropagation();
    if (event.key === 'Escape') {
      this.view.setTime(null);
    } else if (step) {
      const {rows} = this.grid;
      const [from, to] = this.view.state.time ?? [0, rows - 1];
      const end = Math.min(this.time.buckets - 1, Math.max(rows - 1, to + step * rows));
      this.view.setTime(event.shiftKey ? [Math.min(from, end), end] : [Math.max(0, end - (to - from)), end]);
      event.preventDefault();
    }
  }

  hint(column) {
    if (column === null) {
      this.canvas.title = '';
      return;
    }
    const [from, to] = this.rangeOf(column, column);
    let sum = 0;
    for (let bucket = from; bucket <= to; bucket++) {
      sum += this.time.sums[bucket];
    }
    const {startMillis, bucketMillis} = this.time;
    this.canvas.title = `${timeText(startMillis + from * bucketMillis, startMillis)}: ${this.view.values.text(sum)}`;
  }
}

/** From the colour of the page to a strong one; lightness alone tells, whatever hues an eye sees. */
function heat(load, dark) {
  return dark
    ? `hsl(${40 - 20 * load} ${30 + 60 * load}% ${12 + 55 * load}%)`
    : `hsl(${45 - 30 * load} ${40 + 45 * load}% ${95 - 52 * load}%)`;
}
