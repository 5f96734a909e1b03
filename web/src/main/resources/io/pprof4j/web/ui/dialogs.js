// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// Dialogs: saving and deleting settings, and the list of keys.

const KEYS = [
  ['/', 'search'], ['n  N', 'next match, match before'], ['Enter', 'next match; in a table, peek'],
  ['Esc', 'leave, close, clear the selection'], ['↑ ↓ ← →', 'move'], ['+  −  0', 'magnify, shrink, fit'],
  ['Space', 'select'], ['?', 'this list'],
];

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function open(dialog) {
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

/** Changes the settings file; the token shows that one of our own pages asks. */
async function change(method, path, parameters) {
  const token = document.querySelector('meta[name=pprof-token]').content;
  const answer = await fetch(`./${path}?${parameters}`, {method, headers: {'X-Pprof-Token': token}});
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  location.reload();
}

function ask({id, title, content, action, confirm}) {
  const error = element('div', {className: 'error', role: 'alert'});
  const cancel = element('button', {type: 'button', textContent: 'Cancel'});
  const yes = element('button', {type: 'submit', className: 'primary', textContent: action});
  const buttons = element('div', {className: 'buttons'}, cancel, yes);
  const form = element('form', {}, element('h2', {textContent: title}), content, error, buttons);
  const dialog = element('dialog', {id}, form);
  cancel.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    confirm().catch((failure) => {
      error.textContent = failure.message;
    });
  });
  open(dialog);
}

function save() {
  const known = [...document.querySelectorAll('#configs .delete')];
  const options = known.map((button) => element('option', {value: button.dataset.config}));
  const name = element('input', {id: 'save-name', placeholder: 'Name of these settings', autocomplete: 'off'});
  name.setAttribute('aria-label', 'Name of these settings');
  name.setAttribute('list', 'config-list');
  ask({
    id: 'save-dialog',
    title: 'Save the settings of this page',
    content: element('div', {}, name, element('datalist', {id: 'config-list'}, ...options)),
    action: 'Save',
    confirm: () => {
      const parameters = new URLSearchParams(location.search);
      parameters.set('config', name.value.trim());
      return change('POST', 'saveconfig', parameters);
    },
  });
}

function remove(config) {
  ask({
    id: 'delete-dialog',
    title: `Delete ${config}?`,
    content: element('p', {textContent: 'It is removed from the settings file.'}),
    action: 'Delete',
    confirm: () => change('DELETE', 'deleteconfig', new URLSearchParams({config})),
  });
}

/** Shows the keys that every page has, and those of its view. */
export function showKeys() {
  if (document.getElementById('keys-dialog')) {
    return;
  }
  const list = element('dl', {});
  for (const [key, meaning] of KEYS) {
    list.append(element('dt', {}, element('kbd', {textContent: key})), element('dd', {textContent: meaning}));
  }
  const close = element('button', {type: 'button', className: 'primary', textContent: 'Close', autofocus: true});
  const dialog = element(
    'dialog', {id: 'keys-dialog'}, element('h2', {textContent: 'Keyboard'}), list,
    element('div', {className: 'buttons'}, close));
  close.addEventListener('click', () => dialog.close());
  open(dialog);
}

/** Connects the items of the Config menu. */
export function startDialogs() {
  document.getElementById('save-config').addEventListener('click', save);
  for (const button of document.querySelectorAll('#configs .delete')) {
    button.addEventListener('click', () => remove(button.dataset.config));
  }
}
