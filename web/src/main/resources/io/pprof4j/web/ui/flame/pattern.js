// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

import {Program} from './matching.js';

/*
 * Regular expressions in the syntax of RE2, as far as searching names needs it, and like RE2 in time
 * that grows with the text only: those of browsers try all ways to match, so that `(a+)+b` in a link
 * would stop the page for ever. What one character is matched by is left to a RegExp of the browser,
 * which sees that character only.
 */

/** Instructions of the largest program; repetitions such as `x{100}` are written out. */
const MOST_INSTRUCTIONS = 5000;
const MOST_REPETITIONS = 1000;
const MOST_NESTING = 200;

const CLASSES = {
  alnum: '0-9A-Za-z', alpha: 'A-Za-z', ascii: '\\x00-\\x7f', blank: '\\t ', cntrl: '\\x00-\\x1f\\x7f', digit: '0-9',
  graph: '!-~', lower: 'a-z', print: ' -~', punct: '!-\\/:-@\\[-`{-~', space: '\\t-\\r ', upper: 'A-Z',
  word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f',
};
const ANCHORS = {b: 'word', B: 'inside', A: 'start', z: 'end'};
const CONTROLS = {a: '\\x07', f: '\\f', t: '\\t', n: '\\n', r: '\\r', v: '\\v'};

/** A compiled expression. Throws SyntaxError for one that is none. */
export class Pattern {
  constructor(text, ignoreCase = false) {
    const node = new Parser(text, ignoreCase).parse();
    const program = new Program();
    emit(program, node);
    program.add({op: 'match'});
    this.program = program.complete();
  }

  /** Whether it matches anywhere in a text. */
  test(text) {
    return this.program.find(text, 0, true) !== null;
  }

  /** The first match from a place on: [start, end]; null if there is none. */
  find(text, from) {
    return this.program.find(text, from, false);
  }
}

/** Turns text into a tree of {kind}: char, anchor, sequence, choice, repeat. */
class Parser {
  constructor(text, ignoreCase) {
    this.text = text;
    this.at = 0;
    this.nesting = 0;
    this.flags = {i: ignoreCase, m: false, s: false};
    this.chars = new Map();
  }

  parse() {
    const node = this.choice();
    if (this.at < this.text.length) {
      throw this.bad('unexpected )');
    }
    return node;
  }

  bad(what) {
    return new SyntaxError(`${what} at character ${this.at + 1}`);
  }

  looksAt(text) {
    return this.text.startsWith(text, this.at);
  }

  skip(text) {
    const here = this.looksAt(text);
    this.at += here ? text.length : 0;
    return here;
  }

  choice() {
    const outer = this.flags;
    if (++this.nesting > MOST_NESTING) {
      throw this.bad('too many parentheses');
    }
    const parts = [this.sequence()];
    while (this.skip('|')) {
      parts.push(this.sequence());
    }
    this.nesting--;
    this.flags = outer;
    return parts.length === 1 ? parts[0] : {kind: 'choice', parts};
  }

  sequence() {
    const parts = [];
    while (this.at < this.text.length && !this.looksAt('|') && !this.looksAt(')')) {
      parts.push(this.repeated());
    }
    return {kind: 'sequence', parts};
  }

  repeated() {
    let node = this.atom();
    for (let count = this.count(); count; count = this.count()) {
      const lazy = this.skip('?');
      node = {kind: 'repeat', part: node, least: count[0], most: count[1], lazy};
    }
    return node;
  }

  /** What stands for how often: [least, most]; null if nothing does. */
  count() {
    const simple = {'*': [0, Infinity], '+': [1, Infinity], '?': [0, 1]}[this.text[this.at]];
    if (simple) {
      this.at++;
      return simple;
    }
    const numbers = /^\{(\d{1,5})(?:(,)(\d{0,5}))?\}/.exec(this.text.slice(this.at, this.at + 20));
    if (!numbers) {
      return null;
    }
    const least = Number(numbers[1]);
    const most = !numbers[2] ? least : numbers[3] === '' ? Infinity : Number(numbers[3]);
    if (least > MOST_REPETITIONS || (most !== Infinity && most > MOST_REPETITIONS) || most < least) {
      throw this.bad('bad repetition');
    }
    this.at += numbers[0].length;
    return [least, most];
  }

