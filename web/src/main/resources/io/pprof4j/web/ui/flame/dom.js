// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes an element. Texts go in as text only, so nothing that a profile holds can become markup.
 *
 * @param properties `text`, `class`, `on` (listeners by event), any other attribute by its name
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name === 'text') {
      element.textContent = value;
    } else if (name === 'class') {
      element.className = value;
    } else if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

/** A button with a text that says what it does. */
export function button(text, title, onClick, properties = {}) {
  return make('button', {type: 'button', title, text, on: {click: onClick}, ...properties});
}

/** Makes a text safe to show in one line: what would turn or break it becomes visible. */
export function visible(text) {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}

/** Offers a blob for saving. */
export function save(blob, fileName) {
  const url = URL.createObjectURL(blob);
  const link = make('a', {href: url, download: fileName});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
