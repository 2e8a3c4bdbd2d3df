// The page: a head with views, query and runs; one view; and a drawer for one test.

import { drawer } from './drawer.js';
import { el, grouped, plural } from './dom.js';
import { isNarrow, list } from './list.js';
import { Model } from './model.js';
import { overview, runDetails } from './overview.js';
import { compile, QueryError } from './query.js';
import { QueryBox } from './complete.js';
import { State, VIEWS } from './state.js';
import { tree } from './tree.js';
import { twoRuns } from './changes.js';
import { unpack } from './unpack.js';

const NAMES = { overview: 'Overview', tree: 'Tree', list: 'Triage', runs: 'Two runs' };
const PRINTED = 1000;

class Page {
  constructor(model) {
    this.model = model;
    // Marks of all engines fit into a narrow row.
    document.documentElement.style.setProperty('--engines', model.current.length);
    this.state = new State();
    this.state.changed = () => this.show();
    this.box = new QueryBox(model, (q, isPlace) => this.asked(q, isPlace));
    this.head = this.makeHead();
    this.main = el('main', { id: 'view', tabindex: -1 });
    this.aside = el('aside', { class: 'drawer', 'aria-label': 'test', hidden: true });
    this.query = null;
    this.shown = null;
    document.getElementById('page').replaceWith(
      this.head, el('div', { class: 'body' }, this.main, this.aside));
    document.addEventListener('keydown', (event) => this.pressed(event));
    this.isPrinted = false;
    window.addEventListener('beforeprint', () => this.forPrinter(true));
    window.addEventListener('afterprint', () => this.forPrinter(false));
    window.matchMedia('(max-width: 44rem)').addEventListener('change', () => this.show(true));
    this.show(true);
  }

  makeHead() {
    const { model } = this;
    this.tabs = VIEWS.map((view, at) => el('a', { title: `${NAMES[view]} (${at + 1})`, data: { view } }, NAMES[view]));
    const partial = model.current.filter((run) => run.partial !== null).length;
    const dates = [...new Set(model.current.map((run) => run.started.slice(0, 10)))].sort();
    const revisions = [...new Set(model.current.flatMap((run) => run.suites.map((suite) => suite.revision)))].filter(Boolean);
    const one = model.current.length === 1 ? `${model.current[0].label} ${model.current[0].engine.version}` : plural(model.current.length, 'engine');
    const words = [one, dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : dates[0],
      revisions.length > 2 ? `${revisions[0]} and ${plural(revisions.length - 1, 'other')}` : revisions.join(', '),
      plural(model.count, 'test')];
    this.details = el('details', { class: 'about-runs' },
      el('summary', {}, words.join(' · '), partial === 0 ? null : el('strong', { class: 'partial' }, plural(partial, 'partial run'))),
      runDetails(model));
    const skip = (event) => {
      event.preventDefault();
      this.main.focus();
    };
    return el('header', {}, el('a', { class: 'skip', href: '#view', on: { click: skip } }, 'to the content'),
      el('div', { class: 'top' }, el('h1', {}, document.title), el('nav', { 'aria-label': 'views' }, this.tabs), this.box.element),
      this.details);
  }

  /** The query in the box changed. */
  asked(q, isPlace = false) {
    const view = this.state.view === 'overview' && isPlace ? 'list' : this.state.view;
    this.state.go({ q, view }, isPlace);
    if (isPlace) this.view?.view?.element.focus();
  }

  /** The rows that the query means; `null` if it is wrong. */
  rows() {
    const { q } = this.state;
    if (this.query === q) return this.found;
    this.query = q;
    this.box.problem.textContent = '';
    const began = performance.now();
    let means = () => true;
    try {
      if (q.trim() !== '') means = compile(q, this.model);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      this.box.problem.textContent = error.message;
      this.found = null;
      return null;
    }
    this.found = [];
    for (let row = 0; row < this.model.count; row++) if (means(row)) this.found.push(row);
    performance.measure('touchstone:filter', { start: began });
    return this.found;
  }

