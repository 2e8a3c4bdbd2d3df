// One test: its source, what was asked for and what came, all engines side by side, how to see it again.

import { date, el } from './dom.js';
import { mark, verdict } from './marks.js';
import { unpack } from './unpack.js';

/** The texts of scripts, which are unpacked when the first one is wanted. */
async function texts(model) {
  model.sources ??= unpack('sources').then(({ columns, rest }) => {
    let at = 0;
    return [...columns.lengths].map((length) => rest.subarray(at, (at += length)));
  });
  return model.sources;
}

const LF = 10;
const CR = 13;

/** Where a line of a text begins; each line ends with LF, CR or CRLF. */
function lineStart(bytes, line) {
  let at = 0;
  for (let n = 1; n < line && at < bytes.length; at++) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) n += 1;
  }
  return at;
}

/** The text of a test, and of its script; `null` if the page does not have it. */
async function source(model, row) {
  const { columns } = model;
  const of = columns['file.text'][columns['row.file'][row]];
  if (of === 0) return null;
  const bytes = (await texts(model))[of - 1];
  const line = model.line(row);
  const length = columns['row.length'][row];
  const start = lineStart(bytes, line) + columns['row.column'][row] - 1;
  const decode = (part) => new TextDecoder().decode(part);
  return {
    line, text: line === 0 || length === 0 ? null : decode(bytes.subarray(start, start + length)),
    lines: length === 0 ? 0 : decode(bytes.subarray(start, start + length)).split(/\r\n|\r|\n/).length,
    script: () => decode(bytes),
  };
}

function code(text, first, from = 0, to = -1) {
  const lines = text.split(/\r\n|\r|\n/);
  const width = `${first + lines.length}`.length;
  return el('pre', { class: 'code', tabindex: 0, 'aria-label': 'source' }, el('code', {}, lines.map((line, at) => {
    const number = first + at;
    return el('span', { class: number >= from && number <= to ? 'line here' : 'line' },
      el('span', { class: 'number', 'aria-hidden': 'true' }, `${number}`.padStart(width)), `${line}\n`);
  })));
}

export async function drawer(model, row, { position, step, close, open }) {
  const id = model.id(row);
  const button = (word, label, click, disabled = false) => el('button', { type: 'button', 'aria-label': label, title: label, disabled, on: { click } }, word);
  const cls = model.class(row);
  const needs = model.needs(row);
  const element = el('div', { class: 'inner' },
    el('div', { class: 'bar-of-drawer' },
      button('‹', 'previous (k)', () => step(-1)), button('›', 'next (j)', () => step(1)),
      position === null ? null : el('span', { class: 'position' }, position),
      button('×', 'close (Escape)', close)),
    el('h2', { tabindex: -1 }, id),
    el('p', { class: 'facts' }, el('span', { class: 'chip' }, model.kind(row)),
      needs.map((name) => el('span', { class: 'chip' }, name)),
      cls === null ? null : el('span', { class: `chip ${cls.word}` }, `${cls.word}: ${cls.about}`),
      model.isCurrent(row) ? null : el('span', { class: 'chip red' }, 'only earlier runs have this test')));
  const place = el('section', { 'aria-label': 'source of the test' });
  element.append(place, verdicts(model, row, open), past(model, row) ?? '', again(id, model, row));
  const found = await source(model, row);
  if (found === null || (found.text === null && found.line !== 0)) {
    place.append(el('p', { class: 'note' }, 'The text of this test was not at hand when the report was made, or is another one now.'));
  } else if (found.text === null) {
    place.append(el('p', { class: 'note' }, 'After the last directive of the file, nothing is left alive.'));
  } else place.append(code(found.text, found.line, 0, -1));
  if (found !== null) place.append(whole(found));
  return element;
}

/** The script that a test is in, with the test marked. */
function whole(found) {
  const details = el('details', {}, el('summary', {}, 'the whole script'));
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('pre') !== null) return;
    details.append(code(found.script(), 1, found.line, found.line + found.lines - 1));
    const here = details.querySelector('.here');
    if (here !== null) details.querySelector('pre').scrollTop = here.offsetTop - 60;
  });
  return details;
}

