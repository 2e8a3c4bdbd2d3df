// A list of any length, of which only the rows in sight are elements. It is a list box for those who hear it, with a
// current row that the arrow keys move.

import { el } from './dom.js';

const MORE = 12;

export class Rows {
  /** `render` fills the element of a row; `choose` is told which row is current, and whether it is to be opened. */
  constructor({ role = 'listbox', item = 'option', label, height, render, choose, key = () => false }) {
    Object.assign(this, { item, heightOf: height, render, choose, key });
    this.count = 0;
    this.current = -1;
    this.isWhole = false;
    this.shown = new Map();
    this.space = el('div', { class: 'space' });
    this.element = el('div', { class: 'rows', role, tabindex: 0, 'aria-label': label }, this.space);
    this.element.addEventListener('scroll', () => this.draw(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.pressed(event));
    this.element.addEventListener('click', (event) => {
      const row = event.target.closest('[data-row]');
      if (row !== null) this.go(Number(row.dataset.row), true);
    });
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.element);
  }

  /** Shows so many rows, all of them drawn anew. */
  reset(count, current = -1) {
    this.count = count;
    this.current = Math.min(current, count - 1);
    this.height = this.heightOf();
    this.space.style.height = `${count * this.height}px`;
    for (const row of this.shown.values()) row.remove();
    this.shown.clear();
    this.draw();
  }

  draw() {
    const { scrollTop, clientHeight } = this.element;
    if (clientHeight === 0 || this.isWhole) return;
    const first = Math.max(0, Math.floor(scrollTop / this.height) - MORE);
    const last = Math.min(this.count, Math.ceil((scrollTop + clientHeight) / this.height) + MORE);
    for (const [at, row] of this.shown) {
      if (at < first || at >= last) {
        row.remove();
        this.shown.delete(at);
      }
    }
    for (let at = first; at < last; at++) if (!this.shown.has(at)) this.add(at);
    this.mark();
  }

  /** Shows all rows, as far as `most` of them, for a printer. */
  drawAll(most) {
    this.isWhole = true;
    for (let at = 0; at < Math.min(this.count, most); at++) if (!this.shown.has(at)) this.add(at);
  }

  add(at) {
    const row = el('div', {
      class: 'row', role: this.item, id: `row-${at}`, data: { row: at }, 'aria-setsize': this.count, 'aria-posinset': at + 1,
    });
    row.style.transform = `translateY(${at * this.height}px)`;
    this.render(row, at);
    this.shown.set(at, row);
    // Rows stand in their order, for those who read them one after another.
    let after = null;
    for (let next = at + 1; next < at + 2 * MORE && after === null; next++) after = this.shown.get(next) ?? null;
    this.space.insertBefore(row, after);
  }

  mark() {
    for (const [at, row] of this.shown) row.setAttribute('aria-selected', at === this.current);
    const is = this.shown.has(this.current);
    if (is) this.element.setAttribute('aria-activedescendant', `row-${this.current}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  /** Makes a row the current one. */
  go(at, open) {
    if (this.count === 0) return;
    this.current = Math.max(0, Math.min(this.count - 1, at));
    this.reveal();
    this.draw();
    this.choose(this.current, open);
  }

  /** Scrolls to the current row. */
  reveal() {
    const top = this.current * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.element.scrollTop = top + this.height - clientHeight;
  }

  pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.count, End: this.count };
    if (this.key(event, this.current)) event.preventDefault();
    else if (event.key in steps) {
      event.preventDefault();
      this.go(this.current < 0 ? 0 : this.current + steps[event.key], false);
    } else if (event.key === 'Enter' && this.current >= 0) {
      event.preventDefault();
      this.choose(this.current, true);
    }
  }
}
