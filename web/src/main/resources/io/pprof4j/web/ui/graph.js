// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// The call graph: moves and magnifies the drawing, selects and marks nodes.
import {Minimap} from './minimap.js';

const STEP = 1.25;
const MOST = 8;
/** Below this, the smallest labels cannot be read. */
const READABLE = 0.85;

class Canvas {
  constructor(root, svg, data) {
    this.root = root;
    this.svg = svg;
    this.drawing = svg.querySelector('#graph0');
    const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    this.width = width;
    this.height = height;
    svg.removeAttribute('viewBox');
    this.data = data;
    this.nodes = data.nodes.map(([id]) => document.getElementById(id));
    this.boxes = this.nodes.map((node) => node.querySelector('.b').getBBox());
    this.least = 0.02;
    this.listeners = [];
    this.pointers = new Map();
    this.listen();
    this.open();
  }

  view() {
    return {width: this.root.clientWidth, height: this.root.clientHeight};
  }

  fitScale() {
    const {width, height} = this.view();
    return Math.min(width / (this.width + 40), height / (this.height + 40));
  }

  /** Shows everything if it can be read, or else the top of the heaviest path. */
  open() {
    this.least = Math.min(0.2, this.fitScale() / 2);
    const {width} = this.view();
    const fit = this.fitScale();
    if (fit >= READABLE) {
      this.fit();
      return;
    }
    const path = this.hottestPath();
    const scale = Math.max(fit, READABLE);
    const box = this.boxes[path[0]];
    this.place(scale, width / 2 - (box.x + box.width / 2) * scale, 24 - box.y * scale);
  }

  fit() {
    const {width, height} = this.view();
    const scale = Math.min(this.fitScale(), 1.6);
    this.place(scale, (width - this.width * scale) / 2, Math.max(12, (height - this.height * scale) / 2));
  }

  /** From the caller of the heaviest call up to a root and down along the heaviest calls. */
  hottestPath() {
    const {edges} = this.data;
    if (edges.length === 0) {
      return [0];
    }
    const seen = new Set([edges[0][0]]);
    let start = edges[0][0];
    for (let up = edges.find(([, to]) => to === start); up && !seen.has(up[0]); up = edges.find(([, to]) => to === start)) {
      start = up[0];
      seen.add(start);
    }
    const path = [start];
    for (let next = edges.find(([from]) => from === start); next && !path.includes(next[1]); ) {
      path.push(next[1]);
      const from = next[1];
      next = edges.find((edge) => edge[0] === from);
    }
    return path;
  }

  place(scale, x, y) {
    this.scale = Math.max(this.least, Math.min(MOST, scale));
    this.x = x;
    this.y = y;
    this.drawing.setAttribute('transform', `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${this.scale.toFixed(4)})`);
    this.listeners.forEach((listener) => listener());
  }

  move(dx, dy) {
    this.place(this.scale, this.x + dx, this.y + dy);
  }

  zoom(factor, x, y) {
    const scale = Math.max(this.least, Math.min(MOST, this.scale * factor));
    const ratio = scale / this.scale;
    this.place(scale, x - (x - this.x) * ratio, y - (y - this.y) * ratio);
  }

  zoomMiddle(factor) {
    const {width, height} = this.view();
    this.zoom(factor, width / 2, height / 2);
  }

  /** Brings a node to the middle, large enough to be read. */
  reveal(node) {
    const {width, height} = this.view();
    const box = this.boxes[node];
    const scale = Math.max(this.scale, READABLE);
    this.place(scale, width / 2 - (box.x + box.width / 2) * scale, height / 2 - (box.y + box.height / 2) * scale);
  }

