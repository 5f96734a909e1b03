// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Units by the one that values are given in, from small to large. */
const UNITS = {
  B: [
    ['B', 1],
    ['kB', 2 ** 10],
    ['MB', 2 ** 20],
    ['GB', 2 ** 30],
    ['TB', 2 ** 40],
    ['PB', 2 ** 50],
  ],
  s: [
    ['ns', 1e-9],
    ['µs', 1e-6],
    ['ms', 1e-3],
    ['s', 1],
    ['hrs', 3600],
  ],
  GCU: [
    ['n*GCU', 1e-9],
    ['u*GCU', 1e-6],
    ['m*GCU', 1e-3],
    ['GCU', 1],
    ['k*GCU', 1e3],
    ['M*GCU', 1e6],
  ],
};

/** Writes values of a profile: each in the largest unit that leaves at least one. */
export class ValueText {
  constructor({unit, scale, total}) {
    this.units = UNITS[unit] ?? [['', 1]];
    this.scale = scale;
    this.total = total;
  }

  text(value) {
    const size = Math.abs(value * this.scale);
    let [name, factor] = this.units[0];
    for (const [larger, itsFactor] of this.units) {
      // A little less than one, so that 0.9999999 s is not shown as 1000 ms.
      if (size / itsFactor >= 0.9999995) {
        [name, factor] = [larger, itsFactor];
      }
    }
    if (size === 0) {
      return '0';
    }
    const number = (value * this.scale) / factor;
    const rounded = Math.abs(number) >= 100 || Number.isInteger(number) ? number.toFixed(1) : number.toFixed(2);
    return grouped(rounded.replace(/\.?0+$/, '') || '0') + (name ? ' ' + name : '');
  }

  /** The share of a value in the total, or in another value. */
  percent(value, whole = this.total) {
    return whole === 0 ? '0%' : percentText((Math.abs(value) / Math.abs(whole)) * 100);
  }

  /** A change, with its sign. */
  change(value) {
    return (value > 0 ? '+' : value < 0 ? '−' : '±') + this.text(Math.abs(value));
  }
}

/** A percentage with as many digits as matter. */
export function percentText(percent) {
  if (percent === 0) {
    return '0%';
  }
  if (percent < 0.01) {
    return '<0.01%';
  }
  if (percent > 99.95 && percent < 100.05) {
    return '100%';
  }
  return percent.toFixed(percent >= 1000 ? 0 : percent >= 10 ? 1 : 2).replace(/\.0+$/, '') + '%';
}

/** Thousands set apart. */
function grouped(number) {
  const [whole, decimals] = number.split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals ? spaced + '.' + decimals : spaced;
}

/** A time of day if the number is a date, else seconds from the start. */
export function timeText(millis, startMillis) {
  if (startMillis < 1e11) {
    return (millis / 1000).toFixed(3).replace(/0{1,2}$/, '') + ' s';
  }
  const date = new Date(millis);
  const pad = (value, width) => String(value).padStart(width, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => pad(n, 2)).join(':');
  return clock + '.' + pad(date.getMilliseconds(), 3);
}
