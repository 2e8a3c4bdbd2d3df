// The overview: what each engine does, and by how many engines the tests of each proposal are passed.

import { CATEGORIES } from './model.js';
import { date, el, grouped, plural, shortened } from './dom.js';
import { bar, CATEGORY_WORDS, inWords, legend, plot } from './marks.js';
import { quoted } from './query.js';

/** What tests that need no proposal count under. */
const NO_PROPOSAL = 'WebAssembly 1.0';

/** Counts of the rows that are meant: by proposal, and in all. */
export function count(model, rows) {
  const { current, columns } = model;
  const size = CATEGORIES.length;
  const make = () => ({ tests: 0, by: [0, 0, 0, 0], runs: new Uint32Array(current.length * size) });
  const sets = model.proposals.map(make);
  const all = make();
  const set = columns['row.proposals'];
  const { category, stand } = model.answer;
  const answers = current.map((run) => run.answers);
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n];
    const here = sets[set[row]];
    let judged = 0;
    let passed = 0;
    for (let run = 0; run < answers.length; run++) {
      const answer = answers[run][row];
      if (answer === 0) continue;
      judged += 1;
      if (stand[answer] === 0) passed += 1;
      here.runs[run * size + category[answer]] += 1;
    }
    if (judged === 0) continue;
    here.tests += 1;
    let by = 1;
    if (passed === 0) by = 3;
    else if (passed === judged) by = 0;
    else if (passed === 1) by = 2;
    here.by[by] += 1;
  }
  const proposals = new Map();
  const add = (to, from) => {
    to.tests += from.tests;
    from.by.forEach((amount, at) => { to.by[at] += amount; });
    from.runs.forEach((amount, at) => { to.runs[at] += amount; });
  };
  sets.forEach((counts, at) => {
    if (counts.tests === 0) return;
    add(all, counts);
    const names = model.proposals[at].length === 0 ? [NO_PROPOSAL] : model.proposals[at];
    for (const name of names) {
      if (!proposals.has(name)) proposals.set(name, make());
      add(proposals.get(name), counts);
    }
  });
  const sorted = [...proposals].sort(([a], [b]) => (a === NO_PROPOSAL ? -1 : b === NO_PROPOSAL ? 1 : a < b ? -1 : 1));
  return { proposals: sorted, all };
}

/** How many engines have room on paper beside the proposals: in the first table, in which it stands by how many engines
 * tests are passed, and in those after it. */
const [FIRST, NEXT] = [7, 10];

/** Engines in groups, of which each has a table. */
function inGroups(runs, isPrinted) {
  if (!isPrinted) return [runs];
  const found = [runs.slice(0, FIRST)];
  for (let at = FIRST; at < runs.length; at += NEXT) found.push(runs.slice(at, at + NEXT));
  return found;
}

export function overview({ model, state, rows, open, isPrinted }) {
  const counts = count(model, rows);
  const note = 'By how many of the engines that have a verdict tests are passed, and how many each engine does not pass. A test '
    + 'that needs several proposals counts under each.';
  const tables = inGroups(model.current, isPrinted).map((runs, at) => matrix(model, state, counts, runs, at === 0));
  return [runTable(model, state, counts.all, open), ...tables, el('p', { class: 'note' }, note), legend()];
}

const of = (counts, run) => [...counts.runs.subarray(run * CATEGORIES.length, (run + 1) * CATEGORIES.length)];

