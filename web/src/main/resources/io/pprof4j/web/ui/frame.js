// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// Menus, theme and keys: what is the same on every page.
import {startDialogs, showKeys} from './dialogs.js';
import {expression, refined} from './selection.js';

/** Makes menus behave as menus: one is open at a time, and Escape closes it. */
function startMenus() {
  const menus = [...document.querySelectorAll('details.menu')];
  for (const menu of menus) {
    menu.addEventListener('toggle', () => {
      if (menu.open) {
        menus.forEach((other) => other !== menu && other.removeAttribute('open'));
      }
    });
    menu.addEventListener('keydown', (event) => moveInMenu(menu, event));
  }
  document.addEventListener('pointerdown', (event) => {
    menus.filter((menu) => !menu.contains(event.target)).forEach((menu) => menu.removeAttribute('open'));
  });
}

function moveInMenu(menu, event) {
  const summary = menu.querySelector('summary');
  if (event.key === 'Escape' && menu.open) {
    menu.open = false;
    summary.focus();
    event.stopPropagation();
  }
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step) {
    return;
  }
  event.preventDefault();
  menu.open = true;
  const items = [...menu.querySelectorAll('.submenu a, .submenu button')];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

/** Refines act on what is searched for, or else on what is selected. */
function startRefinements(search) {
  const update = () => {
    const names = [...search.selection.names];
    const wanted = search.text() || expression(names);
    for (const item of document.querySelectorAll('#refine a.refine')) {
      item.setAttribute('aria-disabled', wanted ? 'false' : 'true');
      item.href = wanted ? refined('', item.dataset.param, wanted) : location.search || '?';
    }
  };
  const menu = document.getElementById('refine');
  menu.addEventListener('toggle', update);
  menu.addEventListener('click', update, true);
  update();
}

function startTheme() {
  const root = document.documentElement;
  document.getElementById('theme').addEventListener('click', () => {
    const next = root.dataset.theme === 'dark' ? 'light' : 'dark';
    root.dataset.theme = next;
    try {
      localStorage.setItem('pprof-theme', next);
    } catch {
      // Without storage the choice holds for this page only.
    }
    document.dispatchEvent(new CustomEvent('pprof-theme', {detail: next}));
  });
}

function isTyping(target) {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}

function startKeys(search, selection, view) {
  const actions = {
    '/': () => {
      search.box.focus();
      search.box.select();
    },
    '?': showKeys,
    n: () => search.text() && search.step(1),
    N: () => search.text() && search.step(-1),
  };
  document.addEventListener('keydown', (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Escape') {
      selection.clear();
    }
    // The flame graph has keys of its own for n and N.
    const own = view.ownKeys?.includes(event.key);
    const action = own ? null : actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  document.getElementById('keys').addEventListener('click', showKeys);
}

/** Starts everything around the view. */
export function startFrame(search, selection, view) {
  startMenus();
  startRefinements(search);
  startTheme();
  startDialogs();
  startKeys(search, selection, view);
}
