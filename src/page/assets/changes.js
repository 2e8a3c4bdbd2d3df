// Two runs beside each other: what changed from one to the other, or how two engines differ.

import { date, el, grouped, plural } from './dom.js';
import { mark } from './marks.js';
import { Rows } from './rows.js';

/** What kinds of change are between two engines, of which none comes first. */
const BETWEEN = {
  regression: 'only the first passes', withheld: 'the first passes, the second is not judged', vanished: 'only the first has it',
  'new-failure': 'only the second has it, and fails', uncovered: 'the first is not judged, the second fails',
  changed: 'both fail, each in its way', hidden: 'the first fails, the second is not judged', fixed: 'only the second passes',
  gained: 'the first is not judged, the second passes', new: 'only the second has it',
};

/** What changed, and how many tests the later run did not select, or did not reach. Engine and suite are told apart: a
 * test whose text changed is the suite's doing. */
export function changes(model, old, now, rows) {
  const found = [];
  let outside = 0;
  for (const row of rows) {
    if (old.answers[row] !== 0 && !model.isExpected(row, old, now)) {
      outside += 1;
      continue;
    }
    const kind = model.change(old.answers[row], now.answers[row]);
    if (kind !== null) found.push({ row, kind });
  }
  return { found, outside };
}

/** The two runs that the address names; else a run and the one before it; else the first two. */
export function pair(model, state) {
  const byNumber = (text) => (text === '' ? undefined : model.runs[Number(text)]);
  const later = model.current.find((run) => model.earlier(run).length > 0);
  const now = byNumber(state.now) ?? later ?? model.runs[Math.min(1, model.runs.length - 1)];
  const usual = later === now && later !== undefined ? model.earlier(now)[0] : model.runs.find((run) => run !== now);
  return { old: byNumber(state.old) ?? usual ?? now, now };
}

export function twoRuns({ model, state, rows, choose, current, height }) {
  const { old, now } = pair(model, state);
  const { found: all, outside } = changes(model, old, now, rows);
  const isUnjudged = (row) => old.answers[row] === 0 || now.answers[row] === 0;
  const sameEngine = old.engine.name === now.engine.name;
  const counts = model.changes.map((_, kind) => all.filter((change) => change.kind === kind).length);
  const wanted = model.changes.findIndex(({ word }) => word === state.kind);
  // What is new and does not fail is counted, and listed when it is asked for.
  const isListed = ({ kind }) => (wanted >= 0 ? kind === wanted : model.changes[kind].word !== 'new');
  const listed = all.filter(isListed).sort((a, b) => a.kind - b.kind || a.row - b.row);
  const view = new Rows({
    label: 'changes', height, choose: (at, open) => choose(listed[at].row, open),
    render: (element, at) => change(model, element, listed[at], old, now, sameEngine),
  });
  const choice = (name, run) => el('label', {}, el('span', {}, name === 'old' ? 'from' : 'to'),
    el('select', { on: { change: (event) => state.go({ [name]: event.target.value, kind: '', test: '' }, true) } },
      model.runs.map((other) => el('option', { value: other.at, selected: other === run },
        `${other.label}${other.label.includes(other.engine.version) ? '' : ` ${other.engine.version}`}${other.partial === null ? '' : ' (partial)'}`))));
  const kinds = model.changes.map(({ word, about, red }, at) => (counts[at] === 0 ? null
    : el('a', { class: red && sameEngine ? 'kind red' : 'kind', title: sameEngine ? about : null, href: state.link({ kind: state.kind === word ? '' : word, test: '' }),
      'aria-current': state.kind === word ? 'true' : null }, el('b', {}, grouped(counts[at])), ` ${sameEngine ? word : BETWEEN[word]}`)));
  const head = el('div', { class: 'pair' }, choice('old', old), choice('now', now),
    el('button', { type: 'button', on: { click: () => state.go({ old: `${now.at}`, now: `${old.at}`, kind: '' }, true) } }, 'swap'));
  const both = rows.filter((row) => !isUnjudged(row)).length;
  return {
    element: el('div', { class: 'listing' }, head,
      el('p', { class: 'note' }, note(old, now, both, outside, sameEngine)),
      el('nav', { class: 'kinds', 'aria-label': 'kinds of change' }, kinds),
      // That no test is meant, or that it is one run, is said elsewhere.
      listed.length > 0 || rows.length === 0 || old === now ? null : el('p', { class: 'note same' }, nothing(all.length, wanted >= 0, sameEngine)),
      view.element),
    view,
    start: () => {
      view.reset(listed.length, current === null ? -1 : listed.findIndex(({ row }) => row === current));
      if (view.current >= 0) view.reveal();
      view.draw();
    },
    step: (by) => view.go(view.current < 0 ? 0 : view.current + by, false),
    position: () => view.current,
    rows: listed.map(({ row }) => row),
  };
}

/** Why no change is listed. */
function nothing(count, isOfKind, sameEngine) {
  if (isOfKind) return 'Nothing changed in this way.';
  if (count > 0) return sameEngine ? 'Nothing changed, but that there are new tests, which do not fail.' : 'They do not differ, but that the second has more tests, which do not fail.';
  return sameEngine ? 'Nothing changed.' : 'They do not differ.';
}

function note(old, now, both, outside, sameEngine) {
  if (old === now) return 'A run does not differ from itself: choose two.';
  const left = outside === 0 ? '' : `, ${grouped(outside)} not selected, or not reached, in the second`;
  const begin = `${plural(both, 'test')} in both, of ${date(old.started)} and ${date(now.started)}${left}. `;
  if (!sameEngine) return `${begin}These are two engines.`;
  const isOther = (before, after) => before !== null && after !== null && before !== after;
  const said = [
    isOther(old.engine.version, now.engine.version) ? `The engine changed from ${old.engine.version} to ${now.engine.version}.` : null,
    isOther(old.started_by, now.started_by) ? `It was started by ${old.started_by}, and now by ${now.started_by}.` : null,
    now.other_harness.includes(old.at) ? `The harness changed from ${old.harness} to ${now.harness}.` : null,
  ].filter((words) => words !== null);
  return begin + (said.length === 0 ? 'The engine has the same version and flags in both, and so has the harness.' : said.join(' '));
}

function change(model, element, { row, kind }, old, now, sameEngine) {
  const [before, after] = [old.answers[row], now.answers[row]];
  const { word, red } = model.changes[kind];
  const outcomes = [before, after].map((answer) => model.outcome(answer));
  const edited = old.edited.has(row);
  const said = model.said(after, 'actual') ?? model.said(after, 'message') ?? model.said(after, 'feature');
  element.append(
    el('span', { class: 'marks two', 'aria-hidden': 'true' }, mark(outcomes[0]), el('span', { class: 'arrow' }, '→'), mark(outcomes[1])),
    sameEngine ? el('span', { class: 'kind' }, el('span', { class: red ? 'chip red' : 'chip' }, word)) : '',
    el('span', { class: 'name' }, model.id(row)),
    edited ? el('span', { class: 'chip edited' }, 'its text changed') : '',
    said === null || outcomes[1] === 'pass' ? '' : el('span', { class: 'said' }, said),
    el('span', { class: 'unseen' }, `${outcomes[0] ?? 'not there'}, then ${outcomes[1] ?? 'not there'}`));
}
