// The language of the query box: a text becomes a function that says of a row whether it is meant.
//
//   query  = all ("or" all)*          all = ["!"] term, one after another
//   term   = "(" query ")" | "count(" query ")" ("=" | "!=" | "<" | "<=" | ">" | ">=") number | key ":" ["!"] value | text
//
// Terms about a run that stand beside each other are about one run: `engine:x outcome:fail` is a test that x fails. Brackets
// only group, so `(engine:x or engine:y) outcome:fail` is a test that x or y fails. What is about a run of its own is
// counted: `count(engine:x outcome:fail)>0 count(engine:y outcome:pass)>0`. `!` is of all runs: `!outcome:fail` is a test
// that no run fails.
//
// A query is thus a tree that is asked of each run, some of whose leaves are the same for all runs. What it says of a run
// is a number, so that a run without a verdict is none, unless that is asked for.

/** What can stand before a colon, with what it is about. */
export const KEYS = {
  engine: 'a run of this engine',
  outcome: 'a run with this outcome; also `status:`',
  class: 'a class of failure in a run, or of difference between runs',
  feature: 'a run in which this is not supported',
  message: 'a run that says this',
  proposal: 'tests that need this proposal',
  suite: 'tests of this suite',
  file: 'tests of files with this in their names',
  kind: 'directives of this kind',
  is: 'different, new, revoked, weakened, text-parser, failing',
  count: 'how many runs: count(status:!pass)>1',
};

const IS = ['different', 'new', 'failing', 'revoked', 'weakened', 'text-parser'];
const COMPARE = {
  '=': (a, b) => a === b, '!=': (a, b) => a !== b, '<': (a, b) => a < b, '<=': (a, b) => a <= b,
  '>': (a, b) => a > b, '>=': (a, b) => a >= b,
};

/** What is wrong with a query, in words. */
export class QueryError extends Error {}

function tokens(text) {
  const found = [];
  const form = /\s*(?:(count)\s*\(|([()])|(!=|<=|>=|[=<>])\s*(\d+)|([!-])(?=[^\s)])|((?:"(?:[^"\\]|\\.)*"|[^\s()"<>=])+)|([<>=])|("))/gy;
  form.lastIndex = 0;
  while (form.lastIndex < text.trimEnd().length) {
    const at = form.lastIndex;
    const match = form.exec(text);
    if (match === null) throw new QueryError(`this is not understood: ${text.slice(at)}`);
    const [, count, bracket, compare, number, not, word, , quote] = match;
    if (quote !== undefined) throw new QueryError('a quote is not closed');
    if (count !== undefined) found.push({ is: 'count' });
    else if (bracket !== undefined) found.push({ is: bracket });
    else if (compare !== undefined) found.push({ is: 'compare', compare, number: Number(number) });
    else if (not !== undefined) found.push({ is: 'not' });
    else if (word !== undefined) found.push({ is: 'word', word });
    else throw new QueryError('`=`, `<` and `>` stand between count(…) and a number');
  }
  return found;
}

const unquoted = (text) => text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inside) => inside.replace(/\\(.)/g, '$1'));

