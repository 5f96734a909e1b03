// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {functionMenu} from './menu.js';
import {ROW_PX} from './paint.js';

const DRAG_PX = 4;
const LONG_PRESS_MILLIS = 500;

/** What mouse, pen and finger do on the picture. */
export class Pointer {
  constructor(view) {
    this.view = view;
    this.down = null;
    const {canvas} = view;
    canvas.addEventListener('pointermove', (event) => this.onMove(event));
    canvas.addEventListener('pointerdown', (event) => this.onDown(event));
    canvas.addEventListener('pointerup', (event) => this.onUp(event));
    canvas.addEventListener('pointercancel', () => this.cancel());
    canvas.addEventListener('pointerleave', () => view.hover(-1));
    canvas.addEventListener('wheel', (event) => this.onWheel(event), {passive: false});
    canvas.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      this.openMenu(event.clientX, event.clientY);
    });
  }

  /** The box under a place on the screen; -1 if there is none. */
  boxAt(clientX, clientY) {
    const {left, top} = this.view.canvas.getBoundingClientRect();
    const y = clientY - top + this.view.scroller.scrollTop;
    return this.view.boxes.at(Math.floor(y / ROW_PX), clientX - left);
  }

  onMove(event) {
    if (this.down && Math.abs(event.clientX - this.down.x) > DRAG_PX) {
      this.down.dragged = true;
      clearTimeout(this.down.timer);
    }
    if (this.down?.dragged) {
      const {from, to} = this.down;
      const shift = ((this.down.x - event.clientX) / this.view.width) * (to - from);
      this.view.setZoom(from + shift, to + shift);
      this.view.hover(-1);
    } else if (event.pointerType !== 'touch') {
      this.view.hover(this.boxAt(event.clientX, event.clientY), event.clientX, event.clientY);
    }
  }

  onDown(event) {
    if (event.button !== 0) {
      return;
    }
    const [from, to] = this.view.zoom;
    this.down = {x: event.clientX, y: event.clientY, from, to, dragged: false, timer: 0};
    if (event.pointerType === 'touch') {
      const {x, y} = this.down;
      this.down.timer = setTimeout(() => {
        this.down = null;
        this.openMenu(x, y);
      }, LONG_PRESS_MILLIS);
    } else {
      this.view.canvas.setPointerCapture(event.pointerId);
    }
  }

  onUp(event) {
    const {down} = this;
    this.cancel();
    if (!down || down.dragged) {
      return;
    }
    const box = this.boxAt(event.clientX, event.clientY);
    if (box >= 0) {
      this.view.choose(box);
    }
  }

  cancel() {
    clearTimeout(this.down?.timer);
    this.down = null;
  }

  /** With Ctrl (which a pinch on a trackpad sets, too) the wheel magnifies at the pointer. */
  onWheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const {left} = this.view.canvas.getBoundingClientRect();
      this.view.magnify(Math.exp(event.deltaY * 0.004), (event.clientX - left) / this.view.width);
    } else if (event.deltaX !== 0 && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const [from, to] = this.view.zoom;
      const shift = (event.deltaX / this.view.width) * (to - from);
      this.view.setZoom(from + shift, to + shift);
    }
  }

  openMenu(x, y) {
    const {view} = this;
    const box = this.boxAt(x, y);
    const layer = box < 0 ? 0 : view.boxes.layer[box];
    if (box < 0 || view.boxes.isMerged(box) || view.boxes.node[box] === 0) {
      return;
    }
    view.hover(-1);
    view.select(layer, view.boxes.node[box]);
    const {name, entries} = functionMenu(view, layer, view.boxes.node[box]);
    view.menu.open(name, entries, x, y);
  }
}
