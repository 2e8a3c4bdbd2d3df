// Elements. All text, whoever wrote it, becomes text nodes and attributes, never markup.

/** Makes an element. Properties are attributes, but for `on`, which has handlers, and `data`. */
export function el(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** Makes an element of a picture. */
export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (name === 'data') Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const groups = new Intl.NumberFormat('en');

/** A number with its digits in groups. */
export const grouped = (number) => groups.format(number);

/** A number of things. */
export const plural = (number, one, many = `${one}s`) => `${grouped(number)} ${number === 1 ? one : many}`;

/** A long text, shortened in the middle. */
export function shortened(text, most) {
  if (text.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** A date of a run, as far as minutes. */
export const date = (started) => started.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');
