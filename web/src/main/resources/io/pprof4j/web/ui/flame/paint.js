// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Draws boxes on a canvas. */
export const ROW_PX = 19;

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const PAD_PX = 4;
const NARROWEST_TEXT_PX = 26;

/** Texts and their widths, measured once. */
class Measure {
  constructor() {
    this.widths = new Map();
  }

  width(context, text) {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.widths.size > 50000) {
        this.widths.clear();
      }
      width = context.measureText(text).width;
      this.widths.set(text, width);
    }
    return width;
  }

  /** The longest of the names that fits, or the beginning of the last. */
  fit(context, names, room) {
    for (const name of names) {
      // No glyph of a name is narrower than two pixels: the obvious misfits are not measured.
      if (name.length * 2 <= room && this.width(context, name) <= room) {
        return name;
      }
    }
    const last = names[names.length - 1];
    let characters = Math.min(last.length, Math.floor(room / 5)) - 1;
    while (characters >= 2 && this.width(context, last.slice(0, characters) + '…') > room) {
      characters--;
    }
    return characters < 2 ? '' : last.slice(0, characters) + '…';
  }
}

const measure = new Measure();

/**
 * Draws all boxes.
 *
 * @param scene layers, boxes, frames, palette, matches (by frame, or null), focusRow by layer,
 *     width and height in pixels, firstRow and offset of the first row in pixels
 */
export function paint(context, scene) {
  const {boxes} = scene;
  context.clearRect(0, 0, scene.width, scene.height);
  context.font = FONT;
  context.textBaseline = 'middle';
  for (let box = 0; box < boxes.count; box++) {
    paintBox(context, scene, box);
  }
}

function paintBox(context, scene, box) {
  const {boxes, palette, matches} = scene;
  const left = Math.max(0, boxes.x[box]);
  const right = Math.min(scene.width, boxes.x[box] + boxes.width[box]);
  const width = right - left;
  const y = boxes.row[box] * ROW_PX - scene.scrollTop;
  const tree = scene.layers[boxes.layer[box]].tree;
  const node = boxes.node[box];
  const merged = boxes.isMerged(box);
  const isMatch = matches !== null && !merged && matches[tree.frame[node]] === 1;
  const gap = width > 3 ? 1 : 0;
  context.globalAlpha = matches !== null && !isMatch ? 0.55 : scene.isDimmed(box) ? 0.6 : 1;
  context.fillStyle = merged ? palette.merged : isMatch ? palette.match : palette.of(tree, node);
  context.fillRect(left, y, width - gap, ROW_PX - 1);
  if (merged && width > 6) {
    paintHatching(context, palette, left, y, width - gap);
  }
  context.globalAlpha = 1;
  if (width >= NARROWEST_TEXT_PX) {
    paintText(context, scene, {left, y, width, node, tree, merged, box});
  }
}

/** Stripes say that a box is several. */
function paintHatching(context, palette, left, y, width) {
  context.save();
  context.beginPath();
  context.rect(left, y, width, ROW_PX - 1);
  context.clip();
  context.strokeStyle = palette.edge;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = left - ROW_PX; x < left + width; x += 6) {
    context.moveTo(x, y + ROW_PX);
    context.lineTo(x + ROW_PX, y);
  }
  context.stroke();
  context.restore();
}

function paintText(context, scene, {left, y, width, node, tree, merged, box}) {
  const room = width - 2 * PAD_PX;
  const {palette, frames} = scene;
  let text;
  if (merged) {
    return;
  }
  if (node === 0) {
    text = measure.fit(context, [scene.rootText(scene.layers[scene.boxes.layer[box]]), 'all'], room);
  } else {
    text = measure.fit(context, frames.names(tree.frame[node]), room);
  }
  if (text !== '') {
    context.fillStyle = palette.text;
    const inlined = frames.inlined[tree.frame[node]] === 1;
    context.font = inlined ? 'italic ' + FONT : FONT;
    context.fillText(text, left + PAD_PX, y + ROW_PX / 2);
    if (inlined) {
      context.font = FONT;
    }
  }
}