function runTable(model, state, all, open) {
  const plots = model.current.map((run) => model.history.filter((point) => point.run === run.at));
  const hasPlots = plots.some((points) => points.length > 1);
  const head = ['engine', 'verdicts', ...CATEGORIES.map((category) => CATEGORY_WORDS[category]), 'what fails'];
  if (hasPlots) head.push('failures over time');
  const body = model.current.map((run, at) => {
    const counts = of(all, at);
    const link = (number, outcome) => (number === 0 ? el('span', { class: 'zero' }, '0')
      : el('a', { href: state.link({ view: 'list', q: `engine:${quoted(run.label)} ${outcome}`, test: '' }) }, grouped(number)));
    return el('tr', {},
      el('th', { scope: 'row' }, el('span', { class: 'engine' }, run.engine.name),
        el('span', { class: 'about' }, run.engine.version),
        run.partial === null ? null : el('strong', { class: 'partial', title: run.partial }, 'partial')),
      el('td', { class: 'wide' }, bar(counts)),
      el('td', {}, link(counts[0], 'outcome:pass')),
      el('td', { class: counts[1] > 0 ? 'bad' : '' }, link(counts[1], '!outcome:pass !outcome:unsupported !outcome:skip !outcome:xfail')),
      el('td', {}, link(counts[2], 'outcome:xfail')),
      el('td', {}, link(counts[3], 'outcome:unsupported feature:!cannot-tell')),
      el('td', {}, link(counts[4], 'feature:cannot-tell')),
      el('td', { class: 'text' }, causes(run, open)),
      hasPlots ? el('td', {}, plots[at].length > 1 ? plot(plots[at], `failures of ${run.label}`) : null) : null);
  });
  return el('section', { class: 'scroll', tabindex: 0, 'aria-label': 'engines' },
    el('table', { class: 'engines' }, el('caption', {}, 'Engines'),
      el('thead', {}, el('tr', {}, head.map((word, at) => el('th', { scope: 'col', class: at < 2 || at > CATEGORIES.length + 1 ? 'text' : '' }, word)))),
      el('tbody', {}, body)));
}

/** The groups of failures of a run, each with a test that shows it. */
function causes(run, open) {
  if (run.causes.length === 0) return null;
  const item = (cause) => el('li', {}, `${grouped(cause.failures + cause.blocked)} × `,
    el('a', { href: '#', on: { click: (event) => { event.preventDefault(); open(cause.example); } } }, shortened(cause.what, 120)));
  return el('details', { class: 'causes' },
    el('summary', {}, run.failures),
    el('ol', {}, run.causes.map(item)));
}

/** A table of proposals: what `runs` do of each, and in the first table by how many engines tests are passed. */
function matrix(model, state, { proposals, all }, runs, isFirst) {
  const list = (q) => state.link({ view: 'list', q, test: '' });
  const meant = (proposal) => `proposal:${proposal === NO_PROPOSAL ? 'none' : quoted(proposal)}`;
  const onlyFirst = (...cells) => (isFirst ? cells : null);
  const head = el('tr', {}, el('th', { scope: 'col', class: 'text corner' }, 'proposal'),
    onlyFirst(el('th', { scope: 'col' }, 'tests'), ['all', 'some', 'one', 'none'].map((word) => el('th', { scope: 'col', class: 'by' }, word))),
    runs.map((run) => el('th', { scope: 'col', class: 'run', title: `${run.engine.name} ${run.engine.version}` },
      el('span', { class: 'engine' }, run.engine.name), el('span', { class: 'about' }, run.engine.version),
      run.partial === null ? null : el('strong', { class: 'partial' }, 'partial'))));
  const by = ['count(status:!pass)=0', 'count(status:pass)>1 count(status:!pass)>0', 'count(status:pass)=1 count(status:!pass)>0',
    'count(status:pass)=0'];
  const row = (name, counts, query) => {
    const passedBy = counts.by.map((number, at) => el('td', { class: `by by${at}` }, number === 0 ? el('span', { class: 'zero' }, '0')
      : query !== null ? el('a', { href: list(`${query} ${by[at]}`) }, grouped(number)) : grouped(number)));
    return el('tr', {}, el('th', { scope: 'row' }, query === null ? name : el('a', { href: list(query) }, name)),
      onlyFirst(el('td', {}, grouped(counts.tests)), passedBy),
      runs.map((run) => el('td', { class: 'cell' }, cell(run, of(counts, model.current.indexOf(run)), name, query, list))));
  };
  return el('section', { class: 'scroll', tabindex: 0, 'aria-label': isFirst ? 'proposals' : 'proposals, continued' },
    el('table', { class: 'matrix' },
      el('caption', {}, isFirst ? 'Proposals' : 'Proposals, continued'),
      el('thead', {}, head),
      el('tbody', {}, proposals.map(([name, counts]) => row(name, counts, meant(name)))),
      el('tfoot', {}, row('all tests', all, null))));
}

