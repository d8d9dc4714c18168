import { announce } from './announcer.js';
import { h } from './dom.js';

const typingPause = 300; // milliseconds after the last key

const states = [
  { label: 'Any state', status: [] },
  { label: 'In progress', status: ['queued', 'parsing', 'chunking', 'embedding', 'unpacking'] },
  { label: 'Indexed', status: ['indexed'] },
  { label: 'To check', status: ['failed', 'empty', 'quarantined'] },
];

const orders = [
  { label: 'Name', sort: 'name', order: 'asc' },
  { label: 'Name, Z to A', sort: 'name', order: 'desc' },
  { label: 'Newest first', sort: 'date', order: 'desc' },
  { label: 'Oldest first', sort: 'date', order: 'asc' },
  { label: 'Largest first', sort: 'size', order: 'desc' },
  { label: 'Smallest first', sort: 'size', order: 'asc' },
];

/** The fields above the list of documents; `onAsk` gets `{ name, status, sort, order }` when one of them changes. */
export function mountFind(slots, { signal, onAsk }) {
  const { 'find-name': name, 'find-status': status, 'find-order': order } = slots;
  let timer = null;

  status.append(...states.map(({ label }, index) => h('option', { value: index }, label)));
  order.append(...orders.map(({ label }, index) => h('option', { value: index }, label)));
  name.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, typingPause);
  });
  for (const field of [status, order]) field.addEventListener('change', ask);
  signal.addEventListener('abort', () => clearTimeout(timer));

  function ask() {
    const { sort, order: direction } = orders[order.value];
    onAsk({ name: name.value.trim(), status: states[status.value].status, sort, order: direction });
  }

  /** Announces the number of documents once the list for the current filter has arrived. */
  function say(count, hasMore) {
    announce(count === 0 ? 'No document matches.' : `${count}${hasMore ? ' or more' : ''} ${count === 1 ? 'document' : 'documents'} listed.`);
  }

  return { say };
}
