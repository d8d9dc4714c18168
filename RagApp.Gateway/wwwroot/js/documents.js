import { announce } from './announcer.js';
import { isInProgress, needsAttention } from './documentRow.js';
import { documentRows } from './documentRows.js';
import { DocumentTree } from './documentTree.js';
import { DocumentList } from './documentList.js';
import { foreign, h, problemNotice } from './dom.js';
import { mountSharing } from './sharing.js';
import { mountUploads } from './uploads.js';

const filters = [
  { name: 'All', matches: () => true },
  { name: 'In progress', matches: isInProgress },
  { name: 'To check', matches: needsAttention },
];

/** The documents of a person: adding some, watching them become searchable, opening and deleting them. */
export function mountDocuments(slots, { api, me, signal, openDocument, onListed }) {
  const rows = documentRows(slots.list, {
    actions: { me, onOpen: open, onShare: (info) => sharing.open(info), onDelete: confirmDelete },
    onToggle: () => show(null),
    onMore: showMore,
  });
  const list = new DocumentList({ api, signal, onChange: show, onSeen: (info) => uploads?.see(info) });
  const chips = filters.map((each) => h('button', {
    className: 'chip', type: 'button', onclick: () => { filter = each; show(null); },
  }, each.name, ' ', h('span', { className: 'chip-count' })));
  let filter = filters[0];
  let wasInProgress = 0;

  slots.filters.append(...chips);
  const sharing = mountSharing(slots, { me, signal, share: (info, access, withoutMe) => list.share(info, access, withoutMe) });
  const uploads = mountUploads(slots, { api, me, signal, onSent: (info) => list.add(info) });
  slots.more.addEventListener('click', rows.more);
  list.refresh();

  function show(problem) {
    slots['list-problem'].replaceChildren(problem
      ? problemNotice(problem, h('button', { className: 'button', type: 'button', onclick: () => list.refresh() }, 'Try again'))
      : '');
    if (problem) return;
    const documents = list.documents;
    showFilters(documents);
    const isCut = rows.show(new DocumentTree(documents), { matches: filter.matches, isRecent: (info) => list.isRecent(info), isComplete: !list.hasMore });
    slots.more.hidden = !isCut && !list.hasMore;
    slots['list-empty'].hidden = documents.length > 0;
    slots['list-empty'].textContent = 'Nothing here yet. Add a document above; you can ask about it once it is indexed.';
    sayWhenDone(documents);
    onListed(documents);
  }

  /** A list has room for more rows; reads on when not that many documents are here. */
  function showMore(limit, parentId) {
    const tree = new DocumentTree(list.documents);
    const here = parentId ? tree.inside({ id: parentId }) : tree.top.filter((info) => tree.has(info, filter.matches));
    if (here.length < limit && list.hasMore) list.readOn();
    else show(null);
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

  function open({ id, title, path }) { openDocument({ documentId: id, title, path }); }

  function confirmDelete(info) {
    const { confirm } = slots;
    slots['confirm-text'].replaceChildren(foreign(info.title),
      `${info.children > 0 ? ' and what is inside' : ''} will no longer be found by anyone. The original is deleted as well; this cannot be undone.`);
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
