import { h, problemNotice } from './dom.js';

/** The reader: a document's text beside the page, opened at the passage that an answer cites. */
export function mountReader(slots, { api, signal }) {
  const dialog = slots.reader;
  let shown = null;

  slots['reader-close'].addEventListener('click', () => dialog.close());
  slots['reader-download'].addEventListener('click', download);
  // The panel's own parts cover it: a click on the dialog itself is one on the backdrop.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    shown?.returnTo?.focus();
    shown = null;
  });

  /** Opens a document; `ordinal` and `quote` name the passage to show, `version` the one it was cited from. */
  async function open({ documentId, title, path, ordinal, quote, version }) {
    const place = { documentId, path, returnTo: document.activeElement };
    shown = place;
    slots['reader-title'].textContent = title;
    slots['reader-about'].replaceChildren(h('bdi', {}, path));
    slots['reader-body'].replaceChildren(h('p', { className: 'working' }, 'Opening…'));
    dialog.showModal();
    try {
      const text = await api.text(documentId);
      if (shown === place) show(text, { ordinal, quote, version });
    } catch (error) {
      if (shown === place && !signal.aborted) slots['reader-body'].replaceChildren(problemNotice(error));
    }
  }

  function show(text, { ordinal, quote, version }) {
    const cited = text.passages.find((passage) => passage.ordinal === ordinal);
    slots['reader-body'].replaceChildren(
      version && version !== text.version ? changedNotice(version, text.version) : '',
      ...text.passages.flatMap((passage, index) => [
        ...placeOf(passage, text.passages[index - 1]),
        passage === cited ? citedPassage(passage, quote) : h('p', { className: 'passage', dir: 'auto' }, passage.text),
      ]));
    const target = slots['reader-body'].querySelector('.cited') ?? slots['reader-body'];
    if (cited) target.scrollIntoView({ block: 'center' });
    target.focus({ preventScroll: true });
  }

  /** Fetched, not linked: a link would carry no key. */
  async function download() {
    const { documentId, path } = shown;
    slots['reader-download'].disabled = true;
    try {
      const url = URL.createObjectURL(await api.original(documentId));
      h('a', { href: url, download: path.split('/').at(-1) }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      if (!signal.aborted) slots['reader-body'].prepend(problemNotice(error));
    } finally {
      slots['reader-download'].disabled = false;
    }
  }

  return { open };
}

const changedNotice = (cited, current) => h('p', { className: 'notice' },
  `The answer cites version ${cited}; this is version ${current}, which may read differently.`);

/** The headings and the page number in front of a passage, where they change. */
function placeOf(passage, previous) {
  return [
    passage.page && passage.page !== previous?.page ? h('p', { className: 'page-number' }, `Page ${passage.page}`) : '',
    passage.section && passage.section !== previous?.section ? h('h3', { dir: 'auto' }, passage.section) : '',
  ];
}

function citedPassage({ text }, quote) {
  return h('p', { className: 'passage cited', dir: 'auto', tabIndex: -1, role: 'group', 'aria-label': 'Cited passage' },
    ...markQuote(text, quote));
}

/** Cuts the text around its quote, which stands in it word for word. */
function markQuote(text, quote) {
  const at = quote ? text.indexOf(quote) : -1;
  return at < 0 ? [text] : [text.slice(0, at), h('mark', {}, quote), text.slice(at + quote.length)];
}
