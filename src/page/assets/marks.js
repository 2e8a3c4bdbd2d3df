// Marks of outcomes, which differ by shape and not only by colour, and small pictures of numbers.

import { CATEGORIES } from './model.js';
import { date, el, grouped, svg } from './dom.js';

const MARKS = {
  pass: ['✓', 'pass'], fail: ['✗', 'fail'], crash: ['!', 'fail'], timeout: ['∞', 'fail'], error: ['E', 'fail'],
  xpass: ['P', 'fail'], blocked: ['⊘', 'blocked'], unsupported: ['–', 'unsupported'], skip: ['s', 'unsupported'],
  xfail: ['x', 'xfail'], other: ['?', 'fail'],
};

/** The words for kinds of counts. */
export const CATEGORY_WORDS = {
  pass: 'pass', fail: 'fail', xfail: 'fail as expected', unsupported: 'unsupported', 'cannot-tell': 'cannot tell',
};

/** The mark of an outcome; a dot is no verdict. */
export function mark(outcome) {
  const [sign, look] = outcome === null ? ['·', 'missing'] : MARKS[outcome] ?? MARKS.other;
  return el('span', { class: `mark ${look}`, title: outcome ?? 'no verdict', 'aria-hidden': 'true' }, sign);
}

/** An outcome with its mark and its word. */
export function verdict(outcome) {
  return el('span', { class: 'verdict' }, mark(outcome), el('span', {}, outcome ?? 'no verdict'));
}

/** What the marks mean. */
export function legend() {
  const entries = Object.keys(MARKS).filter((outcome) => outcome !== 'other');
  return el('p', { class: 'legend' }, entries.map((outcome) => verdict(outcome)), verdict(null));
}

/** A bar of counts by category. */
export function bar(counts) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const parts = CATEGORIES.map((category, at) => {
    const part = el('span', { class: `part ${category}` });
    part.style.flexGrow = counts[at];
    // What there is can be seen, however little it is.
    if (counts[at] > 0) part.style.minWidth = '2px';
    return part;
  });
  const words = inWords(counts);
  return el('span', { class: 'bar', title: words, role: 'img', 'aria-label': all === 0 ? 'nothing' : words }, parts);
}

/** Counts by category, in words. */
export function inWords(counts) {
  const said = CATEGORIES.map((category, at) => [CATEGORY_WORDS[category], counts[at]]).filter(([, count]) => count > 0);
  return said.map(([word, count]) => `${grouped(count)} ${word}`).join(', ') || 'nothing';
}

/** A small plot of how many tests failed, from points of history in their order. */
export function plot(points, label) {
  const [width, height, edge] = [132, 26, 3];
  const values = points.map((point) => point.counts.fail);
  const top = Math.max(1, ...values);
  const x = (at) => (points.length === 1 ? width / 2 : edge + (at * (width - 2 * edge)) / (points.length - 1));
  const y = (value) => height - edge - (value * (height - 2 * edge)) / top;
  const way = values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const said = points.map((point) => `${date(point.started)}: ${grouped(point.counts.fail)} fail`
    + `${point.partial ? ' (partial)' : ''}`);
  const dots = points.map((point, at) => svg('circle', {
    cx: x(at).toFixed(1), cy: y(values[at]).toFixed(1), r: at === points.length - 1 ? 2.4 : 1.4,
    class: point.partial ? 'dot partial' : 'dot',
  }));
  return svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${label}: ${said.join('; ')}` },
    svg('title', {}, said.join('\n')),
    svg('path', { class: 'ground', d: `M${edge} ${height - edge}H${width - edge}` }),
    svg('path', { class: 'line', d: way }), dots);
}
