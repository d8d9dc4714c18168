import { announce } from './announcer.js';
import { foreign, h } from './dom.js';

const actions = { search: 'Searched for', read: 'Read more of', list: 'Looked for documents named' };

/** What a model looks for before it answers, step by step; folded once the answer is there. */
export class SearchSteps {
  #list = h('ol');
  element = h('details', { className: 'steps', open: true, hidden: true }, h('summary', {}, 'What the model looked for'), this.#list);

  /** @param step data of a `progress` event: `{ action, about }` */
  add({ action, about }) {
    const did = actions[action] ?? 'Looked at';
    this.element.hidden = false;
    this.#list.append(h('li', {}, `${did} `, foreign(about)));
    announce(`${did} ${about}.`);
  }

  end() { this.element.open = false; }
}
