// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {callersOf, invert, rootAt, transform, TRANSFORMS} from './transforms.js';
import {sliceOfTime} from './data.js';

/**
 * What is shown, derived from the data and the state: the time selected, then the transforms in
 * their order, then the inversion or the sandwich. Steps whose input did not change are kept.
 */
export class Pipeline {
  constructor(data) {
    this.data = data;
    this.sliced = null;
    this.stages = [];
  }

  /** The tree of the time selected, with the transforms applied. */
  transformed(state) {
    const timeKey = state.time ? state.time.join() : '';
    if (this.sliced?.key !== timeKey) {
      const {tree, time} = this.data;
      const slice = state.time && time ? sliceOfTime(tree, time, ...state.time) : tree;
      this.sliced = {key: timeKey, tree: slice};
      this.stages = [];
    }
    let {tree} = this.sliced;
    state.steps.forEach((step, at) => {
      const key = step.op + ':' + step.name;
      if (this.stages[at]?.key !== key) {
        this.stages.length = at;
        this.stages[at] = {key, tree: transform(tree, this.data.frames, step)};
      }
      ({tree} = this.stages[at]);
    });
    this.stages.length = state.steps.length;
    return tree;
  }

  /** The layers to draw; rows are set when their number is known. */
  layers(state) {
    const tree = this.transformed(state);
    const {frames} = this.data;
    if (state.pivot !== null) {
      return [
        {tree: callersOf(tree, frames, state.pivot), direction: -1, firstDepth: 2},
        {tree: rootAt(tree, frames, state.pivot), direction: 1, firstDepth: 1},
      ];
    }
    const shown = state.inverted ? invert(tree) : tree;
    return [{tree: shown, direction: state.up ? -1 : 1, firstDepth: 0}];
  }
}

/** Drops transforms that are unknown, as a link may have any. */
export function knownSteps(steps) {
  return steps.filter((step) => Object.hasOwn(TRANSFORMS, step.op));
}

/** Gives the layers their rows; answers how many rows the picture has. */
export function placeRows(layers, visibleRows) {
  const rowsOf = ({tree, firstDepth}) => Math.max(0, tree.maxDepth - firstDepth + 1);
  if (layers.length === 2) {
    const above = rowsOf(layers[0]);
    layers[0].originRow = above - 1;
    layers[1].originRow = above;
    return above + rowsOf(layers[1]);
  }
  const rows = rowsOf(layers[0]);
  layers[0].originRow = layers[0].direction > 0 ? 0 : Math.max(rows, visibleRows) - 1;
  return layers[0].direction > 0 ? rows : Math.max(rows, visibleRows);
}
