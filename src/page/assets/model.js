// What the page knows: tests by row, runs, and answers. Answers are numbers; 0 is no verdict.

/** Counts of answers come in these kinds, as `counts.rs` decides. */
export const CATEGORIES = ['pass', 'fail', 'xfail', 'unsupported', 'cannot-tell'];

export class Model {
  constructor({ object, columns }) {
    Object.assign(this, {
      version: object.version,
      kinds: object.kinds,
      proposals: object.proposals,
      classes: object.classes,
      changes: object.changes,
      history: object.history,
      outcomes: [...object.outcomes, 'other'],
    });
    this.object = object;
    this.columns = columns;
    this.strings = object.strings;
    this.files = object.files.map(([suite, file]) => ({ suite, file, name: `${suite}/${file}` }));
    this.count = columns['row.line'].length;
    this.whole = new Set(columns.whole);
    this.runs = object.runs.map((run, at) => ({
      ...run, at, answers: columns[`run${at}`], edited: new Set(columns[`edited${at}`]), absent: new Set(columns[`absent${at}`]),
    }));
    label(this.runs);
    this.current = this.runs.filter((run) => run.earlier_than === null);
    this.ids = [];
    this.byId = null;
    this.sources = null;
    // No verdict takes the place before the first answer.
    const after = (column) => {
      const shifted = new column.constructor(column.length + 1);
      shifted.set(column, 1);
      return shifted;
    };
    const answer = (name) => after(columns[`answer.${name}`]);
    this.answer = Object.fromEntries(['outcome', 'stand', 'category', 'failure', 'text_parser', 'class', 'blocked_by',
      'feature', 'message', 'expected', 'actual', 'weakened', 'revoked_by'].map((name) => [name, answer(name)]));
    this.answerCount = this.answer.outcome.length;
  }

  /** A text by its number; `null` for none. */
  string(at) {
    return at === 0 ? null : this.strings[at - 1];
  }

  /** What an answer has in a field; `null` if nothing. */
  said(answer, field) {
    return this.string(this.answer[field][answer]);
  }

  /** The word of an answer's outcome; `null` if there is no verdict. */
  outcome(answer) {
    return answer === 0 ? null : this.outcomes[this.answer.outcome[answer]];
  }

  file(row) {
    return this.files[this.columns['row.file'][row]];
  }

  line(row) {
    return this.columns['row.line'][row];
  }

  kind(row) {
    return this.kinds[this.columns['row.kind'][row]];
  }

  needs(row) {
    return this.proposals[this.columns['row.proposals'][row]];
  }

  /** The class of difference; `null` where runs agree. */
  class(row) {
    const at = this.columns['row.class'][row];
    return at === 0 ? null : this.classes[at - 1];
  }

  /** What a name has after its file. */
  tail(row) {
    const { columns } = this;
    const end = this.string(columns['row.export'][row]);
    if (this.whole.has(row)) return end.startsWith(`${this.file(row).name}:`) ? end.slice(this.file(row).name.length) : end;
    const column = columns['row.by_column'][row] ? `:${columns['row.column'][row]}` : '';
    return `:${columns['row.line'][row]}${column}:${this.kind(row)}${end === null ? '' : `:${end}`}`;
  }

  id(row) {
    if (this.whole.has(row)) return this.string(this.columns['row.export'][row]);
    return this.file(row).name + this.tail(row);
  }

  /** The names of all tests in small letters, which take a moment to make. */
  lowerIds() {
    for (let row = this.ids.length; row < this.count; row++) this.ids.push(this.id(row).toLowerCase());
    return this.ids;
  }

  /** The row of a test by name; of tests with one name, that which a current run has. */
  find(id) {
    if (this.byId === null) {
      this.byId = new Map();
      for (let row = 0; row < this.count; row++) {
        const name = this.id(row);
        if (!this.byId.has(name) || this.isCurrent(row)) this.byId.set(name, row);
      }
    }
    return this.byId.get(id) ?? null;
  }

  isCurrent(row) {
    return this.current.some((run) => run.answers[row] !== 0);
  }

  /** The earlier runs of a run, the latest first. */
  earlier(run) {
    const runs = this.runs.filter((other) => other.earlier_than === run.at);
    return runs.sort((a, b) => (a.started < b.started ? 1 : -1));
  }

  /** The kind of change between two answers to one test, by number; `null` if nothing changed. */
  change(old, now) {
    const { object, answer } = this;
    if (old === 0 && now === 0) return null;
    if (old === 0) return object.change_of_new[answer.stand[now]];
    if (now === 0) return object.vanished;
    const kind = object.change_of[answer.stand[old]][answer.stand[now]];
    const both = answer.stand[old] === answer.stand[now];
    return both && answer.failure[old] === answer.failure[now] ? null : kind;
  }

  /** Whether a test of an earlier run is to be in a later one, which selected it and came to its end. Where it is not, and
   * has no verdict, nothing is known of it. */
  isExpected(row, old, now) {
    return now.answers[row] !== 0 || (now.absent.has(row) && !now.other_scripts.includes(old.at));
  }

  /** Where a run fails as no earlier run of its engine did, by row; `null` if there is no earlier run. */
  news(run) {
    if (run.news !== undefined) return run.news;
    const before = this.earlier(run);
    run.news = before.length === 0 ? null : new Uint8Array(this.count);
    const failed = 1;
    const { stand, failure } = this.answer;
    for (let row = 0; run.news !== null && row < this.count; row++) {
      const now = run.answers[row];
      if (now === 0 || stand[now] !== failed || this.outcome(now) === 'xfail') continue;
      const known = before.some(({ answers }) => answers[row] !== 0 && stand[answers[row]] === failed
        && failure[answers[row]] === failure[now]);
      run.news[row] = known ? 0 : 1;
    }
    return run.news;
  }
}

/** Gives runs names that tell them apart, with no more in them than that takes. */
function label(runs) {
  const ways = [
    (run) => run.engine.name,
    (run) => `${run.engine.name} ${run.engine.version}`,
    (run) => `${run.engine.name} ${run.engine.version}, ${run.started.slice(0, 10)}`,
    (run) => `${run.engine.name} ${run.engine.version}, ${run.host}, ${run.started}`,
    (run) => `${run.engine.name} ${run.engine.version}, ${run.host}, ${run.started} [${run.at}]`,
  ];
  const open = new Set(runs.filter((run) => run.earlier_than === null));
  const earlier = runs.filter((run) => run.earlier_than !== null);
  const taken = new Map();
  for (const group of [[...open], earlier]) {
    let left = group;
    // An earlier run always has its date.
    for (const way of group === earlier ? ways.slice(2) : ways) {
      const names = new Map();
      for (const run of left) names.set(way(run), (names.get(way(run)) ?? 0) + 1);
      left = left.filter((run) => {
        const name = way(run);
        if (names.get(name) > 1 || taken.has(name)) return true;
        taken.set(name, run);
        run.label = name;
        return false;
      });
    }
  }
}
