// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// Chooses light or dark before the page is painted: the reader's choice, or else the system's.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('pprof-theme');
  } catch {
    // Storage may be switched off; the system's choice holds then.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = chosen || (dark.matches ? 'dark' : 'light');
  };
  apply();
  dark.addEventListener('change', apply);
})();
