import { foreign, h } from './dom.js';

const listedPages = 5;

/** Statuses that are not final. */
export const isInProgress = ({ status }) => ['queued', 'parsing', 'chunking', 'embedding', 'unpacking'].includes(status);

/**
 * One document in the list; `update` shows its newest state. The buttons stay the same ones: a click or the focus
 * that meets an update must not be lost.
 */
export function documentRow({ me, onOpen, onShare, onDelete, onToggle, onMore }) {
  let info = null;
  let shown = '';
  const title = h('bdi');
  const path = h('bdi');
  const open = h('button', { className: 'document-title', type: 'button', onclick: () => onOpen(info) }, title);
  const remove = h('button', { className: 'button quiet small document-delete', type: 'button', onclick: () => onDelete(info) }, 'Delete');
  const share = h('button', { className: 'button quiet small', type: 'button', onclick: () => onShare(info) }, 'Share');
  const status = h('div');
  const facts = h('p', { className: 'document-facts hint' });
  const tags = h('ul', { className: 'document-tags', 'aria-label': 'Tags' });
  const explanations = h('div', { className: 'document-explanations' });
  const insideId = `inside-${++rowsMade}`;
  const disclosure = h('button', { className: 'document-disclosure', type: 'button', 'aria-controls': insideId, onclick: () => onToggle(info) });
  const inside = h('ul', { className: 'document-inside', id: insideId });
  const more = h('button', { className: 'button quiet small document-more', type: 'button', onclick: () => onMore(info) }, 'Show more');
  const element = h('li', { className: 'document' },
    h('div', { className: 'document-name' }, open, h('p', { className: 'document-path' }, path)),
    status, facts, h('div', { className: 'document-actions' }, share, remove), tags, explanations, disclosure, inside, more);

  function update(newest, { parent, isOpen, summary }) {
    info = newest;
    const now = JSON.stringify([info, isOpen, summary]);
    if (now === shown) return;
    shown = now;
    title.textContent = info.title;
    path.textContent = placeOf(info, parent);
    open.disabled = !info.searchableVersion;
    // A child is deleted and shared only with its parent.
    share.hidden = remove.hidden = info.uploadedBy !== me.subject || Boolean(info.parentId);
    share.setAttribute('aria-label', `Share ${info.title}`);
    remove.setAttribute('aria-label', `Delete ${info.title}`);
    status.className = `status ${info.status}`;
    status.replaceChildren(...statusOf(info));
    facts.replaceChildren(...factsOf(info, me));
    tags.replaceChildren(...tagsOf(info).map(({ text, isFinding }) => h('li', { className: isFinding ? 'tag finding' : 'tag' }, foreign(text))));
    explanations.replaceChildren(...explanationsOf(info));
    disclosure.hidden = summary === '';
    disclosure.textContent = summary;
    disclosure.setAttribute('aria-expanded', String(isOpen));
    inside.hidden = !isOpen;
    inside.setAttribute('aria-label', `In ${info.title}`);
    more.setAttribute('aria-label', `Show more of what is in ${info.title}`);
  }

  return { element, inside, more, update };
}

let rowsMade = 0;

/** The part of the path that title and parent do not already show. */
function placeOf({ path, title }, parent) {
  const place = parent && path.startsWith(`${parent.path}/`) ? path.slice(parent.path.length + 1) : path;
  return place === title ? '' : place;
}

const labels = {
  queued: () => 'Queued',
  parsing: () => 'Parsing',
  chunking: () => 'Chunking',
  embedding: ({ done, total }) => (total > 0 ? `Embedding ${done}/${total}` : 'Embedding'),
  unpacking: () => 'Unpacking',
  indexed: () => 'Indexed',
  empty: () => 'Empty',
  failed: () => 'Failed',
  quarantined: () => 'Held back',
};

function statusOf(info) {
  return [
    h('span', { className: 'status-label' }, labels[info.status]?.(info) ?? info.status),
    info.status === 'embedding' && info.total > 0
      ? h('progress', { max: info.total, value: info.done, 'aria-label': `Embedding ${info.title}` })
      : '',
  ];
}

function factsOf(info, me) {
  return [sizeOf(info.size), info.version > 1 ? ` · version ${info.version}` : '', ' · ', ...accessOf(info.access, me)];
}

/** Details of the document; confidential data is listed with the number of occurrences and the pages. */
function tagsOf({ tags = [], findings = [] }) {
  const found = new Set(findings.map(({ detector }) => `dlp:${detector}`));
  return [
    ...findings.map((finding) => ({ text: findingOf(finding), isFinding: true })),
    ...tags.filter((tag) => !found.has(tag)).map((tag) => ({ text: tag, isFinding: false })),
  ];
}

function findingOf({ detector, action, count, pages, inName }) {
  const where = [
    pages.length > 0 ? `${pages.length === 1 ? 'page' : 'pages'} ${pages.slice(0, listedPages).join(', ')}${pages.length > listedPages ? ' …' : ''}` : '',
    inName ? 'in the name' : '',
    action === 'redact' ? 'redacted' : '',
  ];
  return [`${detector.replaceAll('-', ' ')} × ${count}`, ...where.filter(Boolean)].join(' · ');
}

function accessOf(access, me) {
  if (access.includes('public')) return ['everyone in ', foreign(me.tenant)];
  const others = access.filter((entry) => entry !== `user:${me.subject}`);
  if (others.length === 0) return ['only you'];
  return others.flatMap((entry, index) => [index > 0 ? ', ' : '', foreign(entry.replace(/^(group|user):/, ''))]);
}

function explanationsOf(info) {
  return [
    info.reason ? h('p', { className: 'document-reason', dir: 'auto' }, info.reason) : '',
    info.status === 'empty' && !info.reason ? h('p', { className: 'document-reason' }, 'No text was found in it. A scan needs text recognition first.') : '',
    info.warnings.length > 0
      ? h('details', { className: 'document-warnings' },
        h('summary', {}, info.warnings.length === 1 ? '1 warning' : `${info.warnings.length} warnings`),
        h('ul', {}, ...info.warnings.map((warning) => h('li', { dir: 'auto' }, warning))))
      : '',
  ];
}

function sizeOf(bytes) {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step]}`;
}
