// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// The panel of labels: how much of the profile has which value, and links that act on it.
import {link, quote} from './selection.js';

function anchor(text, title, href, pressed) {
  const made = document.createElement('a');
  made.className = 'tiny';
  made.textContent = text;
  made.title = title;
  made.href = href;
  if (pressed) {
    made.setAttribute('aria-pressed', 'true');
  }
  return made;
}

/** Adds a key to a list in the address, or takes it out. */
function toggled(parameter, key) {
  const now = (new URLSearchParams(location.search).get(parameter) || '').split(',').filter(Boolean);
  const on = now.includes(key);
  const next = on ? now.filter((other) => other !== key) : [...now, key];
  return {on, href: link('', {[parameter]: next.join(',')})};
}

/** A comma would end the expression of a label filter. */
function matcher(key, value) {
  return `${key}=^${quote(value).replaceAll(',', '.')}$`;
}

function row(key, [value, weight, text], total) {
  const line = document.createElement('div');
  line.className = 'label';
  const name = document.createElement('div');
  name.className = 'name';
  name.title = value;
  const bar = document.createElement('div');
  bar.className = 'fillbar';
  bar.style.width = `${Math.min(100, total === 0 ? 0 : (100 * Math.abs(weight)) / total)}%`;
  const label = document.createElement('span');
  label.textContent = value || '(empty)';
  name.append(bar, label);
  const amount = document.createElement('span');
  amount.className = 'weight';
  amount.textContent = `${text} ${total === 0 ? '' : `${((100 * weight) / total).toFixed(1)}%`}`;
  line.append(
    name, amount,
    anchor('focus', `Only samples with ${key}=${value}`, link('', {tf: matcher(key, value)})),
    anchor('ignore', `Without samples with ${key}=${value}`, link('', {ti: matcher(key, value)})));
  return line;
}

function section([key, count, values], total) {
  const part = document.createElement('section');
  const title = document.createElement('h3');
  const name = document.createElement('span');
  name.textContent = key;
  const root = toggled('tr', key);
  const leaf = toggled('tl', key);
  title.append(
    name,
    anchor('root', `Group by ${key}: frames at the root`, root.href, root.on),
    anchor('leaf', `Split by ${key}: frames at the leaf`, leaf.href, leaf.on));
  part.append(title, ...values.map((value) => row(key, value, total)));
  if (count > values.length) {
    const rest = document.createElement('p');
    rest.className = 'hint';
    rest.textContent = `and ${count - values.length} lighter values`;
    part.append(rest);
  }
  return part;
}

async function load(panel) {
  const answer = await fetch(`./api/labels${location.search}`, {headers: {Accept: 'application/json'}});
  const heading = document.createElement('h2');
  heading.textContent = 'Labels';
  panel.replaceChildren(heading);
  if (!answer.ok) {
    panel.append(await answer.text());
    return;
  }
  const data = await answer.json();
  if (data.keys.length === 0) {
    const none = document.createElement('p');
    none.className = 'hint';
    none.textContent = 'No sample has a label.';
    panel.append(none);
  }
  panel.append(...data.keys.map((key) => section(key, data.total)));
}

/** Connects the button that opens the panel; it stays open from page to page. */
export function startLabels() {
  const button = document.getElementById('labels-button');
  const panel = document.getElementById('labels');
  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    sessionStorage.setItem('pprof-labels', String(open));
    if (open && !panel.firstChild) {
      load(panel).catch((failure) => panel.append(failure.message));
    }
    dispatchEvent(new Event('resize'));
  };
  button.addEventListener('click', () => show(panel.hidden));
  if (sessionStorage.getItem('pprof-labels') === 'true') {
    show(true);
  }
}