/** What each engine made of the test; those with the same answer stand together. */
function verdicts(model, row, open) {
  const groups = new Map();
  for (const run of model.current) {
    const answer = run.answers[row];
    groups.set(answer, [...(groups.get(answer) ?? []), run]);
  }
  const expected = [...groups.keys()].map((answer) => (answer === 0 ? null : model.said(answer, 'expected'))).find((text) => text !== null);
  // Those that fail come first, then those that pass; numbers of stands are 0 for passed, 1 for failed.
  const rank = ([answer]) => (answer === 0 ? 3 : [1, 0, 2][model.answer.stand[answer]]);
  const name = (run, answer) => el('span', { class: 'run', title: run.engine.version }, run.label,
    rank([answer]) > 0 || run.label.includes(run.engine.version) ? null : el('span', { class: 'version' }, ` ${run.engine.version}`),
    run.partial === null ? null : el('strong', { class: 'partial' }, 'partial'));
  const rows = [...groups].sort((a, b) => rank(a) - rank(b)).map(([answer, runs]) => el('tr', { role: 'row' },
    el('th', { scope: 'row', role: 'rowheader' }, runs.map((run, at) => [at > 0 ? ', ' : null, name(run, answer)])),
    el('td', { class: 'text', role: 'cell' }, verdict(model.outcome(answer)), model.said(answer, 'class') === null ? null : el('span', { class: 'about' }, model.said(answer, 'class'))),
    el('td', { class: 'text', role: 'cell' }, answer === 0 ? el('span', { class: 'about' }, 'not in this run') : said(model, answer, open))));
  return el('section', { 'aria-label': 'verdicts' },
    expected === undefined ? null : el('dl', { class: 'expected' }, el('dt', {}, 'expected'), el('dd', {}, expected)),
    // The roles stay where the style of a narrow page makes it look like no table.
    el('table', { class: 'verdicts', role: 'table' },
      el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ['engines', 'verdict', 'got'].map((word) => el('th', { scope: 'col', role: 'columnheader', class: 'text' }, word)))),
      el('tbody', { role: 'rowgroup' }, rows)));
}

function said(model, answer, open) {
  const part = (field, before = '') => {
    const text = model.said(answer, field);
    return text === null ? null : el('div', { class: field }, before, text);
  };
  const by = model.said(answer, 'blocked_by');
  return [
    part('actual'), part('message'), part('feature', 'lacks '),
    by === null ? null : el('div', {}, 'blocked by ', el('a', { href: '#', on: { click: (event) => { event.preventDefault(); open(by); } } }, by)),
    part('weakened', 'compared without: '), part('revoked_by', 'revoked by '),
    // Where the text parser is at fault, the message says so.
    model.answer.text_parser[answer] && model.outcome(answer) === 'pass'
      ? el('div', { class: 'about' }, 'decided by the text parser of the harness: no engine saw it') : null,
  ];
}

/** What earlier runs made of the test. */
function past(model, row) {
  const rows = model.current.map((run) => [run, model.earlier(run).reverse()]).filter(([, before]) => before.length > 0);
  if (rows.length === 0) return null;
  const step = (run) => el('span', { class: 'then', title: `${date(run.started)}, ${run.engine.version}` },
    mark(model.outcome(run.answers[row])), el('span', { class: 'unseen' }, `${date(run.started)}: ${model.outcome(run.answers[row]) ?? 'no verdict'}; `));
  return el('section', { 'aria-label': 'earlier verdicts' }, el('h3', {}, 'Earlier'),
    el('dl', { class: 'past' }, rows.map(([run, before]) => [
      el('dt', {}, run.label),
      el('dd', {}, [...before, run].map(step), el('span', { class: 'about' }, `since ${date(before[0].started)}`))])));
}

/** A word as a shell takes it. */
const shell = (word) => (/^[\w/.:%@+,=-]+$/.test(word) ? word : `'${word.replace(/'/g, String.raw`'\''`)}'`);

/** The commands that show the test again: for the engines that fail, or for any if none does. */
function again(id, model, row) {
  const failed = 1;
  const runs = model.current.filter((run) => run.answers[row] !== 0);
  const failing = runs.filter((run) => model.answer.stand[run.answers[row]] === failed);
  const commands = new Map();
  for (const run of failing.length > 0 ? failing : runs.filter((one) => one.flags !== null).slice(0, 1)) {
    const paths = run.selection?.paths ?? [];
    const command = ['touchstone', 'explain', id, ...paths].map(shell).join(' ');
    commands.set(run.flags ? `${command} ${run.flags}` : command, run);
  }
  if (commands.size === 0) commands.set(['touchstone', 'explain', id].map(shell).join(' '), { flags: '' });
  const untold = [...commands.values()].some(({ flags }) => flags === null);
  return el('section', { 'aria-label': 'how to see it again' }, el('h3', {}, 'See it again'),
    [...commands.keys()].map(copied),
    untold ? el('p', { class: 'note' }, 'For another engine than touchstone, add the --engine and the flags of its run, which the report does not have.') : null);
}

function copied(command) {
  const done = el('span', { role: 'status', class: 'about' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      done.textContent = 'copied';
    } catch {
      done.textContent = 'the browser does not allow it: select the text';
    }
  };
  return el('div', { class: 'again' },
    el('pre', { class: 'command', tabindex: 0, role: 'group', 'aria-label': 'command' }, el('code', {}, command)),
    el('button', { type: 'button', on: { click: copy } }, 'copy'), done);
}