  show(anew = false) {
    const { state, model } = this;
    this.box.value = state.q;
    for (const tab of this.tabs) {
      tab.href = state.link({ view: tab.dataset.view, test: '', kind: '' });
      if (tab.dataset.view === state.view) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    const what = [state.view, state.q, state.old, state.now, state.kind].join('\n');
    if (anew || what !== this.shown) {
      this.shown = what;
      this.showView();
    }
    this.showTest(state.test === '' ? null : model.find(state.test));
  }

  showView() {
    const { state, model } = this;
    const rows = this.rows();
    const began = performance.now();
    const current = state.test === '' ? null : model.find(state.test);
    const height = () => (isNarrow() ? 52 : 26);
    const choose = (row, open) => this.chosen(row, open);
    const open = (id) => state.go({ test: id }, true);
    document.body.dataset.view = state.view;
    const make = rows === null ? undefined : { tree, list, runs: twoRuns }[state.view];
    this.view = make === undefined ? null : make({ model, state, rows, choose, current, height });
    const focused = this.main.contains(document.activeElement);
    this.main.setAttribute('aria-label', NAMES[state.view]);
    // What was found before is no answer to another query.
    if (rows === null) this.main.replaceChildren(el('p', { class: 'note nothing' }, 'Nothing is shown, because the query is not understood.'));
    else this.main.replaceChildren(...(this.view === null ? overview({ model, state, rows, open, isPrinted: this.isPrinted }) : [this.view.element]));
    this.view?.start();
    if (rows?.length === 0) this.main.append(el('p', { class: 'note nothing' }, 'No test is meant by this query.'));
    if (this.isPrinted) this.printAll();
    if (focused) (this.view?.view.element ?? this.main).focus({ preventScroll: true });
    performance.measure('touchstone:view', { start: began });
  }

  /** A row became the current one; it is shown if the drawer is open, or is to be opened. */
  chosen(row, open) {
    if (open || !this.aside.hidden) this.state.go({ test: this.model.id(row) }, this.aside.hidden);
    if (open) this.focusTest = true;
  }

  async showTest(row) {
    this.row = row;
    this.aside.hidden = row === null;
    document.body.classList.toggle('with-drawer', row !== null);
    this.main.inert = row !== null && isNarrow();
    this.view?.view.draw();
    if (row === null) {
      const unknown = this.state.test !== '' && this.model.find(this.state.test) === null;
      if (unknown) this.box.problem.textContent = `there is no test ${this.state.test} in this report`;
      return;
    }
    const at = this.view?.position() ?? -1;
    const position = at < 0 ? null : `${grouped(at + 1)} of ${grouped(this.view.rows.length)}`;
    const inner = await drawer(this.model, row, {
      position, step: (by) => this.step(by), close: () => this.close(), open: (id) => this.state.go({ test: id }, true),
    });
    // Another one may have been chosen meanwhile.
    if (this.row !== row) return;
    const held = this.aside.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
    this.aside.replaceChildren(inner);
    this.aside.scrollTop = 0;
    if (held !== null) [...this.aside.querySelectorAll('button')].find((button) => button.ariaLabel === held)?.focus();
    if (this.focusTest) inner.querySelector('h2').focus({ preventScroll: true });
    this.focusTest = false;
  }

  step(by) {
    if (this.view === null) this.state.go({ view: 'list' }, true);
    else this.view.step(by);
  }

  close() {
    this.state.go({ test: '' });
    (this.view?.view.element ?? this.main).focus({ preventScroll: true });
  }

  pressed(event) {
    const { target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || target.matches('input, select, textarea')) return;
    const view = VIEWS[Number(event.key) - 1];
    if (event.key === '/') this.box.input.focus();
    else if (event.key === 'j') this.step(1);
    else if (event.key === 'k') this.step(-1);
    else if (event.key === 'Escape' && !this.aside.hidden) this.close();
    else if (event.key === 'Enter' && target === document.body && this.view?.view.current >= 0) {
      this.view.view.choose(this.view.view.current, true);
    } else if (view !== undefined) this.state.go({ view, test: '', kind: '' }, true);
    else return;
    event.preventDefault();
  }

  forPrinter(isPrinted) {
    this.isPrinted = isPrinted;
    if (isPrinted) this.details.open = true;
    this.showView();
  }

  /** Makes rows that are out of sight, too. */
  printAll() {
    this.view?.view.drawAll(PRINTED);
    const left = (this.view?.rows.length ?? 0) - PRINTED;
    if (left > 0) this.main.append(el('p', { class: 'note cut' }, `… and ${plural(left, 'more test')}, which are not printed.`));
  }
}

try {
  const model = new Model(await unpack('data'));
  new Page(model);
  performance.mark('touchstone:ready');
  // The names take a moment, which nobody should have to wait for when they type.
  (window.requestIdleCallback ?? window.setTimeout)(() => model.lowerIds());
} catch (error) {
  document.getElementById('page')?.replaceChildren(el('p', { class: 'wait' },
    `This page cannot be shown: ${error.message}. It needs a browser of 2023 or later, and all of its bytes.`));
  throw error;
}
