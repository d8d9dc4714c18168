import { announce } from './announcer.js';
import { both, chipList, chipsOf, endOf, startOf, typeNames } from './filterChips.js';
import { h } from './dom.js';

/** The filters of the next questions: fields to choose them, and a chip for each that is chosen. */
export function mountFilters(slots) {
  let chosen = {};

  slots['narrow-type'].append(option('', 'Any'), ...Object.entries(typeNames).map(([type, name]) => option(type, name)));
  slots['narrow-source'].append(option('', 'Any'));
  whenChosen('narrow-type', (type) => ({ types: [type] }));
  whenChosen('narrow-tag', (tag) => ({ tags: [tag] }));
  whenChosen('narrow-source', (source) => ({ sources: [source] }));
  whenChosen('narrow-from', (day) => ({ from: startOf(day) }));
  whenChosen('narrow-until', (day) => ({ before: endOf(day) }));
  slots['narrow-tag'].addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // Enter ends the tag and does not send the question
    slots['narrow-tag'].dispatchEvent(new Event('change'));
  });

  /** Turns the value of a field into a chip and clears the field. */
  function whenChosen(slot, filtersOf) {
    slots[slot].addEventListener('change', () => {
      const value = slots[slot].value.trim();
      slots[slot].value = '';
      if (value !== '') show(both(chosen, filtersOf(value)));
    });
  }

  function show(filters) {
    chosen = filters;
    const labels = chipsOf(chosen).map(({ label }) => label);
    slots['narrow-chips'].hidden = labels.length === 0;
    slots['narrow-chips'].replaceChildren(
      h('span', { className: 'hint' }, 'Only'),
      chipList(chosen, 'Filters of the next questions', (left) => { show(left); slots['narrow-summary'].focus(); }));
    announce(labels.length === 0 ? 'No filters.' : `Only ${labels.join(', ')}.`);
  }

  /** Offers the tags and sources of documents that are listed. */
  function offer(documents) {
    const tags = new Set(documents.flatMap((info) => info.tags ?? []));
    slots['known-tags'].replaceChildren(...[...tags].sort().map((tag) => option(tag)));
    const sources = [...new Set(documents.map(({ source }) => source).filter(Boolean))].sort();
    slots['narrow-source'].replaceChildren(option('', 'Any'), ...sources.map((source) => option(source)));
    slots['narrow-source'].parentElement.hidden = sources.length < 2;
  }

  return { get chosen() { return chosen; }, offer };
}

const option = (value, label = value) => h('option', { value }, label);
