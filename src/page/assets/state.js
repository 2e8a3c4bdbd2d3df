// What is shown, as it stands behind the `#` of the address, so that it can be sent to somebody.

/** The views, in their order. */
export const VIEWS = ['overview', 'tree', 'list', 'runs'];

const USUAL = { view: 'overview', q: '', test: '', old: '', now: '', kind: '' };

export class State {
  constructor() {
    this.changed = () => {};
    this.read();
    window.addEventListener('hashchange', () => {
      this.read();
      this.changed();
    });
  }

  read() {
    const words = new URLSearchParams(window.location.hash.slice(1));
    for (const [name, usual] of Object.entries(USUAL)) this[name] = words.get(name) ?? usual;
    if (!VIEWS.includes(this.view)) this.view = USUAL.view;
  }

  /** The address of what would be shown with these changes. */
  link(changes) {
    const words = new URLSearchParams();
    for (const [name, usual] of Object.entries(USUAL)) {
      const value = changes[name] ?? this[name];
      if (value !== usual) words.set(name, value);
    }
    return `#${words}`;
  }

  /** Changes what is shown; what is no new place does not become a step of the browser's history. */
  go(changes, isPlace = false) {
    const link = this.link(changes);
    Object.assign(this, changes);
    if (link !== window.location.hash) window.history[isPlace ? 'pushState' : 'replaceState'](null, '', link);
    this.changed();
  }
}
