// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Instructions that match a text: `char`, `anchor`, `split` and `jump` as the compiler of Pattern
 * makes them, and `match` at the end.
 *
 * All ways to match go on side by side, one character at a time (Thompson 1968, as in Pike's matcher),
 * and two that are at the same instruction are one. So a character costs at most one step for each
 * instruction, whatever the expression.
 */
export class Program {
  constructor() {
    this.code = [];
  }

  get length() {
    return this.code.length;
  }

  add(instruction) {
    this.code.push(instruction);
    return instruction;
  }

  /** Makes room for the threads; all instructions are there. */
  complete() {
    this.current = new Threads(this.code.length);
    this.next = new Threads(this.code.length);
    this.pending = new Int32Array(2 * this.code.length + 1);
    this.seen = new Int32Array(this.code.length);
    this.mark = 0;
    return this;
  }

  /** The first match from a place on, [start, end]; null if there is none. `any` takes any match. */
  find(text, from, any) {
    let found = null;
    this.current.size = 0;
    for (let at = from; at <= text.length; ) {
      const point = at < text.length ? text.codePointAt(at) : -1;
      if (this.current.size > 0 || !this.cannotStart(point)) {
        this.goOn(text, at, found === null);
        found = this.step(point, at, found);
        if (found !== null && (any || this.current.size === 0)) {
          return found;
        }
      }
      at += point > 0xffff ? 2 : 1;
    }
    return found;
  }

  /** Whether no match begins with a character: most are passed without more. */
  cannotStart(point) {
    const first = this.code[0];
    return first.op === 'char' && (point < 0 || !first.matcher.matches(point));
  }

  /** Takes all threads to where they need a character, and starts one more behind them. */
  goOn(text, at, starts) {
    const {current, next} = this;
    this.mark++;
    next.size = 0;
    for (let thread = 0; thread < current.size; thread++) {
      this.follow(current.pc[thread], current.start[thread], text, at, next);
    }
    if (starts) {
      this.follow(0, at, text, at, next);
    }
    this.current = next;
    this.next = current;
  }

  /** Moves the threads over a character; those behind one that matched are worth less than it. */
  step(point, at, found) {
    const threads = this.current;
    const {size} = threads;
    threads.size = 0;
    for (let thread = 0; thread < size; thread++) {
      const pc = threads.pc[thread];
      const instruction = this.code[pc];
      if (instruction.op === 'match') {
        return [threads.start[thread], at];
      }
      if (point >= 0 && instruction.matcher.matches(point)) {
        threads.add(pc + 1, threads.start[thread]);
      }
    }
    return found;
  }

  /** Goes on to all instructions that take a character or match, the preferred first. */
  follow(first, start, text, at, threads) {
    const {pending, seen, mark, code} = this;
    let count = 0;
    pending[count++] = first;
    while (count > 0) {
      const pc = pending[--count];
      if (seen[pc] === mark) {
        continue;
      }
      seen[pc] = mark;
      const instruction = code[pc];
      if (instruction.op === 'jump') {
        pending[count++] = instruction.to;
      } else if (instruction.op === 'split') {
        pending[count++] = instruction.second;
        pending[count++] = instruction.first;
      } else if (instruction.op === 'anchor') {
        if (holds(instruction.where, text, at)) {
          pending[count++] = pc + 1;
        }
      } else {
        threads.add(pc, start);
      }
    }
  }
}

/** Ways to match that go on side by side, the preferred first: where each is, and where it began. */
class Threads {
  constructor(capacity) {
    this.pc = new Int32Array(capacity);
    this.start = new Int32Array(capacity);
    this.size = 0;
  }

  add(pc, start) {
    this.pc[this.size] = pc;
    this.start[this.size] = start;
    this.size++;
  }
}

function isWord(text, at) {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

/** Whether a place in a text is what an anchor asks for. */
function holds(where, text, at) {
  switch (where) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'lineStart':
      return at === 0 || text[at - 1] === '\n';
    case 'lineEnd':
      return at === text.length || text[at] === '\n';
    default:
      return (isWord(text, at - 1) !== isWord(text, at)) === (where === 'word');
  }
}
