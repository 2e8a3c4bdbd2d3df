// The tree of suites, files and directives.

import { CATEGORIES } from './model.js';
import { el, grouped, plural } from './dom.js';
import { heads, test } from './list.js';
import { inWords } from './marks.js';
import { Rows } from './rows.js';

/** Which suites and files are open, as long as the page is. */
const opened = new Set();

export function tree({ model, rows, choose, current, height }) {
  const suites = group(model, rows);
  if (current !== null && rows.includes(current)) {
    opened.add(model.file(current).suite);
    opened.add(model.file(current).name);
  }
  let nodes = flatten(suites);
  const toggle = (node, open = !opened.has(node.name)) => {
    if (node.row !== undefined || opened.has(node.name) === open) return;
    if (open) opened.add(node.name);
    else opened.delete(node.name);
    nodes = flatten(suites);
    const { scrollTop } = view.element;
    view.reset(nodes.length, nodes.findIndex((other) => other.name === node.name));
    view.element.scrollTop = scrollTop;
  };
  const view = new Rows({
    role: 'tree', item: 'treeitem', label: 'suites, files and tests', height,
    render: (element, at) => (nodes[at].row === undefined ? folder(model, element, nodes[at]) : leaf(model, element, nodes[at])),
    choose: (at, open) => {
      const node = nodes[at];
      if (node.row !== undefined) choose(node.row, open);
      else if (open) toggle(node);
    },
    key: (event, at) => {
      const node = nodes[at];
      if (node === undefined || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return false;
      const isOpen = node.row === undefined && opened.has(node.name);
      if (event.key === 'ArrowRight' && node.row === undefined && !isOpen) toggle(node, true);
      else if (event.key === 'ArrowRight' && isOpen) view.go(at + 1, false);
      else if (event.key === 'ArrowLeft' && isOpen) toggle(node, false);
      else if (event.key === 'ArrowLeft') view.go(nodes.findLastIndex((other, n) => n < at && other.level < node.level), false);
      return true;
    },
  });
  return {
    element: el('div', { class: 'listing' }, heads(model, `${plural(suites.length, 'suite')}, ${plural(rows.length, 'test')}`), view.element),
    view,
    start: () => {
      const at = current === null ? -1 : nodes.findIndex((node) => node.row === current);
      view.reset(nodes.length, at);
      if (at >= 0) view.reveal();
      view.draw();
    },
    step: (by) => {
      let at = view.current + by;
      while (nodes[at] !== undefined && nodes[at].row === undefined) at += by;
      if (nodes[at] !== undefined) view.go(at, false);
    },
    position: () => -1,
    rows,
  };
}

/** Suites, each with its files, each with its tests and the counts of each run. */
function group(model, rows) {
  const suites = new Map();
  const make = () => model.current.map(() => CATEGORIES.map(() => 0));
  const { category } = model.answer;
  let last = null;
  for (const row of rows) {
    const { suite, file, name } = model.file(row);
    if (last === null || last.name !== name) {
      if (!suites.has(suite)) suites.set(suite, { name: suite, word: suite, level: 1, files: new Map(), counts: make(), tests: 0 });
      const { files } = suites.get(suite);
      if (!files.has(name)) files.set(name, { name, word: file, level: 2, suite: suites.get(suite), rows: [], counts: make() });
      last = files.get(name);
    }
    last.rows.push(row);
    last.suite.tests += 1;
    model.current.forEach((run, at) => {
      const answer = run.answers[row];
      if (answer === 0) return;
      last.counts[at][category[answer]] += 1;
      last.suite.counts[at][category[answer]] += 1;
    });
  }
  return [...suites.values()];
}

function flatten(suites) {
  const nodes = [];
  for (const suite of suites) {
    nodes.push(suite);
    if (!opened.has(suite.name)) continue;
    for (const file of suite.files.values()) {
      nodes.push(file);
      if (opened.has(file.name)) for (const row of file.rows) nodes.push({ name: `row ${row}`, row, level: 3 });
    }
  }
  return nodes;
}

function folder(model, element, node) {
  const isOpen = opened.has(node.name);
  element.setAttribute('aria-level', node.level);
  element.setAttribute('aria-expanded', isOpen);
  element.classList.add('folder', `level${node.level}`);
  const tests = node.rows?.length ?? node.tests;
  const words = model.current.map((run, at) => `${run.label}: ${inWords(node.counts[at])}`);
  element.append(
    el('span', { class: 'marks', 'aria-hidden': 'true' }, node.counts.map((counts, at) => summary(counts, words[at]))),
    el('span', { class: 'twist', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'),
    el('span', { class: 'name' }, node.word),
    el('span', { class: 'said' }, grouped(tests)),
    el('span', { class: 'unseen' }, `tests; ${words.join('; ')}`));
}

/** The mark of many tests: the worst of them. */
function summary(counts, words) {
  const [pass, fail, xfail, unsupported, untold] = counts;
  const all = counts.reduce((sum, number) => sum + number, 0);
  const of = () => {
    if (all === 0) return ['·', 'missing'];
    if (fail > 0) return ['✗', 'fail'];
    if (pass === all) return ['✓', 'pass'];
    if (unsupported + untold === all) return ['–', 'unsupported'];
    return xfail > 0 ? ['x', 'xfail'] : ['~', 'unsupported'];
  };
  const [sign, look] = of();
  return el('span', { class: `mark ${look}`, title: words, 'aria-hidden': 'true' }, sign);
}

function leaf(model, element, { row }) {
  element.setAttribute('aria-level', 3);
  element.classList.add('level3');
  test(model, element, row, model.tail(row).slice(1));
}