/** What an engine does not pass of a proposal. */
function cell(run, counts, name, query, list) {
  const [pass, fail, xfail, unsupported, untold] = counts;
  const judged = counts.reduce((sum, number) => sum + number, 0);
  if (judged === 0) return el('span', { class: 'mark missing', title: `${run.label} has no verdict on ${name}` }, '·');
  const not = unsupported + untold;
  const parts = [];
  if (fail > 0) parts.push(el('span', { class: 'fails' }, `✗ ${grouped(fail)}`));
  if (xfail > 0) parts.push(el('span', { class: 'xfails' }, `x ${grouped(xfail)}`));
  if (not === judged) parts.push(el('span', { class: 'lacks' }, '–'));
  else if (not > 0) parts.push(el('span', { class: 'lacks' }, `– ${grouped(not)}`));
  if (pass === judged) parts.push(el('span', { class: 'passes' }, '✓'));
  const words = `${run.label}, ${name}: ${inWords(counts)}`;
  const inside = [el('span', { class: 'parts', 'aria-hidden': 'true' }, parts), el('span', { class: 'unseen' }, words)];
  if (query === null || pass === judged) return el('span', { class: 'inside', title: words }, inside);
  return el('a', { class: 'inside', title: words, href: list(`${query} engine:${quoted(run.label)} status:!pass`) }, inside);
}

/** The runs of a report, with all that is known of each. */
export function runDetails(model) {
  const rows = model.runs.map((run) => el('tr', {},
    el('th', { scope: 'row' }, run.label, run.earlier_than === null ? null : el('span', { class: 'about' }, 'earlier')),
    el('td', { class: 'text' }, run.engine.version,
      run.started_by === null ? null : el('div', { class: 'about' }, run.started_by),
      run.engine.judged_by === 'runner' ? el('span', { class: 'about' }, 'judged by its own runner') : null),
    el('td', { class: 'text' }, run.harness ?? 'not known'),
    el('td', { class: 'text' }, date(run.started)),
    el('td', { class: 'text' }, run.host),
    el('td', { class: 'text' }, revisions(run)),
    el('td', { class: 'text' }, selection(run)),
    el('td', { class: 'text' }, run.partial === null ? 'whole' : el('span', { class: 'partial' }, run.partial)),
    el('td', { class: 'text' }, run.report)));
  const head = ['run', 'version and flags', 'harness', 'began', 'host', 'suites', 'selection', 'state', 'report'];
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'runs' },
    el('table', { class: 'runs' },
      el('thead', {}, el('tr', {}, head.map((word) => el('th', { scope: 'col', class: 'text' }, word)))),
      el('tbody', {}, rows)));
}

/** The revisions of the suites of a run, those with the same one together. */
export function revisions(run) {
  const by = new Map();
  for (const { name, revision } of run.suites) by.set(revision, [...(by.get(revision) ?? []), name]);
  return [...by].map(([revision, names]) => (names.length > 3 ? `${revision} (${names.length} suites)`
    : `${revision} (${names.join(', ')})`)).join('; ');
}

function selection(run) {
  if (run.selection === null) return `${grouped(run.selected)} tests`;
  const words = Object.entries(run.selection).map(([name, values]) => `${name} ${values.join(', ')}`);
  return `${words.join('; ') || 'everything embedded'}: ${grouped(run.selected)} tests`;
}
