import { announce } from './announcer.js';
import { mountFind } from './documentFind.js';
import { isInProgress } from './documentRow.js';
import { documentRows } from './documentRows.js';
import { DocumentTree } from './documentTree.js';
import { DocumentList } from './documentList.js';
import { foreign, h, problemNotice } from './dom.js';
import { mountSharing } from './sharing.js';
import { mountUploads } from './uploads.js';

/** The documents of a person: adding some, watching them become searchable, opening and deleting them. */
export function mountDocuments(slots, { api, me, signal, openDocument, onListed }) {
  const rows = documentRows(slots.list, {
    actions: { me, onOpen: open, onShare: (info) => sharing.open(info), onDelete: confirmDelete },
    onToggle: () => show(null),
    onMore: showMore,
  });
  const list = new DocumentList({ api, signal, onChange: show, onSeen: (info) => uploads?.see(info) });
  const find = mountFind(slots, { signal, onAsk: ask });
  let wasInProgress = 0;

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
    const isCut = rows.show(new DocumentTree(documents), { isRecent: (info) => list.isRecent(info), isComplete: !list.hasMore });
    slots.more.hidden = !isCut && !list.hasMore;
    slots['list-empty'].hidden = documents.length > 0;
    slots['list-empty'].textContent = list.isNarrowed ? 'No document matches.' : 'Nothing here yet. Add a document above; you can ask about it once it is indexed.';
    sayWhenDone(documents);
    if (!list.isNarrowed) onListed(documents);
  }

  /** Shows more rows of a list, and reads further documents when there are too few. */
  function showMore(limit, parentId) {
    const tree = new DocumentTree(list.documents);
    const here = parentId ? tree.inside({ id: parentId }) : tree.top;
    if (here.length < limit && list.hasMore) list.readOn();
    else show(null);
  }

  async function ask(asked) {
    wasInProgress = 0; // a document that is no longer listed is not necessarily done
    await list.ask(asked);
    find.say(list.documents.length, list.hasMore);
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
