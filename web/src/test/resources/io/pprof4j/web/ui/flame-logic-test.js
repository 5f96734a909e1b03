// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
import {decodeFlame, shortNames, sliceOfTime} from './flame/data.js';
import {COLOR_MODES, Palette} from './flame/colors.js';
import {visible} from './flame/dom.js';
import {escapeXml} from './flame/exports.js';
import {percentText, ValueText} from './flame/format.js';
import {gridOf} from './flame/heatmap.js';
import {NameSums} from './flame/details.js';
import {Boxes, layOut, rangeOf} from './flame/layout.js';
import {Pattern} from './flame/pattern.js';
import {expression, matchFrames, matchNodes} from './flame/search.js';
import {neighbour} from './flame/selection.js';
import {formatState, parseState} from './flame/state.js';
import {callersOf, classOf, invert, rootAt, transform} from './flame/transforms.js';
import {neighbours} from './flame/calls.js';

const results = [];

function test(name, body) {
  let failure = '';
  try {
    body();
  } catch (error) {
    failure = String(error.stack ?? error);
  }
  results.push({name, failure});
}

function equal(actual, expected) {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) {
    throw new Error(`expected ${other}\nbut was  ${one}`);
  }
}

/** Data of stacks {'a;b': value} or {'a;b': [value, base]}. */
function dataOf(stacks, more = {}) {
  const names = ['root'];
  const root = {frame: 0, self: 0, base: 0, children: []};
  for (const [path, values] of Object.entries(stacks)) {
    const [self, base] = [values].flat();
    let at = root;
    for (const name of path.split(';')) {
      if (!names.includes(name)) {
        names.push(name);
      }
      const frame = names.indexOf(name);
      let child = at.children.find((candidate) => candidate.frame === frame);
      if (!child) {
        child = {frame, self: 0, base: 0, children: []};
        at.children.push(child);
      }
      at = child;
    }
    at.self += self;
    at.base += base ?? 0;
  }
  const weight = (node) => node.self + node.base + node.children.reduce((sum, child) => sum + weight(child), 0);
  const nodes = {up: [], frame: [], self: [], base: []};
  let depth = -1;
  const walk = (node, level) => {
    nodes.up.push(level === 0 ? 0 : depth + 1 - level);
    depth = level;
    nodes.frame.push(node.frame);
    nodes.self.push(node.self);
    nodes.base.push(node.base);
    node.children.sort((one, other) => weight(other) - weight(one)).forEach((child) => walk(child, level + 1));
  };
  walk(root, 0);
  const column = names.map((_, at) => at);
  const zeros = names.map(() => 0);
  const packages = names.map((name) => (name.includes('.') ? name.slice(0, name.indexOf('.')) : ''));
  const strings = [...names, ...packages];
  return decodeFlame({
    title: 't', type: 'cpu', unit: '', scale: 1, total: weight(root), quantum: 1, legend: [], kinds: ['application', 'library'],
    diff: Object.values(stacks).some(Array.isArray),
    frames: {
      name: column, file: zeros.map(() => names.length), inlined: zeros,
      package: column.map((at) => names.length + at),
      module: column.map((at) => names.length + at),
      kind: names.map((name) => (name.startsWith('lib') ? 1 : 0)),
    },
    nodes, strings, ...more,
  });
}

/** A tree as indented lines with own values. */
function lines({frames}, tree) {
  const out = [];
  for (let node = 1; node < tree.size; node++) {
    out.push(' '.repeat(tree.depth[node] - 1) + frames.name[tree.frame[node]] + ' ' + tree.self[node]);
  }
  return out;
}

function step(stacks, op, name = '') {
  const data = dataOf(stacks);
  return lines(data, transform(data.tree, data.frames, {op, name}));
}

test('decodes columns into a tree with totals', () => {
  const {tree} = dataOf({'a;b': 3, 'a;c': 5, a: 1});
  equal([...tree.total], [9, 9, 5, 3]);
  equal([...tree.end], [4, 4, 3, 4]);
  equal([...tree.parent], [-1, 0, 1, 1]);
});

const RECURSIVE = {'main;f;g;f;h': 4, 'main;f;x': 2, 'main;y': 1};

test('merges a function into its callers, and its callees with theirs', () => {
  equal(step({'main;f;h': 4, 'main;h': 1, 'main;f': 2}, 'merge', 'f'), ['main 2', ' h 5']);
});

test('drops stacks, keeps stacks', () => {
  equal(step(RECURSIVE, 'drop', 'f'), ['main 0', ' y 1']);
  equal(step(RECURSIVE, 'only', 'x'), ['main 0', ' f 0', '  x 2']);
  equal(step(RECURSIVE, 'only', 'nothing'), []);
});