  atom() {
    if (this.skip('(')) {
      return this.group();
    }
    if (this.skip('[')) {
      return this.set();
    }
    if (this.skip('\\')) {
      return this.escape();
    }
    if (this.skip('.')) {
      return this.char(this.flags.s ? '[^]' : '[^\\n]');
    }
    if (this.skip('^')) {
      return {kind: 'anchor', where: this.flags.m ? 'lineStart' : 'start'};
    }
    if (this.skip('$')) {
      return {kind: 'anchor', where: this.flags.m ? 'lineEnd' : 'end'};
    }
    if ('*+?'.includes(this.text[this.at])) {
      throw this.bad('nothing to repeat');
    }
    return this.literal();
  }

  literal() {
    const text = String.fromCodePoint(this.text.codePointAt(this.at));
    this.at += text.length;
    return this.char(escaped(text));
  }

  group() {
    const named = /^\?P?<\w+>/.exec(this.text.slice(this.at, this.at + 200));
    if (named) {
      this.at += named[0].length;
    } else if (this.skip('?')) {
      const flags = /^([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.text.slice(this.at, this.at + 12));
      if (!flags) {
        throw this.bad('unknown group');
      }
      this.at += flags[0].length;
      const outer = this.flags;
      this.flags = changed(outer, flags[1], flags[2] ?? '');
      if (flags[3] === ')') {
        // These flags hold to the end of the group around.
        return {kind: 'sequence', parts: []};
      }
      const node = this.closed();
      this.flags = outer;
      return node;
    }
    return this.closed();
  }

  closed() {
    const node = this.choice();
    if (!this.skip(')')) {
      throw this.bad('missing )');
    }
    return node;
  }

  escape() {
    const next = this.text[this.at];
    if (next !== undefined && Object.hasOwn(ANCHORS, next)) {
      this.at++;
      return {kind: 'anchor', where: ANCHORS[next]};
    }
    if (this.skip('Q')) {
      const end = this.text.indexOf('\\E', this.at);
      const quoted = [...this.text.slice(this.at, end < 0 ? undefined : end)];
      this.at = end < 0 ? this.text.length : end + 2;
      return {kind: 'sequence', parts: quoted.map((text) => this.char(escaped(text)))};
    }
    return this.char(this.escapeSource());
  }

  /** What follows a backslash, as a RegExp has it. */
  escapeSource() {
    const rest = this.text.slice(this.at, this.at + 60);
    const hex = /^x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]{1,6})\})/.exec(rest);
    const property = /^([pP])(?:\{(\^?)([\w=]+)\}|([A-Z]))/.exec(rest);
    if (hex) {
      this.at += hex[0].length;
      return `\\u{${hex[1] ?? hex[2]}}`;
    }
    if (property) {
      this.at += property[0].length;
      return `\\${property[2] ? 'P' : property[1]}{${property[3] ?? property[4]}}`;
    }
    const next = rest[0];
    if (next === undefined) {
      throw this.bad('trailing backslash');
    }
    if (/[dDwWsS]/.test(next)) {
      this.at++;
      return '\\' + next;
    }
    if (Object.hasOwn(CONTROLS, next)) {
      this.at++;
      return CONTROLS[next];
    }
    if (/\w/.test(next)) {
      throw this.bad(`unknown escape \\${next}`);
    }
    const text = String.fromCodePoint(rest.codePointAt(0));
    this.at += text.length;
    return escaped(text);
  }

  set() {
    let source = this.skip('^') ? '[^' : '[';
    // A hyphen is one of the characters where it cannot be between two.
    let alone = true;
    for (let count = 0; count === 0 || !this.looksAt(']'); count++) {
      const named = /^\[:(\^?)(\w+):\]/.exec(this.text.slice(this.at, this.at + 14));
      if (this.at >= this.text.length) {
        throw this.bad('missing ]');
      } else if (named && Object.hasOwn(CLASSES, named[2]) && !named[1]) {
        this.at += named[0].length;
        source += CLASSES[named[2]];
        alone = true;
      } else if (this.skip('\\')) {
        const added = this.escapeSource();
        alone = /^\\[dDwWsSpP]/.test(added);
        source += added;
      } else if (this.skip('-')) {
        source += alone || this.looksAt(']') ? '\\-' : '-';
      } else {
        const text = String.fromCodePoint(this.text.codePointAt(this.at));
        this.at += text.length;
        source += escaped(text);
        alone = false;
      }
    }
    this.at++;
    return this.char(source + ']');
  }

  /** What matches one character; the same for the same source. */
  char(source) {
    const flags = this.flags.i ? 'iu' : 'u';
    const key = flags + source;
    if (!this.chars.has(key)) {
      try {
        this.chars.set(key, {kind: 'char', matcher: new CharMatcher(new RegExp(`^${source}$`, flags))});
      } catch {
        throw this.bad('bad character or class');
      }
    }
    return this.chars.get(key);
  }
}

