import { announce } from './announcer.js';
import { isInProgress } from './documentRow.js';
import { foreign, h } from './dom.js';

const listedFailures = 20; // a folder may hold thousands of files
const listedWaiting = 3;

/**
 * How far the uploads are: a headline, the files on their way, the next few, and those that failed. Redrawn at
 * most once a frame; a file's row stays the same element, so that no click meant for it is lost.
 */
export function mountUploadPanel(slots, queue, signal) {
  const rows = new WeakMap();
  let frame = null;
  let wasActive = false;

  slots['uploads-cancel'].addEventListener('click', () => queue.cancel(...inState('sending'), ...inState('waiting')));
  slots['uploads-retry'].addEventListener('click', () => queue.retry(...inState('failed')));
  slots['uploads-dismiss'].addEventListener('click', () => queue.clear());

  const inState = (state) => queue.items.filter((item) => item.state === state);
  const show = () => { frame ??= requestAnimationFrame(draw); };

  function draw() {
    frame = null;
    if (signal.aborted) return;
    const [sending, waiting, failed] = ['sending', 'waiting', 'failed'].map(inState);
    slots.uploads.hidden = queue.items.length === 0;
    slots['uploads-headline'].textContent = headline(queue, failed.length);
    const indexing = !queue.isActive && queue.items.some(isIndexing);
    slots['uploads-progress'].hidden = !queue.isActive && !indexing;
    slots['uploads-progress'].value = indexing ? settledOf(queue.items) : progressOf(queue.items);
    slots['uploads-progress'].setAttribute('aria-label', indexing ? 'All documents being indexed' : 'All uploads');
    slots['uploads-pause'].textContent = queue.isActive && queue.isPaused
      ? `The server asked to wait. Going on in ${queue.resumesIn} s.` : '';
    slots['uploads-left-out'].textContent = leftOut(waiting.length - listedWaiting, failed.length - listedFailures);
    slots['uploads-cancel'].hidden = !queue.isActive;
    slots['uploads-retry'].hidden = failed.length < 2;
    slots['uploads-dismiss'].hidden = queue.isActive;
    drawRows([...sending, ...waiting.slice(0, listedWaiting), ...failed.slice(0, listedFailures)]);

    const isBusy = queue.isActive || indexing;
    if (wasActive && !isBusy) announce(slots['uploads-headline'].textContent);
    wasActive = isBusy;
    if (queue.isActive && queue.isPaused) setTimeout(show, 1000);
  }

  function drawRows(items) {
    const elements = items.map((item) => {
      if (!rows.has(item)) rows.set(item, uploadRow(item, queue));
      const row = rows.get(item);
      row.update();
      return row.element;
    });
    const kept = new Set(elements);
    for (const element of [...slots['upload-list'].children]) if (!kept.has(element)) element.remove();
    elements.forEach((element, index) => {
      const there = slots['upload-list'].children[index] ?? null;
      if (there !== element) slots['upload-list'].insertBefore(element, there);
    });
  }

  return { show };
}

function uploadRow(item, queue) {
  const progress = h('progress', { max: 1, 'aria-label': `Uploading ${item.path}` });
  const state = h('span', { className: 'hint' }, 'Waiting');
  const cancel = button('Cancel', item, () => queue.cancel(item));
  const retry = button('Retry', item, () => queue.retry(item));
  const reason = h('p', { className: 'upload-reason' });
  const element = h('li', { className: 'upload' },
    h('span', { className: 'upload-name', title: item.path }, foreign(item.path.split('/').at(-1))), progress, state, cancel, retry, reason);

  function update() {
    progress.value = item.progress;
    progress.hidden = item.state !== 'sending';
    state.hidden = item.state !== 'waiting';
    cancel.hidden = item.state === 'failed';
    retry.hidden = reason.hidden = item.state !== 'failed';
    if (item.state === 'failed') reason.replaceChildren(...reasonOf(item.problem));
  }

  return { element, update };
}

function headline({ items, isActive }, failed) {
  const sent = items.filter(({ state }) => state === 'sent').length;
  const cancelled = items.filter(({ state }) => state === 'cancelled').length;
  return [
    `${isActive ? 'Uploading' : 'Uploaded'} ${sent} of ${items.length} ${items.length === 1 ? 'file' : 'files'}`,
    ...outcomes.map(({ text, matches }) => [items.filter(({ document }) => document && matches(document)).length, text])
      .map(([count, text]) => (count > 0 ? `${count} ${text}` : '')),
    failed > 0 ? `${failed} not sent` : '',
    cancelled > 0 ? `${cancelled} cancelled` : '',
  ].filter(Boolean).join(' · ');
}

const outcomes = [
  { text: 'indexed', matches: ({ status }) => status === 'indexed' },
  { text: 'without text', matches: ({ status }) => status === 'empty' },
  { text: 'held back', matches: ({ status }) => status === 'quarantined' },
  { text: 'failed', matches: ({ status }) => status === 'failed' },
];

const isIndexing = ({ document }) => Boolean(document) && isInProgress(document);

const settledOf = (items) => items.filter((item) => !isIndexing(item)).length / Math.max(items.length, 1);

function progressOf(items) {
  const parts = { waiting: () => 0, sending: ({ progress }) => progress };
  return items.reduce((sum, item) => sum + (parts[item.state]?.(item) ?? 1), 0) / Math.max(items.length, 1);
}

const leftOut = (waiting, failed) => [
  waiting > 0 ? `and ${waiting} more waiting` : '',
  failed > 0 ? `and ${failed} more failed` : '',
].filter(Boolean).join(', ');

const reasonOf = ({ message, traceId }) =>
  [message, ...(traceId ? [h('span', { className: 'trace' }, ' · trace ', h('code', {}, traceId))] : [])];

const button = (text, { path }, onclick) =>
  h('button', { className: 'button quiet small', type: 'button', 'aria-label': `${text} ${path}`, onclick }, text);
