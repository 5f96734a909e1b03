// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {save, visible} from './dom.js';
import {Boxes, layOut} from './layout.js';
import {paint, ROW_PX} from './paint.js';

const PICTURE_WIDTH = 1600;
const MOST_PICTURE_HEIGHT = 16000;

/** What can be saved: [text, action]. */
export function exportEntries(view) {
  const name = (view.data.title || 'profile').replace(/[^\w.-]+/g, '_') + '-' + view.data.type.replace(/\W+/g, '_');
  const entries = [
    ['Picture (SVG)', () => save(new Blob([svg(view)], {type: 'image/svg+xml'}), name + '.svg'), ''],
    ['Picture (PNG)', () => png(view).then((blob) => save(blob, name + '.png')), ''],
    ['Folded stacks', () => save(new Blob([folded(view)], {type: 'text/plain'}), name + '.folded'), ''],
  ];
  for (const [text, url] of view.options.exports ?? []) {
    entries.push([text, () => location.assign(url), '']);
  }
  return entries;
}

/** Everything that the view shows, laid out for paper: as wide as `width`, all rows. */
function wholePicture(view, width) {
  const rows = Math.min(view.rowCount(), Math.floor(MOST_PICTURE_HEIGHT / ROW_PX));
  const [from, to] = view.zoom;
  const boxes = layOut(view.layers, {width, from, to, firstRow: 0, lastRow: rows - 1, rest: view.data.rest}, new Boxes());
  return {...view.scene(), boxes, width, height: rows * ROW_PX, scrollTop: 0};
}

/** The picture as SVG without scripts; each box has a title. */
export function svg(view) {
  const scene = wholePicture(view, PICTURE_WIDTH);
  const out = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}" `,
    `viewBox="0 0 ${scene.width} ${scene.height}" font-family="system-ui, sans-serif" font-size="12">\n`,
    `<rect width="100%" height="100%" fill="${scene.palette.edge}"/>\n`,
  ];
  for (let box = 0; box < scene.boxes.count; box++) {
    out.push(svgBox(view, scene, box));
  }
  out.push('</svg>\n');
  return out.join('');
}

function svgBox(view, {boxes, palette, layers, width}, box) {
  const {tree} = layers[boxes.layer[box]];
  const node = boxes.node[box];
  const left = Math.max(0, boxes.x[box]);
  const boxWidth = Math.min(width, boxes.x[box] + boxes.width[box]) - left;
  const y = boxes.row[box] * ROW_PX;
  const merged = boxes.isMerged(box);
  const name = node === 0 ? view.rootName() : view.data.frames.name[tree.frame[node]];
  const fill = merged ? palette.merged : palette.of(tree, node);
  const title = merged ? 'functions too narrow to show' : `${name} (${view.amount(tree, node)})`;
  const room = Math.floor((boxWidth - 8) / 6.6);
  const names = merged || room < 3 ? [] : node === 0 ? [name] : view.data.frames.names(tree.frame[node]);
  const fitting = names.find((text) => text.length <= room) ?? (names.at(-1) ?? '').slice(0, Math.max(0, room - 1));
  const text = fitting === '' ? '' : `<text x="${(left + 4).toFixed(1)}" y="${y + 13.5}" fill="${palette.text}">${escapeXml(fitting)}</text>`;
  const box_ = `<rect x="${left.toFixed(2)}" y="${y}" width="${Math.max(0.1, boxWidth - 0.5).toFixed(2)}" height="${ROW_PX - 1}" fill="${fill}"/>`;
  return `<g><title>${escapeXml(title)}</title>${box_}${text}</g>\n`;
}

/** The text with what has a meaning in XML escaped and what XML forbids made visible. */
export function escapeXml(text) {
  const entities = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;'};
  return visible(text)
    .replace(/[&<>"']/g, (character) => entities[character])
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, '\ufffd');
}

function png(view) {
  const scene = wholePicture(view, PICTURE_WIDTH);
  const canvas = document.createElement('canvas');
  canvas.width = scene.width * 2;
  canvas.height = scene.height * 2;
  const context = canvas.getContext('2d');
  context.scale(2, 2);
  paint(context, scene);
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = scene.palette.edge;
  context.fillRect(0, 0, scene.width, scene.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** The stacks with their own values, one a line, root first: `main;work 42`. */
export function folded(view) {
  const tree = view.shownTree();
  const {frames} = view.data;
  const open = [];
  const lines = [];
  for (let node = 1; node < tree.size; node++) {
    const name = visible(frames.name[tree.frame[node]]).replaceAll(';', ':');
    open[tree.depth[node]] = tree.depth[node] === 1 ? name : open[tree.depth[node] - 1] + ';' + name;
    const value = tree.self[node] - (tree.base ? tree.base[node] : 0);
    if (value !== 0) {
      lines.push(`${open[tree.depth[node]]} ${value}\n`);
    }
  }
  return lines.join('');
}
