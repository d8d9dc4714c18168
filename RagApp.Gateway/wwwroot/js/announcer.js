import { h } from './dom.js';

const log = document.getElementById('announcer');

/** Announces a text to screen readers, after the text they are reading; the text is not visible. */
export function announce(text) {
  log.append(h('p', {}, text));
  while (log.childElementCount > 20) log.firstElementChild.remove();
}

export const silence = () => log.replaceChildren();
