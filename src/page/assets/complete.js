// The query box, which completes what is written in it.

import { el } from './dom.js';
import { completions } from './query.js';

const MOST = 10;

export class QueryBox {
  constructor(model, changed) {
    Object.assign(this, { model, changed, found: [], start: 0, current: -1 });
    this.input = el('input', {
      type: 'text', id: 'query', role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': 'completions', 'aria-expanded': 'false',
      'aria-describedby': 'query-problem', placeholder: 'engine:… proposal:gc outcome:!pass is:different, or any text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search',
    });
    this.options = el('ul', { id: 'completions', role: 'listbox', 'aria-label': 'completions', hidden: true });
    this.problem = el('p', { id: 'query-problem', class: 'problem', role: 'status' });
    this.element = el('search', { class: 'query' }, el('label', { for: 'query', class: 'unseen' }, 'query'), this.input, this.options, this.problem);
    this.input.addEventListener('input', () => {
      this.complete();
      this.changed(this.input.value);
    });
    this.input.addEventListener('keydown', (event) => this.pressed(event));
    this.input.addEventListener('blur', () => this.hide());
    this.options.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const option = event.target.closest('[data-at]');
      if (option !== null) this.take(Number(option.dataset.at));
    });
  }

  set value(text) {
    if (this.input.value !== text) this.input.value = text;
  }

  complete() {
    const text = this.input.value.slice(0, this.input.selectionStart);
    const { start, found } = completions(text, this.model);
    Object.assign(this, { start, found: found.slice(0, MOST), current: -1 });
    this.show();
  }

  show() {
    this.options.replaceChildren(...this.found.map(({ text, about }, at) => el('li', {
      role: 'option', id: `completion-${at}`, data: { at }, 'aria-selected': at === this.current }, el('b', {}, text), ' ', el('span', {}, about))));
    const any = this.found.length > 0;
    this.options.hidden = !any;
    this.input.setAttribute('aria-expanded', any);
    if (this.current >= 0) this.input.setAttribute('aria-activedescendant', `completion-${this.current}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  hide() {
    this.found = [];
    this.show();
  }

  take(at) {
    const end = this.input.selectionStart;
    const { value } = this.input;
    const text = this.found[at].text;
    this.input.value = value.slice(0, this.start) + text + value.slice(end);
    const caret = this.start + text.length;
    this.input.setSelectionRange(caret, caret);
    this.complete();
    this.changed(this.input.value);
  }

  pressed(event) {
    const count = this.found.length;
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (count > 0) this.hide();
      else this.input.blur();
    } else if (event.key === 'Enter') {
      if (this.current >= 0) this.take(this.current);
      else {
        this.hide();
        this.changed(this.input.value, true);
      }
    } else if (event.key === 'Tab' && count > 0 && !event.shiftKey) this.take(Math.max(0, this.current));
    else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      this.current = (this.current + (event.key === 'ArrowDown' ? 1 : count + (this.current < 0 ? 0 : -1))) % count;
      this.show();
    } else return;
    event.preventDefault();
  }
}
