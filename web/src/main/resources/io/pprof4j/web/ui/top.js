// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
// The table of functions. Only the rows in sight are in the document, so that any number scrolls well.
import {visible} from './flame/dom.js';
import {expression, link} from './selection.js';

const ROW = 28;
const AROUND = 20;

/* Positions in a row of the data: name, inline mark, flat, text, cum, text, and in a difference
   the base's and the new profile's flat and cum. */
const [NAME, INLINE, FLAT, FLAT_TEXT, CUM, CUM_TEXT, BASE_FLAT, BASE_CUM, NEW_FLAT, NEW_CUM] =
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

function columns(diff) {
  const all = [
    {id: 'flat', title: diff ? 'Δ flat' : 'Flat', by: FLAT, width: 104, meter: 'flat'},
    {id: 'flat%', title: 'Flat%', by: FLAT, width: 84, wide: true},
    {id: 'sum%', title: 'Sum%', width: 84, wide: true},
    {id: 'cum', title: diff ? 'Δ cum' : 'Cum', by: CUM, width: 104, meter: 'cum'},
    {id: 'cum%', title: 'Cum%', by: CUM, width: 84, wide: true},
  ];
  if (diff) {
    all.splice(2, 1);
    all.unshift(
      {id: 'base', title: 'Base flat', by: BASE_FLAT, width: 98, wide: true},
      {id: 'new', title: 'New flat', by: NEW_FLAT, width: 98, wide: true});
    all.push(
      {id: 'basecum', title: 'Base cum', by: BASE_CUM, width: 98, wide: true},
      {id: 'newcum', title: 'New cum', by: NEW_CUM, width: 98, wide: true});
  }
  all.push({id: 'name', title: 'Function', by: NAME});
  return all;
}

/** Where there is no room for packages. */
const NARROW = matchMedia('(max-width: 720px)');

/** A method with its class only. */
function short(name) {
  return /^[\w$.]+\.[\w$]+\.[\w$<>]+$/.test(name) ? name.split('.').slice(-2).join('.') : name;
}

/** What rows can be: the parameter `by`, and what it is called. */
const GROUPS = [['', 'Functions'], ['package', 'Packages'], ['module', 'Modules'], ['kind', 'Kinds of code']];

const SCALES = {
  nanoseconds: [['hrs', 3.6e12], ['mins', 6e10], ['s', 1e9], ['ms', 1e6], ['us', 1e3], ['ns', 1]],
  bytes: [['TB', 2 ** 40], ['GB', 2 ** 30], ['MB', 2 ** 20], ['kB', 2 ** 10], ['B', 1]],
};

/** A number of the profile's unit, for the columns that the report has no text of. */
function text(value, unit) {
  const scale = (SCALES[unit] || []).find(([, factor]) => Math.abs(value) >= factor);
  return scale ? `${(value / scale[1]).toFixed(2)}${scale[0]}` : String(value);
}

class Table {
  constructor(root, data, selection) {
    this.root = root;
    this.data = data;
    this.selection = selection;
    this.columns = columns(data.diff);
    const sort = new URLSearchParams(location.search).get('sort') === 'cum' ? 'cum' : 'flat';
    this.sorting = {id: sort, descending: true};
    this.given = true;
    this.filter = null;
    this.cursor = 0;
    this.build();
    this.arrange();
  }

  /** Opens the table of what functions are summed up by. */
  groupSelect() {
    const select = document.createElement('select');
    select.setAttribute('aria-label', 'Rows of the table');
    select.append(...GROUPS.map(([by, title]) => new Option(title, by, false, by === this.data.by)));
    select.addEventListener('change', () => {
      location.href = link('', {by: select.value});
    });
    return select;
  }