test('starts at a function, counting recursion once', () => {
  equal(step(RECURSIVE, 'root', 'f'), ['f 0', ' g 0', '  f 0', '   h 4', ' x 2']);
  equal(step(RECURSIVE, 'root', 'g'), ['g 0', ' f 0', '  h 4']);
});

test('collapses callees, folds recursion', () => {
  equal(step(RECURSIVE, 'leaf', 'f'), ['main 0', ' f 6', ' y 1']);
  equal(step(RECURSIVE, 'recursion', 'f'), ['main 0', ' f 0', '  h 4', '  x 2', '  g 0', ' y 1']);
});

test('folds lambdas and code that is not the program’s', () => {
  equal(step({'A.run;A$$Lambda.run;A.lambda$run$0;B.f': 1}, 'lambda'), ['A.run 0', ' B.f 1']);
  equal(step({'lib.start;app;lib.x;lib.y;own': 1, 'lib.start;app;lib.x': 2}, 'library'), [
    'lib.start 0', ' app 2', '  own 1',
  ]);
});

test('groups by package and by class', () => {
  equal(step({'p.A.f;p.B.g;q.C.h': 1, 'p.A.f': 2}, 'package'), ['p 2', ' q 1']);
  equal(step({'p.A.f;p.A.g;q.C.h': 1}, 'class'), ['p.A 0', ' q.C 1']);
  equal(classOf('ns::T::f(int)'), 'ns::T');
  equal(classOf('main'), '');
});

test('ignores transforms that a link made up', () => {
  equal(step({a: 1}, 'constructor', 'x'), ['a 1']);
});

test('inverts and finds callers', () => {
  const data = dataOf(RECURSIVE);
  equal(lines(data, invert(data.tree)).slice(0, 3), ['h 0', ' f 0', '  g 0']);
  equal(lines(data, callersOf(data.tree, data.frames, 'f')), ['f 0', ' main 6']);
  equal(neighbours(rootAt(data.tree, data.frames, 'f'), data.frames), [
    {name: 'g', weight: 4}, {name: 'x', weight: 2},
  ]);
});

test('keeps the totals whatever the way of looking', () => {
  const data = dataOf(RECURSIVE);
  for (const op of ['merge', 'leaf', 'recursion']) {
    equal(transform(data.tree, data.frames, {op, name: 'f'}).total[0], 7);
  }
  equal(invert(data.tree).total[0], 7);
});

test('keeps both sides of a comparison', () => {
  const data = dataOf({'a;b': [3, 1], 'a;c': [0, 5]});
  const inverted = invert(data.tree);
  equal([inverted.total[0], inverted.baseTotal[0], inverted.weight(0), inverted.net(0)], [3, 6, 9, -3]);
});

test('counts a function once in its sums', () => {
  const data = dataOf(RECURSIVE);
  equal(new NameSums(data.tree, data.frames).of('f'), {total: 6, self: 0, base: 0});
  equal(new NameSums(data.tree, data.frames).of('zzz').total, 0);
});

test('finds matches without counting those below others', () => {
  const data = dataOf(RECURSIVE);
  const found = matchNodes(data.tree, matchFrames(data.frames, expression('F|X')));
  equal([found.nodes.length, found.total], [0, 0]);
  const lower = matchNodes(data.tree, matchFrames(data.frames, expression('^(f|x)$')));
  equal([lower.nodes.length, lower.total], [3, 6]);
});

test('minds capitals only if the search has some', () => {
  equal([expression('shop').test('Shop'), expression('Shop').test('shop'), expression('')], [true, false, null]);
});

test('lays out only what can be seen, and sums the rest', () => {
  const stacks = {big: 1000};
  for (let at = 0; at < 500; at++) {
    stacks['tiny' + at] = 0.5;
  }
  const data = dataOf(stacks);
  const layers = [{tree: data.tree, direction: 1, firstDepth: 0, originRow: 0}];
  const window = {width: 800, from: 0, to: 1, firstRow: 0, lastRow: 9};
  const boxes = layOut(layers, window, new Boxes());
  equal(boxes.count, 3);
  equal([boxes.isMerged(1), boxes.isMerged(2)].sort(), [false, true]);
  const merged = boxes.isMerged(1) ? 1 : 2;
  equal(Math.round(boxes.width[merged]), 160);
  const near = layOut(layers, {...window, from: 0.8, to: 0.81}, new Boxes());
  equal([near.count > 5, near.count < 30], [true, true]);
});

