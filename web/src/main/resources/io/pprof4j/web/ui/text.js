// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// Reports that are text: names become links, and matches are marked.
import {expression, link} from './selection.js';
import {markText} from './search.js';

/** A line of peek: numbers, a bar, and a name that is further in if it is a caller or callee. */
const PEEK_LINE = /^(.*\| )(  )?(.+)$/;

function peekLine(text) {
  const parts = PEEK_LINE.exec(text);
  if (!parts) {
    const rule = document.createElement('span');
    rule.className = /^-+/.test(text) ? 'rule' : '';
    rule.textContent = text;
    return rule;
  }
  const [, numbers, indent, name] = parts;
  const line = document.createElement('span');
  const values = document.createElement('span');
  values.className = 'num';
  values.textContent = numbers + (indent || '');
  const target = document.createElement('a');
  target.textContent = name;
  target.href = link('./peek', {f: expression([name.trim()]), all: ''});
  target.title = 'Callers and callees of this function';
  target.className = indent ? '' : 'focus';
  line.append(values, target);
  return line;
}

/** Starts the view. */
export function mount({name}) {
  const pre = document.getElementById('text');
  if (name === 'peek') {
    const lines = pre.textContent.split('\n');
    pre.replaceChildren(...lines.flatMap((line) => [peekLine(line), '\n']));
  }
  return marking(pre);
}

/** Search that marks matches in a text and goes from one to the next. */
export function marking(root) {
  let marks = [];
  let at = -1;
  let last = '';
  return {
    search(regexp, text) {
      if (text !== last) {
        last = text;
        marks = markText(root, regexp);
        at = -1;
      }
      return {matches: marks.length};
    },
    step(direction) {
      if (marks.length === 0) {
        return '';
      }
      marks[at]?.classList.remove('now');
      at = (at + direction + marks.length + (at < 0 && direction < 0 ? 1 : 0)) % marks.length;
      marks[at].classList.add('now');
      const folded = marks[at].closest('[hidden]');
      if (folded) {
        folded.hidden = false;
      }
      marks[at].scrollIntoView({block: 'center', inline: 'nearest'});
      return `${at + 1} of ${marks.length}`;
    },
  };
}
