import { accessChoices } from './accessChoice.js';
import { announce } from './announcer.js';
import { documentRow, isInProgress, needsAttention } from './documentRow.js';
import { DocumentList } from './documentList.js';
import { foreign, h, problemNotice } from './dom.js';
import { mountUploads } from './uploads.js';

const filters = [
  { name: 'All', matches: () => true },
  { name: 'In progress', matches: isInProgress },
  { name: 'To check', matches: needsAttention },
];

/** The documents of a person: adding some, watching them become searchable, opening and deleting them. */
export function mountDocuments(slots, { api, me, signal, openDocument, onListed }) {
  const rows = new Map();
  const list = new DocumentList({ api, signal, onChange: show, onSeen: (info) => uploads?.see(info) });
  const chips = filters.map((each) => h('button', {
    className: 'chip', type: 'button', onclick: () => { filter = each; show(null); },
  }, each.name, ' ', h('span', { className: 'chip-count' })));
  let filter = filters[0];
  let wasInProgress = 0;

  slots.filters.append(...chips);
  slots['sharing-access'].append(...accessChoices(me));
  const uploads = mountUploads(slots, { api, me, signal, onSent: (info) => list.add(info) });
  slots.more.addEventListener('click', () => list.showMore());
  list.refresh();

  function show(problem) {
    slots['list-problem'].replaceChildren(problem
      ? problemNotice(problem, h('button', { className: 'button', type: 'button', onclick: () => list.refresh() }, 'Try again'))
      : '');
    if (problem) return;
    const documents = list.documents;
    showFilters(documents);
    showRows(documents);
    slots.more.hidden = !list.hasMore;
    slots['list-empty'].hidden = documents.length > 0;
    slots['list-empty'].textContent = 'Nothing here yet. Add a document above; you can ask about it once it is indexed.';
    sayWhenDone(documents);
    onListed(documents);
  }

  function showRows(documents) {
    let cursor = slots.list.firstElementChild;
    const present = new Set();
    for (const info of documents) {
      const row = rows.get(info.id) ?? documentRow({ me, onOpen: open, onShare: chooseReaders, onDelete: confirmDelete });
      rows.set(info.id, row);
      present.add(info.id);
      row.update(info);
      row.element.hidden = !filter.matches(info);
      if (row.element === cursor) cursor = cursor.nextElementSibling;
      else slots.list.insertBefore(row.element, cursor);
    }
    for (const [id, row] of rows) {
      if (present.has(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
  }

  function showFilters(documents) {
    const counts = filters.map(({ matches }) => documents.filter(matches).length);
    if (counts[filters.indexOf(filter)] === 0) filter = filters[0];
    slots.filters.hidden = documents.length === 0;
    chips.forEach((chip, index) => {
      chip.hidden = counts[index] === 0;
      chip.setAttribute('aria-pressed', String(filters[index] === filter));
      chip.lastElementChild.textContent = `${counts[index]}${list.hasMore ? '+' : ''}`;
    });
  }

  function sayWhenDone(documents) {
    const inProgress = documents.filter(isInProgress).length;
    if (wasInProgress > 0 && inProgress === 0) announce('All documents are processed.');
    wasInProgress = inProgress;
  }

  const open = ({ id, title, path }) => openDocument({ documentId: id, title, path });

  function chooseReaders(info) {
    const { sharing, 'sharing-access': choice } = slots;
    slots['sharing-document'].replaceChildren(foreign(info.title));
    if (info.access.length === 1) [choice.value] = info.access;
    sharing.returnValue = '';
    sharing.addEventListener('close', () => sharing.returnValue === 'share' && share(info, [choice.value]), { once: true });
    sharing.showModal();
  }

  async function share(info, access) {
    try {
      await list.share(info, access);
      announce(`Changed who may read ${info.title}.`);
    } catch (problem) {
      if (!signal.aborted) slots['list-problem'].replaceChildren(problemNotice(problem));
    }
  }

  function confirmDelete(info) {
    const { confirm } = slots;
    slots['confirm-text'].replaceChildren(foreign(info.title),
      ' will no longer be found by anyone. The original is deleted as well; this cannot be undone.');
    confirm.returnValue = '';
    confirm.addEventListener('close', () => confirm.returnValue === 'delete' && remove(info), { once: true });
    confirm.showModal();
  }

  async function remove(info) {
    try {
      await list.remove(info);
      announce(`Deleted ${info.title}.`);
      document.getElementById('documents-heading').focus();
    } catch (problem) {
      if (!signal.aborted) slots['list-problem'].replaceChildren(problemNotice(problem));
    }
  }
}
