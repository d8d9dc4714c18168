import { foreign, h } from './dom.js';
import { countOf } from './explanation.js';

const listed = 10;

/**
 * Notes for the reader on how an answer was made; none when there is nothing to say.
 * @param unplaced citations that were taken out and have no mark in the text
 */
export function notesOf({ truncated, unsupported = [], leftOut = [], historyLeftOut = 0, searches, hidden = [], suspicious = [], removedAddresses = 0, withheld }, unplaced) {
  return [
    withheld ? h('p', { className: 'note' }, `The answer is withheld. ${withheld}`) : null,
    hidden.length > 0 ? h('p', { className: 'note' }, `Confidential data is hidden: ${hidden.map(({ kind, count }) => countOf(count, kind.replaceAll('-', ' '))).join(', ')}.`) : null,
    suspicious.length > 0
      ? note(`${countOf(suspicious.length, 'passage')} not given to the model, since ${suspicious.length === 1 ? 'it reads' : 'they read'} like instructions to it`,
        suspicious.map(({ title }) => [foreign(title)]))
      : null,
    removedAddresses > 0 ? h('p', { className: 'note' }, `${countOf(removedAddresses, 'link')} of the answer taken out, since no passage has it.`) : null,
    truncated ? h('p', { className: 'note' }, 'The answer is as long as one may be, and ends there.') : null,
    searches?.bound ? h('p', { className: 'note' }, `The model had to answer before it had searched for everything it wanted. ${searches.bound}`) : null,
    unsupported.length > unplaced.length
      ? h('p', { className: 'note' }, `${countOf(unsupported.length - unplaced.length, 'citation')} taken out, see the underlined statements.`)
      : null,
    unplaced.length > 0
      ? note(`${countOf(unplaced.length, 'citation')} taken out: the passage does not say what it was cited for`,
        unplaced.map(({ title, statement, reason }) => [foreign(title), ': ', h('q', { dir: 'auto' }, statement), ` ${reason}`]))
      : null,
    leftOut.length > 0
      ? note(`${countOf(leftOut.length, 'passage')} did not fit the model and ${leftOut.length === 1 ? 'was' : 'were'} not read`,
        leftOut.map(({ title, tokens }) => [foreign(title), ` (${countOf(tokens, 'token')})`]))
      : null,
    historyLeftOut > 0 ? h('p', { className: 'note' }, `${countOf(historyLeftOut, 'earlier message')} did not fit the model and ${historyLeftOut === 1 ? 'was' : 'were'} not read.`) : null,
  ].filter(Boolean);
}

function note(summary, items) {
  const more = items.length - listed;
  return h('details', { className: 'note' },
    h('summary', {}, summary),
    h('ul', {}, ...items.slice(0, listed).map((item) => h('li', {}, ...item)), more > 0 ? h('li', {}, `and ${more} more`) : null));
}
