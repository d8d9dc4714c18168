import { h } from './dom.js';

const log = document.getElementById('announcer');

/** Says something to screen readers once what they are saying is finished; shown nowhere. */
export function announce(text) {
  log.append(h('p', {}, text));
  while (log.childElementCount > 20) log.firstElementChild.remove();
}

export const silence = () => log.replaceChildren();
