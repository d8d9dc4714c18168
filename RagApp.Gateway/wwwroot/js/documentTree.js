import { isInProgress } from './documentRow.js';

/** Documents and their descendants: attachments of a mail, files of an archive, to any depth. */
export class DocumentTree {
  #inside = new Map();

  /** A document whose parent is not in the list is at the top level. */
  constructor(documents) {
    const known = new Set(documents.map(({ id }) => id));
    this.top = [];
    for (const info of documents) {
      if (!known.has(info.parentId)) this.top.push(info);
      else if (this.#inside.has(info.parentId)) this.#inside.get(info.parentId).push(info);
      else this.#inside.set(info.parentId, [info]);
    }
  }

  /** Direct children of a document. */
  inside({ id }) { return this.#inside.get(id) ?? []; }

  /** All descendants of a document. */
  below(info) { return this.inside(info).flatMap((child) => [child, ...this.below(child)]); }

  /** In words: "12 documents inside, 1 failed"; nothing when there is nothing inside. */
  summary(info) {
    const below = this.below(info);
    const count = Math.max(info.children ?? 0, below.length);
    if (count === 0) return '';
    return [`${count} ${count === 1 ? 'document' : 'documents'} inside`,
      ...outcomes.map(({ text, matches }) => [below.filter(matches).length, text]).filter(([found]) => found > 0).map((part) => part.join(' ')),
    ].join(', ');
  }
}

const outcomes = [
  { text: 'failed', matches: ({ status }) => status === 'failed' },
  { text: 'held back', matches: ({ status }) => status === 'quarantined' },
  { text: 'in progress', matches: isInProgress },
];