/** The character as RegExp takes it for itself, in a class and outside. */
function escaped(text) {
  return /[\\^$.*+?()[\]{}|/-]/.test(text) ? `\\u{${text.codePointAt(0).toString(16)}}` : text;
}

function changed(flags, on, off) {
  const all = {...flags};
  [...on].forEach((flag) => (all[flag] = true));
  [...off].forEach((flag) => (all[flag] = false));
  return all;
}

/** Whether a character fits; what was asked of ASCII is remembered. */
class CharMatcher {
  constructor(regexp) {
    this.regexp = regexp;
    this.known = new Int8Array(128);
  }

  matches(point) {
    if (point >= 128) {
      return this.regexp.test(String.fromCodePoint(point));
    }
    if (this.known[point] === 0) {
      this.known[point] = this.regexp.test(String.fromCharCode(point)) ? 1 : -1;
    }
    return this.known[point] === 1;
  }
}

/** Appends the instructions of a node. */
function emit(program, node) {
  if (program.length > MOST_INSTRUCTIONS) {
    throw new SyntaxError('the expression is too large');
  }
  switch (node.kind) {
    case 'char':
      program.add({op: 'char', matcher: node.matcher});
      break;
    case 'anchor':
      program.add({op: 'anchor', where: node.where});
      break;
    case 'sequence':
      node.parts.forEach((part) => emit(program, part));
      break;
    case 'choice':
      emitChoice(program, node.parts);
      break;
    default:
      emitRepeat(program, node);
  }
}

function emitChoice(program, parts) {
  const ends = [];
  parts.forEach((part, at) => {
    const last = at === parts.length - 1;
    const split = last ? null : program.add({op: 'split', first: program.length + 1, second: 0});
    emit(program, part);
    if (!last) {
      ends.push(program.add({op: 'jump', to: 0}));
      split.second = program.length;
    }
  });
  ends.forEach((end) => (end.to = program.length));
}

function emitRepeat(program, {part, least, most, lazy}) {
  for (let time = 0; time < least; time++) {
    emit(program, part);
  }
  const skips = [];
  for (let time = least; time < (most === Infinity ? least + 1 : most); time++) {
    const split = program.add({op: 'split', first: 0, second: 0});
    const start = program.length;
    emit(program, part);
    skips.push([split, start]);
  }
  if (most === Infinity) {
    program.add({op: 'jump', to: skips[0][1] - 1});
  }
  for (const [split, start] of skips) {
    [split.first, split.second] = lazy ? [program.length, start] : [start, program.length];
  }
}