test('lays out 100,000 siblings without visiting them', () => {
  const stacks = {};
  for (let at = 0; at < 1000; at++) {
    stacks[`a;b${at};c`] = 1;
  }
  const data = dataOf(stacks);
  const boxes = layOut([{tree: data.tree, direction: -1, firstDepth: 0, originRow: 2}],
    {width: 500, from: 0, to: 1, firstRow: 0, lastRow: 2}, new Boxes());
  equal([boxes.count, boxes.row[0], boxes.row[1]], [3, 2, 1]);
});

test('says which part of the width a node takes', () => {
  const {tree} = dataOf({'a;b': 3, 'a;c': 1});
  equal([rangeOf(tree, 1), rangeOf(tree, 2), rangeOf(tree, 3)], [[0, 1], [0, 0.75], [0.75, 1]]);
});

test('walks with the arrows', () => {
  const {tree} = dataOf({'a;b': 3, 'a;c': 1});
  const layers = [{tree, direction: 1, firstDepth: 0, originRow: 0}];
  const go = (node, ...keys) => keys.reduce((at, key) => neighbour(layers, at, key), {layer: 0, node}).node;
  equal([go(0, 'down'), go(1, 'down', 'right'), go(2, 'left'), go(3, 'up'), go(0, 'up')], [1, 3, 2, 1, 0]);
});

test('selects time', () => {
  const time = {startMillis: 0, bucketMillis: 10, buckets: 3, nodeStep: [2, 0, 1], bucket: [0, 2, 1], value: [1, 2, 1]};
  const data = dataOf({'a;b': 3, 'a;c': 1}, {time});
  equal([...data.time.sums], [1, 1, 2]);
  equal(lines(data, sliceOfTime(data.tree, data.time, 0, 1)), ['a 0', ' b 1', ' c 1']);
  equal(lines(data, sliceOfTime(data.tree, data.time, 2, 2)), ['a 0', ' b 2']);
  equal(gridOf(3000, 1000), {rows: 16, columns: 188});
  equal(gridOf(20, 1000), {rows: 1, columns: 20});
});

test('shortens names from the left', () => {
  equal(shortNames('com.acme.Shop.sell'), ['com.acme.Shop.sell', 'acme.Shop.sell', 'Shop.sell', 'sell']);
  equal(shortNames('github.com/a/b.(*T).F'), ['github.com/a/b.(*T).F', 'b.(*T).F', '(*T).F']);
  equal(shortNames('ns::T<a::b>::f').at(-1), 'T<a::b>::f');
  equal(shortNames('work.Sort[go.shape.int]').at(-1), 'Sort[go.shape.int]');
  equal(shortNames(''), ['']);
  equal(shortNames('...'), ['...']);
});

test('writes values in the unit that suits them', () => {
  const seconds = new ValueText({unit: 's', scale: 1e-9, total: 2e9});
  equal([0, 1, 1500, 1e9, 2.5e12, -3e6].map((value) => seconds.text(value)), [
    '0', '1 ns', '1.5 µs', '1 s', '2,500 s', '-3 ms',
  ]);
  equal(new ValueText({unit: 'B', scale: 1, total: 0}).text(1536), '1.5 kB');
  equal(new ValueText({unit: '', scale: 1, total: 0}).text(1234567), '1,234,567');
  equal([seconds.change(1e9), seconds.change(-1e9), seconds.change(0)], ['+1 s', '−1 s', '±0']);
  equal([seconds.percent(1e9), percentText(0.001), percentText(99.99), percentText(3.14159), percentText(231.4)], ['50%', '<0.01%', '100%', '3.14%', '231.4%']);
});

test('keeps its state in a link', () => {
  const state = {
    query: 'a&b=c', pivot: 'x#y', inverted: true, up: false, color: 'kind',
    steps: [{op: 'merge', name: 'p:q'}, {op: 'lambda', name: ''}], time: [1, 2], zoom: [0.25, 0.5],
  };
  equal(parseState(formatState(state)), state);
  equal(formatState(parseState('')), '');
  equal(parseState('w=1&z=b,c&t=').time, null);
});