/** A value as it is written in a query. */
export const quoted = (text) => (/^[^\s()"<>=!]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`);

/** What a tree says of a run on a row: that it does not hold; that it does if the run has a verdict; that it does
 * whatever the run; that it does, and a run without a verdict was asked for. */
const [NO, WITH_VERDICT, ANY_RUN, WITHOUT] = [0, 1, 2, 3];

/** All hold: what is asked of the run goes before what holds of any. */
const both = (a, b) => {
  if (a === NO || b === NO) return NO;
  if (a === WITHOUT || b === WITHOUT) return WITHOUT;
  return a === WITH_VERDICT || b === WITH_VERDICT ? WITH_VERDICT : ANY_RUN;
};

/** Reads a query; gives a function of a row. */
export function compile(text, model) {
  const left = tokens(text);
  const isWord = (token, word) => token?.is === 'word' && token.word.toLowerCase() === word;
  const any = () => {
    const parts = [all()];
    while (isWord(left[0], 'or')) {
      left.shift();
      if (left.length === 0) throw new QueryError('something is missing after `or`');
      parts.push(all());
    }
    return parts.length === 1 ? parts[0] : { or: parts };
  };
  const all = () => {
    const parts = [];
    for (;;) {
      const next = left[0];
      if (next === undefined || next.is === ')' || isWord(next, 'or')) break;
      if (isWord(next, 'and')) left.shift();
      else parts.push(one());
    }
    if (parts.length === 0) throw new QueryError(left.length === 0 ? 'something is missing at the end' : 'something is missing in the brackets, or beside `or`');
    const tree = parts.length === 1 ? parts[0] : { and: parts };
    if (isOfRun(tree) && !model.current.some((run) => mayBe(tree, run))) {
      throw new QueryError('no run is of all these engines; what is about several runs is written as in count(engine:x outcome:fail)>0 count(engine:y outcome:pass)>0');
    }
    return tree;
  };
  const one = () => {
    const next = left.shift();
    if (next === undefined) throw new QueryError('something is missing at the end');
    if (next.is === 'not') {
      const inner = ofRow(one(), model);
      return { row: (row) => !inner(row) };
    }
    if (next.is === '(') return closed(any());
    if (next.is === 'count') return counted();
    if (next.is === 'word') {
      const found = atom(next.word, model);
      return found.ofRun ? found : { row: found };
    }
    throw new QueryError(`\`${next.compare ?? next.is}\` is not expected here`);
  };
  const closed = (inner) => {
    if (left.shift()?.is !== ')') throw new QueryError('`)` is missing');
    return inner;
  };
  const counted = () => {
    const inner = closed(any());
    if (leaves(inner).some((leaf) => !leaf.ofRun)) {
      throw new QueryError('count(…) takes terms about runs, such as status:!pass, with `or` and brackets between them');
    }
    const next = left.shift();
    if (next?.is !== 'compare') throw new QueryError('after count(…) there is a comparison, such as >1');
    const test = COMPARE[next.compare];
    const runs = matching(inner, model);
    return { row: (row) => test(runs(row, Infinity), next.number) };
  };
  const found = any();
  if (left.length > 0) throw new QueryError(`\`${left[0].is}\` is not expected here`);
  return ofRow(found, model);
}

const inside = (tree) => tree.and ?? tree.or;
const leaves = (tree) => inside(tree)?.flatMap(leaves) ?? [tree];
/** Whether some of it is about a run, and whether some of it has to look at the row. */
const isOfRun = (tree) => leaves(tree).some((leaf) => leaf.ofRun);
const isByRow = (tree) => leaves(tree).some((leaf) => leaf.row !== undefined);

/** Whether a tree can hold for a run, whatever its answers are. */
function mayBe(tree, run) {
  if (tree.and !== undefined) return tree.and.every((part) => mayBe(part, run));
  if (tree.or !== undefined) return tree.or.some((part) => mayBe(part, run));
  return tree.run?.(run) ?? true;
}

/** A tree as a function of a row: whether there is a run that all of it holds for. */
function ofRow(tree, model) {
  if (!isOfRun(tree)) return ofAnyRun(tree);
  if (tree.or !== undefined && isByRow(tree)) {
    const parts = tree.or.map((part) => ofRow(part, model));
    return (row) => parts.some((part) => part(row));
  }
  // What is the same for all runs is asked once.
  const parts = tree.and ?? [tree];
  const rows = parts.filter((part) => !isOfRun(part)).map(ofAnyRun);
  const runs = matching({ and: parts.filter(isOfRun) }, model);
  return (row) => rows.every((part) => part(row)) && runs(row, 1) > 0;
}

/** A tree of leaves that are the same for all runs, as a function of a row. */
function ofAnyRun(tree) {
  const parts = inside(tree)?.map(ofAnyRun);
  if (tree.and !== undefined) return (row) => parts.every((part) => part(row));
  if (tree.or !== undefined) return (row) => parts.some((part) => part(row));
  return tree.row;
}

/** How many current runs a tree holds for, by row; no more than `most` are looked for. */
function matching(tree, model) {
  const runs = model.current.filter((run) => mayBe(tree, run));
  const columns = runs.map((run) => run.answers);
  // A run without a verdict is no run, unless that is asked for.
  const holds = (level, answer) => level >= (answer === 0 ? ANY_RUN : WITH_VERDICT);
  const says = runs.map((run) => saying(tree, run));
  const fits = isByRow(tree) ? null : says.map((one) => answers(model, (answer) => holds(one(answer, 0), answer)));
  return (row, most) => {
    let count = 0;
    for (let at = 0; at < columns.length && count < most; at++) {
      const answer = columns[at][row];
      if (fits === null ? holds(says[at](answer, row), answer) : fits[at][answer] === 1) count++;
    }
    return count;
  };
}

/** What a tree says of a run, by answer and row. */
function saying(tree, run) {
  if (inside(tree) !== undefined) {
    // What an answer tells is sooner known than what a row does.
    const parts = inside(tree).toSorted((a, b) => isByRow(a) - isByRow(b)).map((part) => saying(part, run));
    const join = tree.and !== undefined ? both : Math.max;
    const [start, end] = tree.and !== undefined ? [ANY_RUN, NO] : [NO, WITHOUT];
    return (answer, row) => {
      let level = start;
      for (let at = 0; at < parts.length && level !== end; at++) level = join(level, parts[at](answer, row));
      return level;
    };
  }
  if (tree.run !== undefined) return tree.run(run) ? () => WITH_VERDICT : () => NO;
  if (tree.answers !== undefined) {
    const yes = tree.missing ? WITHOUT : WITH_VERDICT;
    return (answer) => (tree.answers[answer] ? yes : NO);
  }
  if (tree.ofRun) return (answer, row) => (tree.row(run, row) ? WITH_VERDICT : NO);
  return (answer, row) => (tree.row(row) ? ANY_RUN : NO);
}

/** A term about a run: which runs, which answers, and which rows of a run it holds for. */
const ofRun = (parts) => ({ ofRun: true, ...parts });
const answers = (model, test) => new Uint8Array(model.answerCount).map((_, answer) => (test(answer) ? 1 : 0));

function atom(word, model) {
  const colon = word.startsWith('"') ? -1 : word.indexOf(':');
  const key = colon < 0 ? '' : word.slice(0, colon).toLowerCase();
  if (!(key in KEYS || key === 'status')) return freeText(unquoted(word).toLowerCase(), model);
  const not = word[colon + 1] === '!';
  const value = unquoted(word.slice(colon + (not ? 2 : 1))).toLowerCase();
  if (value === '') throw new QueryError(`\`${key}:\` is followed by a value`);
  const rows = (test) => (row) => test(row) !== not;
  const { columns } = model;
  const byTable = (column, values, test) => {
    const fits = values.map((one) => test(one));
    return rows((row) => fits[column[row]]);
  };
  const said = (fields) => ofRun({
    answers: answers(model, (answer) => answer !== 0
      && fields.some((field) => model.said(answer, field)?.toLowerCase().includes(value)) !== not),
  });
  switch (key) {
    case 'engine': return engine(value, not, model);
    case 'outcome':
    case 'status': return outcome(value, not, model);
    case 'class': return classTerm(value, not, model);
    case 'feature': return said(['feature']);
    case 'message': return said(['message', 'expected', 'actual', 'feature']);
    case 'proposal': return byTable(columns['row.proposals'], model.proposals, (set) => (
      value === 'none' ? set.length === 0 : set.some((name) => name.toLowerCase() === value)));
    case 'suite': return byTable(columns['row.file'], model.files, ({ suite }) => suite.toLowerCase() === value);
    case 'file': return byTable(columns['row.file'], model.files, ({ name }) => name.toLowerCase().includes(value));
    case 'kind': return byTable(columns['row.kind'], model.kinds, (kind) => kind.toLowerCase() === value);
    case 'is': return isTerm(value, not, model);
    default: throw new QueryError(`\`${key}\` is written as in count(status:!pass)>1`);
  }
}

function engine(value, not, model) {
  const exact = model.current.some((run) => run.label.toLowerCase() === value);
  const names = (run) => (exact ? run.label.toLowerCase() === value
    : `${run.label} ${run.engine.version}`.toLowerCase().includes(value));
  if (!model.current.some(names)) throw new QueryError(`no engine is called \`${value}\``);
  return ofRun({ run: (run) => names(run) !== not });
}

function outcome(value, not, model) {
  if (value === 'missing') return ofRun({ missing: true, answers: answers(model, (answer) => (answer === 0) !== not) });
  const at = model.outcomes.indexOf(value);
  if (at < 0) throw new QueryError(`no outcome is called \`${value}\`; there are ${model.outcomes.join(', ')}, missing`);
  return ofRun({ answers: answers(model, (answer) => answer !== 0 && (model.answer.outcome[answer] === at) !== not) });
}

/** The words of classes of failure that some answer has. */
export const failureClasses = (model) => [...new Set(model.answer.class)].filter(Boolean).map((at) => model.string(at));

function classTerm(value, not, model) {
  const between = model.classes.findIndex(({ word }) => word === value);
  if (between >= 0) return (row) => (model.columns['row.class'][row] === between + 1) !== not;
  const known = [...model.classes.map(({ word }) => word), ...failureClasses(model)];
  if (!known.includes(value)) throw new QueryError(`no class is called \`${value}\`; there are ${known.join(', ')}`);
  return ofRun({ answers: answers(model, (answer) => answer !== 0 && (model.said(answer, 'class') === value) !== not) });
}

function isTerm(value, not, model) {
  const has = (test) => ofRun({ answers: answers(model, (answer) => answer !== 0 && test(answer) !== not) });
  const failed = 1;
  switch (value) {
    case 'different': return (row) => differs(model, row) !== not;
    case 'failing': return has((answer) => model.answer.stand[answer] === failed && model.outcome(answer) !== 'xfail');
    case 'revoked': return has((answer) => model.answer.revoked_by[answer] !== 0);
    case 'weakened': return has((answer) => model.answer.weakened[answer] !== 0);
    case 'text-parser': return has((answer) => model.answer.text_parser[answer] !== 0);
    case 'new': {
      if (model.current.every((run) => model.news(run) === null)) {
        throw new QueryError('is:new needs earlier runs: touchstone report … --before RUN');
      }
      return ofRun({ row: (run, row) => (model.news(run)?.[row] === 1) !== not });
    }
    default: throw new QueryError(`\`is:\` is followed by one of ${IS.join(', ')}`);
  }
}

/** Whether some runs pass a test and others fail it. */
function differs(model, row) {
  let stands = 0;
  for (const run of model.current) {
    const answer = run.answers[row];
    if (answer !== 0) stands |= 1 << model.answer.stand[answer];
  }
  return (stands & 3) === 3;
}

function freeText(value, model) {
  const ids = model.lowerIds();
  const fields = ['message', 'expected', 'actual', 'feature'];
  const texts = new Uint8Array(model.strings.length + 1);
  model.strings.forEach((text, at) => { if (text.toLowerCase().includes(value)) texts[at + 1] = 1; });
  const fits = answers(model, (answer) => fields.some((field) => texts[model.answer[field][answer]]));
  const some = fits.includes(1);
  return (row) => ids[row].includes(value) || (some && model.current.some((run) => fits[run.answers[row]]));
}

/** What can be written at the end of a query: the beginning of the last word, and what it may become. */
export function completions(text, model) {
  const start = text.search(/[^\s(!]*$/);
  const word = text.slice(start);
  const colon = word.indexOf(':');
  if (colon < 0) {
    const keys = Object.entries(KEYS).filter(([key]) => key.startsWith(word.toLowerCase()) && word !== '');
    return { start, found: keys.map(([key, about]) => ({ text: key === 'count' ? 'count(' : `${key}:`, about })) };
  }
  const key = word.slice(0, colon).toLowerCase();
  const value = word.slice(colon + 1).replace(/^[!"]+/, '').toLowerCase();
  const not = word[colon + 1] === '!' ? '!' : '';
  const values = valuesOf(key, model).filter(({ text: one }) => one.toLowerCase().includes(value));
  return { start, found: values.map(({ text: one, about }) => ({ text: `${key}:${not}${quoted(one)} `, about })) };
}

function valuesOf(key, model) {
  const words = (list) => [...new Set(list)].sort().map((text) => ({ text, about: '' }));
  switch (key) {
    case 'engine': return model.current.map((run) => ({ text: run.label, about: run.engine.version }));
    case 'outcome':
    case 'status': return [...model.outcomes.slice(0, -1), 'missing'].map((text) => ({ text, about: '' }));
    case 'class': return [...model.classes.map(({ word, about }) => ({ text: word, about })),
      ...words(failureClasses(model))];
    case 'proposal': return words([...model.proposals.flat(), 'none']);
    case 'suite': return words(model.files.map(({ suite }) => suite));
    case 'kind': return words(model.kinds);
    case 'file': return words(model.files.map(({ file }) => file));
    case 'feature': return words([...new Set(model.answer.feature)].filter(Boolean).map((at) => model.string(at)));
    case 'is': return IS.map((text) => ({ text, about: '' }));
    default: return [];
  }
}
