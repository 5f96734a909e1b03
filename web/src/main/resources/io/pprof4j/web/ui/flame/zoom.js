// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** The range of the whole width that is shown, 0 .. 1, and the way from one range to the next. */
const MILLIS = 160;
const NARROWEST = 1e-9;

export class Zoom {
  constructor(onChange) {
    this.onChange = onChange;
    this.range = [0, 1];
    this.target = [0, 1];
    this.frame = 0;
  }

  /** Shows a range at once. */
  set(from, to) {
    cancelAnimationFrame(this.frame);
    this.range = clamp(from, to);
    this.target = this.range;
    this.onChange();
  }

  /** Moves to a range, unless the reader asked for less motion. */
  moveTo(from, to) {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.set(from, to);
      return;
    }
    cancelAnimationFrame(this.frame);
    this.target = clamp(from, to);
    const start = this.range;
    let began = null;
    const step = (now) => {
      began ??= now;
      const done = Math.min(1, (now - began) / MILLIS);
      this.range = between(start, this.target, 1 - (1 - done) ** 3);
      if (done < 1) {
        this.frame = requestAnimationFrame(step);
      }
      this.onChange();
    };
    this.frame = requestAnimationFrame(step);
  }

  /** Makes the range `factor` times as wide around a place on the screen, 0 .. 1. */
  magnify(factor, place) {
    const [from, to] = this.range;
    const width = Math.min(1, (to - from) * factor);
    const centre = from + (to - from) * place;
    this.set(centre - width * place, centre + width * (1 - place));
  }

  get isWhole() {
    return this.target[0] <= 0 && this.target[1] >= 1;
  }
}

/** Widths change by ratios: a straight line would leap at the narrow end. */
function between(start, end, part) {
  const startWidth = start[1] - start[0];
  const endWidth = end[1] - end[0];
  const width = startWidth * (endWidth / startWidth) ** part;
  if (Math.abs(startWidth - endWidth) < 1e-12) {
    const from = start[0] + (end[0] - start[0]) * part;
    return [from, from + width];
  }
  // What stays in place while the width changes is the same for the whole way.
  const share = (start[0] - end[0]) / (startWidth - endWidth);
  const fixed = start[0] - share * startWidth;
  return [fixed + share * width, fixed + share * width + width];
}

function clamp(from, to) {
  const width = Math.min(1, Math.max(NARROWEST, to - from));
  const start = Math.min(1 - width, Math.max(0, from));
  return [start, start + width];
}
