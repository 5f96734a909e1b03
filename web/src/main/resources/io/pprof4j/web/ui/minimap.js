// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

const LONGEST = 190;

/** A small picture of the whole graph that shows, and moves, the part in sight. */
export class Minimap {
  constructor(element, canvas) {
    this.element = element;
    this.canvas = canvas;
    this.hits = new Set();
    this.scale = LONGEST / Math.max(canvas.width, canvas.height);
    const width = Math.max(24, canvas.width * this.scale);
    const height = Math.max(24, canvas.height * this.scale);
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
    element.width = width * devicePixelRatio;
    element.height = height * devicePixelRatio;
    canvas.listeners.push(() => this.draw());
    addEventListener('resize', () => this.draw());
    document.addEventListener('pprof-theme', () => this.draw());
    element.addEventListener('pointerdown', (event) => {
      element.setPointerCapture(event.pointerId);
      this.go(event);
    });
    element.addEventListener('pointermove', (event) => event.buttons && this.go(event));
  }

  go(event) {
    const at = this.element.getBoundingClientRect();
    const view = this.canvas.view();
    const x = (event.clientX - at.left) / this.scale;
    const y = (event.clientY - at.top) / this.scale;
    const {scale} = this.canvas;
    this.canvas.place(scale, view.width / 2 - x * scale, view.height / 2 - y * scale);
  }

  /** Paints nodes, those that match a search, and the frame of what is in sight. */
  draw(hits) {
    this.hits = hits || this.hits;
    const paint = this.element.getContext('2d');
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    paint.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paint.clearRect(0, 0, this.element.width, this.element.height);
    this.canvas.boxes.forEach((box, node) => {
      paint.fillStyle = color(this.hits.has(node) ? '--hit-line' : '--muted');
      paint.fillRect(box.x * this.scale, box.y * this.scale, Math.max(1.5, box.width * this.scale), Math.max(1.5, box.height * this.scale));
    });
    const view = this.canvas.view();
    const {x, y, scale} = this.canvas;
    paint.strokeStyle = color('--accent');
    paint.lineWidth = 1.5;
    paint.strokeRect((-x / scale) * this.scale, (-y / scale) * this.scale, (view.width / scale) * this.scale, (view.height / scale) * this.scale);
  }
}
