// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// Annotated source: lines unfold, hot lines are tinted, and the language is coloured.
import {expression, link} from './selection.js';
import {marking} from './text.js';

const WORDS =
  'abstract as assert async await auto bool boolean break byte case catch chan char class const continue def ' +
  'default defer delete do double else enum export extends extern false final finally float fn for fun func go ' +
  'goto if implements import in inline instanceof int interface let long match mut namespace native new nil ' +
  'null object override package private protected pub public range record return sealed select self short ' +
  'signed sizeof static struct super switch synchronized template this throw throws trait true try type typedef ' +
  'typename union unsafe unsigned use using val var virtual void volatile when where while yield';
const KEYWORDS = new Set(WORDS.split(' '));
const TOKEN =
  /(\/\/.*|\/\*.*?(?:\*\/|$)|^\s*\*.*)|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?)|(@\w+)|(\b\d[\w.]*)|([A-Za-z_$][\w$]*)/g;
const CLASSES = ['c', 's', 'an', 'n'];

function colour(cell) {
  const text = cell.textContent;
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const group = match.slice(1).findIndex((part) => part !== undefined);
    const kind = group < 4 ? CLASSES[group] : KEYWORDS.has(match[0]) ? 'k' : '';
    if (kind) {
      const span = document.createElement('span');
      span.className = kind;
      span.textContent = match[0];
      parts.push(text.slice(end, match.index), span);
      end = match.index + match[0].length;
    }
  }
  cell.replaceChildren(...parts, text.slice(end));
}

/** A number with a unit, as good as needed to compare the lines of one function. */
function size(text) {
  const units = {
    ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, mins: 60, hrs: 3600, days: 86400,
    B: 1, kB: 1024, MB: 1048576, GB: 1073741824, TB: 1.1e12,
  };
  const match = /^(-?[\d.]+)\s*([A-Za-z]*)/.exec(text);
  return match ? Math.abs(Number(match[1])) * (units[match[2]] ?? 1) : 0;
}

function heat(section) {
  const rows = [...section.querySelectorAll('tbody tr:not(.asm)')];
  const sizes = rows.map((row) => Math.max(size(row.cells[1].textContent), size(row.cells[2].textContent)));
  const most = Math.max(...sizes);
  if (!(most > 0)) {
    return;
  }
  const strip = document.createElement('div');
  strip.className = 'strip';
  strip.setAttribute('aria-hidden', 'true');
  rows.forEach((row, at) => {
    const share = sizes[at] / most;
    row.style.setProperty('--heat', String(Math.round(Math.sqrt(share) * 60)));
    if (share > 0.02) {
      const mark = document.createElement('i');
      mark.style.top = `${(100 * at) / rows.length}%`;
      mark.style.height = `${100 / rows.length}%`;
      mark.style.opacity = String(0.25 + 0.75 * share);
      mark.addEventListener('click', () => row.scrollIntoView({block: 'center'}));
      strip.append(mark);
    }
  });
  section.append(strip);
}

function links(section) {
  const title = section.querySelector('h2');
  const wanted = expression([title.dataset.name]);
  for (const [text, path] of [['callers', './peek'], ['disassembly', './disasm'], ['graph', './graph']]) {
    const target = document.createElement('a');
    target.textContent = text;
    target.href = link(path, {f: wanted});
    title.append(target);
  }
}

function toggle(row) {
  const below = row.nextElementSibling;
  below.hidden = !below.hidden;
  row.setAttribute('aria-expanded', String(!below.hidden));
}

/** Starts the view. */
export function mount() {
  const listing = document.getElementById('listing');
  listing.querySelectorAll('.src').forEach(colour);
  for (const section of listing.querySelectorAll('section')) {
    heat(section);
    links(section);
  }
  for (const row of listing.querySelectorAll('.unfolds')) {
    row.addEventListener('click', () => toggle(row));
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        toggle(row);
      }
    });
  }
  return marking(listing);
}
