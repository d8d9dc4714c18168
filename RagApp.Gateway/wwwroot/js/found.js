import { both, chipList, chipsOf } from './filterChips.js';
import { foreign, h } from './dom.js';

/** Shows what was searched for: the active filters, each with a button to undo it, and corrected words. */
export function lookedFor(question, { filters = {} }, explain, ask) {
  const found = explain.foundFilters;
  return [
    chipsOf(filters).length > 0 ? row('Only', filters, 'Filters', (left) => ask(question, { filters: left })) : null,
    found && !explain.foundFiltersDropped
      ? row('Only, since you asked so', found, 'Filters found in the question', (left) => ask(question, { filters: both(filters, left), findFilters: false }))
      : null,
    explain.foundFiltersDropped
      ? h('p', { className: 'hint' }, 'Nothing was found in ', foreign(chipsOf(found).map(({ label }) => label).join(', ')), ', so all documents were searched.')
      : null,
    explain.rewrites?.corrected ? corrected(question, explain.rewrites.corrected, (text) => ask(text, { filters })) : null,
  ].filter(Boolean);
}

const row = (text, filters, label, onRemove) =>
  h('div', { className: 'only' }, h('span', { className: 'hint' }, text), chipList(filters, label, onRemove));

function corrected(question, text, ask) {
  const literal = asWritten(question, text);
  return h('p', { className: 'corrected' }, 'Searched for ', h('strong', { dir: 'auto' }, text), ' instead of ', foreign(`“${question}”`), '. ',
    h('button', { className: 'link', type: 'button', onclick: () => ask(literal) }, 'Search for what I wrote'));
}

/** Puts the corrected words of the question into quotation marks, since quoted words are searched as they are written. */
function asWritten(question, text) {
  const words = new Set(wordsOf(text));
  return question.replace(/[\p{L}\p{N}]+/gu, (word) => (words.has(word.toLowerCase()) ? word : `"${word}"`));
}

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