/** Random expressions and texts over few characters, the same in every run. */
function randomPatterns(count, check) {
  let seed = 1;
  const below = (end) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor(seed / 65536) % end;
  };
  const one = (list) => list[below(list.length)];
  const atoms = ['a', 'b', 'c', '.', '\\.', '\\w', '\\d', '[a-b]', '[^a]', '\\b', '-', '^', '$', '\\s', '[\\w.]', 'é'];
  const make = (depth) => {
    switch (below(depth > 3 ? 3 : 7)) {
      case 3:
        return make(depth + 1) + make(depth + 1);
      case 4:
        return `(${make(depth + 1)}|${make(depth + 1)})`;
      case 5:
        return repeat(make(depth + 1));
      case 6:
        return make(depth + 1) + make(depth + 1) + make(depth + 1);
      default:
        return one(atoms);
    }
  };
  // Browsers and RE2 differ in whether something repeated may be empty once.
  const repeat = (part) =>
    /\\b|[$^]/.test(part) || new RegExp(`^(?:${part})$`, 'u').test('')
      ? part
      : `(?:${part})${one(['*', '+', '?', '{2}', '{1,2}', '*?', '+?'])}`;
  for (let at = 0; at < count; at++) {
    check(make(0), Array.from({length: below(9)}, () => one('abcA._ 1é-')).join(''), below(2) === 1);
  }
}

test('finds what expressions of browsers find', () => {
  let found = 0;
  randomPatterns(5000, (source, text, ignoreCase) => {
    const match = new RegExp(source, ignoreCase ? 'iu' : 'u').exec(text);
    const expected = match && [match.index, match.index + match[0].length];
    equal([source, text, new Pattern(source, ignoreCase).find(text, 0)], [source, text, expected]);
    found += match ? 1 : 0;
  });
  equal(found > 1000, true);
});

test('knows the syntax of RE2', () => {
  for (const source of ['(?P<n>a)', '(?i)A', '(?i:X)y', '[[:alpha:]]+', '\\pL', '[\\w-.]', '\\Qa.b\\E', '[]x]', '\\x61\\x{e9}?', '[a-z-]', '\\Axy\\z|a']) {
    equal([source, new Pattern(source).test('xya.b')], [source, true]);
  }
  equal([new Pattern('(?i)a').test('A'), new Pattern('a').test('A'), new Pattern('x{').test('x{1')], [true, false, true]);
  const refused = ['(', 'a)', '[a', '*a', 'a{2,1}', 'a{5000}', '(?=a)', '(?<!a)', '\\1', '\\', '((a{100}){100}){9}', '('.repeat(500)];
  equal(refused.filter((source) => {
    try {
      return Boolean(new Pattern(source));
    } catch (error) {
      return !(error instanceof SyntaxError);
    }
  }), []);
});

test('takes time that grows with the text only', () => {
  // Browsers would need longer than the universe has existed for each of these.
  const text = 'a'.repeat(2000);
  equal(['(a+)+b', '(a|a)*c', '(a|aa)+$b', '(.*a){20}b', '(a?){30}a{30}b'].filter((source) => new Pattern(source).test(text)), []);
});

/** Red, green and blue, 0 to 1, of a colour as style sheets write it. */
function rgbOf(color) {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part / 255);
}

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function contrast(one, other) {
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('writes on boxes so that it can be read', () => {
  const names = Array.from({length: 400}, (_, at) => `com.acme.p${at}.C${at % 7}.m${at}`);
  const {tree, frames} = dataOf(Object.fromEntries(names.map((name, at) => [name, [1 + (at % 9), 9 - (at % 9)]])));
  frames.package = frames.name.slice();
  frames.kind = frames.kind.map((_, frame) => frame % 8);
  const poor = [];
  for (const dark of [false, true]) {
    for (const [mode] of COLOR_MODES) {
      const palette = new Palette(frames, mode, dark);
      const text = rgbOf(palette.text);
      const kinds = Array.from({length: 8}, (_, kind) => kind);
      const colors = new Set([palette.match, ...palette.kinds(kinds).map(({color}) => color)]);
      for (let node = 0; node < tree.size; node++) {
        colors.add(palette.of(tree, node));
      }
      for (const color of colors) {
        // Boxes beside what was searched for are paler: mixed with what is behind them.
        const [box, behind] = [rgbOf(color), rgbOf(palette.edge)];
        for (const alpha of [1, 0.6, 0.55]) {
          const ratio = contrast(text, box.map((part, at) => part * alpha + behind[at] * (1 - alpha)));
          if (ratio < 4.5) {
            poor.push([dark, mode, color, alpha, ratio.toFixed(2)]);
          }
        }
      }
    }
  }
  equal(poor, []);
});

test('makes hostile names harmless', () => {
  equal(visible('a\u202eb\nc'), 'a\\u202eb\\u000ac');
  equal(escapeXml(`<script>"'&\u0000\ud800`), '&lt;script&gt;&quot;&apos;&amp;\\u0000\ufffd');
});

window.results = results;