  build() {
    this.groups = this.groupSelect();
    this.line = document.createElement('div');
    this.line.className = 'topline';
    const table = document.createElement('table');
    table.setAttribute('aria-label', 'Functions');
    const group = table.createTHead().insertRow();
    for (const column of this.columns) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.dataset.column = column.id;
      cell.className = `${column.id === 'name' ? 'name' : ''} ${column.wide ? 'wide' : ''}`.trim();
      if (column.width) {
        cell.style.width = `${NARROW.matches ? Math.min(column.width, 84) : column.width}px`;
      }
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = column.title;
      button.disabled = column.by === undefined;
      button.addEventListener('click', () => this.sortBy(column));
      cell.append(button);
      group.append(cell);
    }
    this.heads = [...group.cells];
    this.body = table.createTBody();
    this.root.append(this.line, table);
    this.root.addEventListener('scroll', () => this.draw(), {passive: true});
    addEventListener('resize', () => this.draw());
    this.body.addEventListener('click', (event) => this.click(event));
    this.body.addEventListener('dblclick', (event) => this.peek(event.target.closest('tr')));
    this.body.addEventListener('keydown', (event) => this.key(event));
    this.selection.onChange(() => this.draw());
  }

  sortBy(column) {
    const same = this.sorting.id === column.id;
    this.sorting = {id: column.id, descending: same ? !this.sorting.descending : column.id !== 'name'};
    this.given = false;
    this.arrange();
  }

  /** Filters and sorts the rows, and sums them up in that order. */
  arrange() {
    let rows = this.data.rows;
    if (this.filter) {
      rows = rows.filter((row) => this.filter.test(row[NAME]));
    }
    if (!this.given) {
      const {by} = this.columns.find((column) => column.id === this.sorting.id);
      const sign = this.sorting.descending ? -1 : 1;
      rows = [...rows].sort((a, b) => sign * (by === NAME ? (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0) : a[by] - b[by]));
    }
    this.rows = rows;
    let sum = 0;
    this.sums = rows.map((row) => (sum += row[FLAT]));
    this.cursor = Math.min(this.cursor, Math.max(0, rows.length - 1));
    for (const head of this.heads) {
      if (head.dataset.column === this.sorting.id) {
        head.setAttribute('aria-sort', this.sorting.descending ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    }
    this.describe();
    this.draw();
  }

  describe() {
    const shown = this.rows.length;
    const all = this.data.count;
    const [, title] = GROUPS.find(([by]) => by === this.data.by);
    const what = title.toLowerCase();
    this.line.replaceChildren(shown === all ? `${all} ${what}` : `${shown} of ${all} ${what}`, this.groups);
    const dropped = [...document.querySelectorAll('#detailsbox div')]
      .map((line) => /^Dropped (\d+) nodes?/.exec(line.textContent))
      .find((match) => match);
    if (dropped) {
      const more = document.createElement('a');
      more.textContent = `show the ${dropped[1]} lighter ones too`;
      more.href = link('', {trim: 'f'});
      this.line.append(more);
    }
  }

  percent(value) {
    return this.data.total === 0 ? '' : `${((100 * value) / this.data.total).toFixed(2)}%`;
  }

  draw() {
    const top = Math.max(0, this.root.scrollTop - this.line.offsetHeight);
    const first = Math.max(0, Math.floor(top / ROW) - AROUND);
    const count = Math.ceil(this.root.clientHeight / ROW) + 2 * AROUND;
    const last = Math.min(this.rows.length, first + count);
    const active = document.activeElement?.dataset?.row;
    const drawn = [this.spacer(first * ROW)];
    for (let at = first; at < last; at++) {
      drawn.push(this.row(at));
    }
    drawn.push(this.spacer((this.rows.length - last) * ROW));
    this.body.replaceChildren(...drawn);
    if (active !== undefined) {
      this.body.querySelector(`[data-row="${CSS.escape(active)}"]`)?.focus({preventScroll: true});
    }
  }

  spacer(height) {
    const row = document.createElement('tr');
    row.className = 'spacer';
    row.setAttribute('aria-hidden', 'true');
    const cell = row.insertCell();
    // Columns that are hidden on small screens must not come back as empty ones.
    cell.colSpan = this.columns.filter((column) => !(column.wide && NARROW.matches)).length;
    cell.style.height = `${height}px`;
    return row;
  }

  row(at) {
    const data = this.rows[at];
    const row = document.createElement('tr');
    row.dataset.row = String(at);
    row.tabIndex = at === this.cursor ? 0 : -1;
    if (this.selection.names.has(data[NAME])) {
      row.className = 'selected';
      row.setAttribute('aria-selected', 'true');
    }
    for (const column of this.columns) {
      this.cell(row.insertCell(), column, data, at);
    }
    return row;
  }

  cell(cell, column, data, at) {
    const {unit, diff} = this.data;
    cell.className = column.wide ? 'wide' : '';
    switch (column.id) {
      case 'flat':
      case 'cum': {
        const value = data[column.by];
        this.meter(cell, column.meter, value);
        const number = document.createElement('span');
        number.className = `num ${diff && value !== 0 ? (value > 0 ? 'more' : 'less') : ''}`;
        number.textContent = (diff && value > 0 ? '+' : '') + data[column.id === 'flat' ? FLAT_TEXT : CUM_TEXT];
        cell.append(number);
        break;
      }
      case 'flat%':
      case 'cum%':
        cell.textContent = this.percent(data[column.by]);
        break;
      case 'sum%':
        cell.classList.add('muted');
        cell.textContent = this.percent(this.sums[at]);
        break;
      case 'name': {
        cell.className = 'name';
        cell.title = visible(data[NAME]);
        cell.textContent = visible(NARROW.matches ? short(data[NAME]) : data[NAME]);
        if (data[INLINE]) {
          const mark = document.createElement('small');
          mark.textContent = data[INLINE];
          cell.append(mark);
        }
        break;
      }
      default:
        cell.textContent = text(data[column.by], unit);
    }
  }

  meter(cell, kind, value) {
    cell.classList.add(kind);
    const share = this.data.total === 0 ? 0 : Math.min(1, Math.abs(value / this.data.total));
    if (share > 0) {
      const bar = document.createElement('span');
      bar.className = 'meter';
      bar.style.width = `${100 * share}%`;
      cell.append(bar);
    }
  }

  click(event) {
    const row = event.target.closest('tr[data-row]');
    if (row) {
      this.cursor = Number(row.dataset.row);
      row.focus({preventScroll: true});
      this.choose(event.ctrlKey || event.metaKey || event.shiftKey);
    }
  }

  /** Selects the function at the cursor; a group is none. */
  choose(more) {
    if (this.data.by === '') {
      this.selection.choose(this.rows[this.cursor][NAME], more);
    }
  }

  peek(row) {
    if (row?.dataset.row !== undefined && this.data.by === '') {
      location.href = link('./peek', {f: expression([this.rows[Number(row.dataset.row)][NAME]])});
    }
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.root.clientHeight / ROW) - 2);
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity};
    if (event.key in steps) {
      event.preventDefault();
      this.moveTo(this.cursor + steps[event.key]);
    } else if (event.key === ' ') {
      event.preventDefault();
      this.choose(event.ctrlKey || event.shiftKey);
    } else if (event.key === 'Enter') {
      this.peek(event.target.closest('tr'));
    }
  }

  moveTo(row) {
    this.cursor = Math.max(0, Math.min(this.rows.length - 1, row));
    const head = this.heads[0].offsetHeight;
    const top = this.line.offsetHeight + this.cursor * ROW;
    if (top < this.root.scrollTop) {
      this.root.scrollTop = top - this.line.offsetHeight;
    } else if (top + ROW + head > this.root.scrollTop + this.root.clientHeight) {
      this.root.scrollTop = top + ROW + head - this.root.clientHeight;
    }
    this.draw();
    this.body.querySelector(`[data-row="${this.cursor}"]`)?.focus({preventScroll: true});
  }
}

/** Starts the view. */
export async function mount({pageData, selection, complain}) {
  const data = pageData('top-data');
  const table = new Table(document.getElementById('top'), data, selection);
  if (data.rows.length < data.count) {
    fetch(`./api/top${location.search}`)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
      .then((whole) => {
        data.rows = whole.rows;
        table.arrange();
      })
      .catch((failure) => complain(`Only ${data.rows.length} of ${data.count} rows could be loaded: ${failure.message}`));
  }
  return {
    search(regexp) {
      table.filter = regexp;
      table.arrange();
      const flat = table.rows.reduce((sum, row) => sum + row[FLAT], 0);
      return {matches: table.rows.length, percent: `${table.percent(flat)} flat`};
    },
    enter(text) {
      if (text) {
        location.href = link('', {f: text});
      }
    },
  };
}
