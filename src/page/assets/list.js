// The flat list of tests, for triage.

import { el, plural, shortened } from './dom.js';
import { mark } from './marks.js';
import { Rows } from './rows.js';

/** Queries that are often wanted. */
const QUERIES = [
  ['everything', ''],
  ['some engines pass, others fail', 'is:different'],
  ['one fails alone', 'class:one-alone'],
  ['no engine passes', 'class:suspect'],
  ['crashes and time-outs', 'outcome:crash or outcome:timeout'],
  ['fails', 'is:failing'],
  ['fails as never before', 'is:new'],
];

const KEY_WORDS = [' next', ' previous', ' open', ' close', ' query'];

/** Whether there is only room for little. */
export const isNarrow = () => window.matchMedia('(max-width: 44rem)').matches;

/** The names of engines above the columns of marks. */
export function heads(model, first) {
  return el('div', { class: 'heads' },
    el('div', { class: 'marks' }, model.current.map((run) => el('span', { class: 'head', title: `${run.label} ${run.engine.version}` },
      el('span', {}, shortened(run.label, 22))))),
    el('div', { class: 'first' }, first),
    el('div', { class: 'keys' }, ['j', 'k', 'Enter', 'Esc', '/'].map((key, at) => el('span', {}, el('kbd', {}, key), KEY_WORDS[at]))));
}

/** Fills a row with the marks of all engines and the name of a test. */
export function test(model, element, row, name = model.id(row)) {
  const outcomes = model.current.map((run) => model.outcome(run.answers[row]));
  const cls = model.class(row);
  const said = firstSaid(model, row);
  element.append(
    el('span', { class: 'marks', 'aria-hidden': 'true' }, outcomes.map((outcome) => mark(outcome))),
    el('span', { class: 'kind' }, cls === null ? null : el('span', { class: `chip ${cls.word}`, title: cls.about }, cls.word)),
    el('span', { class: 'name' }, name),
    said === null ? '' : el('span', { class: 'said' }, said),
    el('span', { class: 'unseen' }, spoken(model, outcomes).join('; ')));
}

/** What engines do, in few words: those that do the same are named together. */
function spoken(model, outcomes) {
  const by = new Map();
  outcomes.forEach((outcome, at) => by.set(outcome, [...(by.get(outcome) ?? []), model.current[at].label]));
  return [...by].map(([outcome, labels]) => {
    const all = labels.length === outcomes.length;
    const names = all ? 'all' : labels.length > 3 ? plural(labels.length, 'engine') : labels.join(', ');
    return `${names}: ${outcome ?? 'no verdict'}`;
  });
}

/** What the first engine says that fails. */
function firstSaid(model, row) {
  const failed = 1;
  for (const run of model.current) {
    const answer = run.answers[row];
    if (answer !== 0 && model.answer.stand[answer] === failed) {
      return model.said(answer, 'actual') ?? model.said(answer, 'message');
    }
  }
  return null;
}

/** The list. `rows` are the tests that the query means. */
export function list({ model, state, rows, choose, current, height }) {
  const view = new Rows({
    label: 'tests', height, choose: (at, open) => choose(rows[at], open),
    render: (element, at) => test(model, element, rows[at]),
  });
  const hasEarlier = model.runs.length > model.current.length;
  const usual = QUERIES.filter(([, q]) => q !== 'is:new' || hasEarlier).filter(([, q]) => model.current.length > 1
    || !['is:different', 'class:one-alone'].includes(q));
  const links = usual.map(([word, q]) => el('a', { href: state.link({ q, test: '' }), 'aria-current': state.q === q ? 'true' : null }, word));
  return {
    element: el('div', { class: 'listing' }, el('nav', { class: 'usual', 'aria-label': 'usual queries' }, links),
      heads(model, plural(rows.length, 'test')), view.element),
    view,
    start: () => {
      view.reset(rows.length, current === null ? -1 : rows.indexOf(current));
      if (view.current >= 0) view.reveal();
      view.draw();
    },
    step: (by) => view.go(view.current < 0 ? 0 : view.current + by, false),
    position: () => view.current,
    rows,
  };
}