  listen() {
    this.root.addEventListener('wheel', (event) => {
      event.preventDefault();
      const at = this.root.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0018)), event.clientX - at.left, event.clientY - at.top);
    }, {passive: false});
    this.root.addEventListener('pointerdown', (event) => {
      if (event.button === 0) {
        this.pointers.set(event.pointerId, event);
        this.travelled = 0;
      }
    });
    this.root.addEventListener('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) {
      this.root.addEventListener(end, (event) => {
        this.pointers.delete(event.pointerId);
        this.root.classList.remove('moving');
      });
    }
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const others = [...this.pointers.values()].filter((other) => other.pointerId !== event.pointerId);
    if (others.length === 1) {
      this.pinch(others[0], before, event);
    } else {
      const dx = event.clientX - before.clientX;
      const dy = event.clientY - before.clientY;
      this.travelled += Math.abs(dx) + Math.abs(dy);
      if (this.travelled > 4 && !this.root.classList.contains('moving')) {
        this.root.classList.add('moving');
        this.root.setPointerCapture(event.pointerId);
      }
      this.move(dx, dy);
    }
    this.pointers.set(event.pointerId, event);
  }

  pinch(fixed, before, after) {
    const distance = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const at = this.root.getBoundingClientRect();
    this.travelled += 10;
    this.zoom(distance(fixed, after) / Math.max(1, distance(fixed, before)), fixed.clientX - at.left, fixed.clientY - at.top);
  }

  key(event) {
    const far = event.shiftKey ? 200 : 60;
    const actions = {
      ArrowLeft: () => this.move(far, 0), ArrowRight: () => this.move(-far, 0),
      ArrowUp: () => this.move(0, far), ArrowDown: () => this.move(0, -far),
      '+': () => this.zoomMiddle(STEP), '=': () => this.zoomMiddle(STEP), '-': () => this.zoomMiddle(1 / STEP),
      0: () => this.fit(), Home: () => this.open(),
    };
    if (actions[event.key] && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      actions[event.key]();
    }
  }
}

function buttons(canvas, root) {
  const bar = document.createElement('div');
  bar.className = 'zoom';
  const actions = [
    ['+', 'Magnify', () => canvas.zoomMiddle(STEP)], ['−', 'Shrink', () => canvas.zoomMiddle(1 / STEP)],
    ['Fit', 'Show everything', () => canvas.fit()], ['Hot path', 'Back to the heaviest path', () => canvas.open()],
  ];
  for (const [text, title, action] of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.title = title;
    button.addEventListener('click', action);
    bar.append(button);
  }
  root.after(bar);
}

/** Nodes are buttons: a click or a key selects them, and their calls are marked. */
function selectable(canvas, data, selection) {
  const edges = data.edges.map((ignored, at) => document.getElementById(`edge${at + 1}`));
  data.nodes.forEach(([, name], at) => {
    if (!name) {
      return;
    }
    const node = canvas.nodes[at];
    node.setAttribute('tabindex', '0');
    node.setAttribute('role', 'button');
    node.setAttribute('aria-label', node.querySelector('title')?.textContent || name);
    node.addEventListener('click', (event) => {
      if (canvas.travelled <= 4) {
        selection.choose(name, event.ctrlKey || event.metaKey || event.shiftKey);
      }
    });
    node.addEventListener('dblclick', () => canvas.reveal(at));
    node.addEventListener('keydown', (event) => {
      if (event.key === ' ' || event.key === 'Enter') {
        event.preventDefault();
        selection.choose(name, event.ctrlKey || event.shiftKey);
      }
    });
  });
  selection.onChange((names) => {
    const chosen = data.nodes.map(([, name]) => name !== '' && names.has(name));
    canvas.nodes.forEach((node, at) => {
      node.classList.toggle('selected', chosen[at]);
      node.setAttribute('aria-pressed', String(chosen[at]));
    });
    data.edges.forEach(([from, to], at) => edges[at]?.classList.toggle('near', chosen[from] || chosen[to]));
  });
}

/** Starts the view. */
export function mount({pageData, selection}) {
  const data = pageData('graph-data');
  const root = document.getElementById('canvas');
  const canvas = new Canvas(root, document.getElementById('graph'), data);
  buttons(canvas, root);
  selectable(canvas, data, selection);
  const minimap = new Minimap(document.getElementById('minimap'), canvas);
  minimap.draw();
  let hits = [];
  let at = -1;
  return {
    search(regexp) {
      hits = [];
      data.nodes.forEach(([, name], node) => {
        const hit = regexp !== null && name !== '' && regexp.test(name);
        canvas.nodes[node].classList.toggle('hit', hit);
        if (hit) {
          hits.push(node);
        }
      });
      root.classList.toggle('searching', hits.length > 0);
      at = Math.min(at, hits.length - 1);
      minimap.draw(new Set(hits));
      return {matches: hits.length, text: regexp ? `${hits.length} of ${data.nodes.length} nodes` : ''};
    },
    step(direction) {
      if (hits.length === 0) {
        return '';
      }
      at = (at + direction + hits.length + (at < 0 && direction < 0 ? 1 : 0)) % hits.length;
      canvas.reveal(hits[at]);
      return `${at + 1} of ${hits.length}`;
    },
  };
}
