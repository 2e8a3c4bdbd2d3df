// Reports of engines that do not exist, made from one of ours: what is in them is known, and so what a page must show.

import { readFileSync, writeFileSync } from 'node:fs';

/** Markup in every place that an engine, or whoever writes its report, can put text into. */
export const HOSTILE = '<img src=x onerror="window.hit=1"></script><script>window.hit=1</script>';

/** Numbers that are the same in every run. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function bits(next) {
  const value = Math.floor(next() * 2 ** 32);
  return `i32:${value} (0x${value.toString(16).padStart(8, '0')})`;
}

/** A line as the engine has it. */
function judged(line, { lacks, fails, says }, next) {
  const made = { ...line, outcome: 'pass' };
  for (const field of ['class', 'feature', 'message', 'expected', 'actual', 'fingerprint', 'blocked_by']) delete made[field];
  const lacking = line.proposals.find((proposal) => lacks.includes(proposal));
  const chance = next();
  if (lacking !== undefined) Object.assign(made, { outcome: 'unsupported', feature: lacking });
  else if (chance < fails / 2 && line.kind === 'assert_return') Object.assign(made, { outcome: 'fail', class: 'value', expected: line.expected ?? bits(next), actual: bits(next) });
  else if (chance < fails) Object.assign(made, { outcome: 'fail', class: 'trap', message: says });
  else if (chance < fails * 1.05) Object.assign(made, { outcome: 'crash', message: 'signal 11' });
  return made;
}

const count = (lines) => {
  const totals = {};
  for (const { outcome } of lines) totals[outcome] = (totals[outcome] ?? 0) + 1;
  return totals;
};

const ENGINES = [
  { name: 'alpha', version: '3.1.0', lacks: ['custom-descriptors'], fails: 0.002, says: 'trap: out of bounds memory access' },
  { name: 'beta (jit)', version: '0.9.2 --fast', lacks: ['gc', 'threads'], fails: 0.004, says: 'trap: unreachable' },
  { name: 'gamma', version: '1.0', lacks: ['simd', 'memory64'], fails: 0.01, says: 'trap: indirect call', partial: true },
  { name: `delta ${HOSTILE}`, version: `1 ${HOSTILE}`, lacks: ['relaxed-simd'], fails: 0.003, says: HOSTILE },
  { name: 'alpha', version: '3.0.0', lacks: ['custom-descriptors', 'wide-arithmetic'], fails: 0.003, says: 'trap: out of bounds memory access', earlier: 2 },
  { name: 'alpha', version: '3.1.0-rc.1', lacks: ['custom-descriptors'], fails: 0.0025, says: 'trap: out of bounds memory access', earlier: 1 },
];

/** Writes the reports beside `own`; gives what is in each. */
export function makeReports(own, folder) {
  const [first, ...rest] = readFileSync(own, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const closing = rest.pop();
  // A run has its tests in the order in which they ended, which is another one each time.
  rest.sort((a, b) => (a.id < b.id ? -1 : 1));
  const made = [{ path: own, name: first.engine.name, lines: rest, totals: count(rest), earlier: 0 }];
  ENGINES.forEach((engine, at) => {
    const next = numbers(at + 1);
    let lines = rest.map((line) => judged(line, engine, next));
    const started = `2026-01-${String(20 - (engine.earlier ?? 0)).padStart(2, '0')}T02:00:00Z`;
    const header = { ...first, started, engine: { ...first.engine, name: engine.name, version: engine.version } };
    if (engine.partial) lines = lines.slice(0, Math.floor(lines.length / 2));
    const totals = count(lines);
    const end = engine.partial ? [] : [{ ...closing, totals, suites: {}, proposals: {} }];
    const path = `${folder}/engine-${at}.jsonl`;
    writeFileSync(path, [header, ...lines, ...end].map((object) => `${JSON.stringify(object)}\n`).join(''));
    made.push({ path, name: engine.name, lines, totals, earlier: engine.earlier ?? 0, partial: engine.partial ?? false });
  });
  return made;
}

/** Writes a report that is made of another: `change` takes its header, its lines and its closing object, of which it gives
 * what the new one has. */
export function derive({ path }, to, change) {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const closing = lines.pop();
  const made = { header, lines, closing, ...change({ header, lines, closing }) };
  const objects = [made.header, ...made.lines, ...(made.closing === null ? [] : [{ ...made.closing, totals: count(made.lines), suites: {}, proposals: {} }])];
  writeFileSync(to, objects.map((object) => `${JSON.stringify(object)}\n`).join(''));
  return to;
}
