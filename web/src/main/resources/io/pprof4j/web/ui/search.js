// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
import {Pattern} from './flame/pattern.js';

const DELAY_MS = 120;

/**
 * Connects the search box with a view: `view.search(Pattern or null)` answers what it found as
 * `{matches, text}`, and `view.step(+1 or -1)` goes to the next or the one before.
 */
export function startSearch(view, selection) {
  const box = document.getElementById('search');
  const count = document.getElementById('matches');
  let timer = 0;

  function run() {
    clearTimeout(timer);
    const text = box.value;
    let found = null;
    box.setAttribute('aria-invalid', 'false');
    box.title = '';
    try {
      found = view.search?.(text ? new Pattern(text) : null, text);
    } catch (bad) {
      if (!(bad instanceof SyntaxError)) {
        throw bad;
      }
      box.setAttribute('aria-invalid', 'true');
      box.title = bad.message;
      count.textContent = 'bad regexp';
      return;
    }
    count.textContent = text && found ? describe(found) : '';
  }

  function describe(found) {
    if (found.text) {
      return found.text;
    }
    const percent = found.percent === undefined ? '' : ` · ${found.percent}`;
    return found.matches === 0 ? 'no match' : `${found.matches}${percent}`;
  }

  function step(direction) {
    run();
    const place = view.step?.(direction);
    if (place) {
      count.textContent = place;
    }
  }

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(run, DELAY_MS);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      box.value = '';
      run();
      box.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (view.enter) {
        view.enter(box.value, event);
      } else {
        step(event.shiftKey ? -1 : 1);
      }
    }
  });
  return {box, run, step, text: () => view.text?.() || box.value, selection};
}

/** Marks what matches in the texts below an element and returns the marks. */
export function markText(root, pattern) {
  for (const mark of root.querySelectorAll('mark')) {
    mark.replaceWith(...mark.childNodes);
  }
  root.normalize();
  if (!pattern) {
    return [];
  }
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    texts.push(walker.currentNode);
  }
  return texts.flatMap((text) => markOne(text, pattern));
}

function markOne(text, pattern) {
  const marks = [];
  const parts = [];
  let end = 0;
  const value = text.data;
  for (let found = pattern.find(value, 0); found; ) {
    const [from, to] = found;
    if (to > from) {
      const mark = document.createElement('mark');
      mark.textContent = value.slice(from, to);
      parts.push(value.slice(end, from), mark);
      marks.push(mark);
      end = to;
    }
    found = pattern.find(value, Math.max(to, from + 1));
  }
  if (marks.length > 0) {
    text.replaceWith(...parts, value.slice(end));
  }
  return marks;
}
