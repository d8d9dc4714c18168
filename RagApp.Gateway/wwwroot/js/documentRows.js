import { documentRow } from './documentRow.js';

const step = 100; // rows of one list before "Show more"

/**
 * The rows of the documents that are to be seen, those inside another one below it once it is opened. Thousands of
 * documents stay quick because only this many rows are made; a row stays the same element, where it is, so that
 * neither the focus nor the place in the list is lost when something changes.
 */
export function documentRows(list, { actions, onToggle, onMore }) {
  const rows = new Map();
  const opened = new Set();
  const limits = new Map(); // by document, '' being the list itself
  const limitOf = (id) => limits.get(id) ?? step;

  /** Shows rows up to the limit, and further ones for which `isRecent` is true; returns true when some are not shown. */
  function show(tree, { isRecent, isComplete }) {
    const used = new Set();

    function fill(element, documents, key, parent) {
      const shown = documents.filter((info, index) => index < limitOf(key) || isRecent(info));
      arrange(element, shown.map((info) => rowOf(info, parent)));
      return documents.length > shown.length;
    }

    function rowOf(info, parent) {
      const row = rows.get(info.id) ?? documentRow({ ...actions, onToggle: toggle, onMore: moreInside });
      rows.set(info.id, row);
      used.add(info.id);
      const isOpen = opened.has(info.id);
      row.update(info, { parent, isOpen, summary: tree.summary(info) });
      const inside = isOpen ? tree.inside(info) : [];
      const isCut = fill(row.inside, inside, info.id, info);
      row.more.hidden = !isOpen || !(isCut || (!isComplete && inside.length < info.children));
      return row.element;
    }

    const isCut = fill(list, tree.top, '', null);
    for (const id of rows.keys()) if (!used.has(id)) rows.delete(id);
    return isCut;
  }

  function toggle({ id }) {
    if (!opened.delete(id)) opened.add(id);
    onToggle();
  }

  /** Raises the limit of a list; the caller loads the documents. */
  function grow(key) {
    limits.set(key, limitOf(key) + step);
    return onMore(limitOf(key), key);
  }

  const moreInside = ({ id }) => grow(id);
  return { show, more: () => grow('') };
}

/** Replaces children without touching those that stay, since an element that is moved loses the focus. */
function arrange(list, elements) {
  const kept = new Set(elements);
  for (const element of [...list.children]) if (!kept.has(element)) element.remove();
  let cursor = list.firstElementChild;
  for (const element of elements) {
    if (element === cursor) cursor = cursor.nextElementSibling;
    else list.insertBefore(element, cursor);
  }
}
