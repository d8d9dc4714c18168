import { h, problemNotice } from './dom.js';
import { answerMark, withMarks } from './marks.js';

const mostJoined = 10; // passages that one citation can stand for, at most

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

  /** Opens a document; `ordinal`, `quote` and its `answer` name the passage to show, `version` the one it was cited from. */
  async function open({ documentId, title, path, ordinal, quote, answer, version }) {
    const place = { documentId, path, returnTo: document.activeElement };
    shown = place;
    slots['reader-title'].textContent = title;
    slots['reader-about'].replaceChildren(h('bdi', {}, path));
    slots['reader-body'].replaceChildren(h('p', { className: 'working' }, 'Opening…'));
    dialog.showModal();
    try {
      const text = await api.text(documentId);
      if (shown === place) show(text, { ordinal, quote, answer, version });
    } catch (error) {
      if (shown === place && !signal.aborted) slots['reader-body'].replaceChildren(problemNotice(error));
    }
  }

  function show(text, { ordinal, quote, answer, version }) {
    const cited = citedOf(text.passages, ordinal, quote);
    slots['reader-body'].replaceChildren(
      version && version !== text.version ? changedNotice(version, text.version) : '',
      ...text.passages.flatMap((passage, index) => [
        ...placeOf(passage, text.passages[index - 1]),
        passage === cited ? citedPassage(passage, quote, answer) : h('p', { className: 'passage', dir: 'auto' }, passage.text),
      ]));
    const target = slots['reader-body'].querySelector('.cited') ?? slots['reader-body'];
    if (cited) target.scrollIntoView({ block: 'center' });
    target.focus({ preventScroll: true });
  }

  /** Fetches the original, since a link would send no API key. */
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

/** The cited passage; of neighbours that were cited as one, the one that has the quote. */
function citedOf(passages, ordinal, quote) {
  const cited = passages.find((passage) => passage.ordinal === ordinal);
  if (!cited || !quote || placeOfQuote(cited.text, quote)) return cited;
  return passages.find((passage) => Math.abs(passage.ordinal - ordinal) <= mostJoined && placeOfQuote(passage.text, quote)) ?? cited;
}

function citedPassage({ text }, quote, answer) {
  const place = quote ? placeOfQuote(text, quote) : null;
  return h('p', { className: 'passage cited', dir: 'auto', tabIndex: -1, role: 'group', 'aria-label': 'Cited passage' },
    ...withMarks(text, { start: 0, end: text.length }, place ? marksOf(place, answer) : []));
}

/** Marks the words that answer, in the quote around them; the whole quote when the words are not known. */
function marksOf({ start, end, skipped }, answer) {
  const shift = start - skipped;
  const words = answer ? { start: Math.max(start, answer.start + shift), end: answer.end + shift } : null;
  if (!words || words.start >= words.end) return [{ start, end, wrap: (part) => h('mark', {}, part) }];
  return [{ start, end, wrap: (part) => h('span', { className: 'quoted' }, part) }, ...answerMark(words)];
}

/**
 * The place of a quote in the text. The first lines of a quote (the header of a table, a title) may stand elsewhere; their
 * length is then `skipped`.
 */
function placeOfQuote(text, quote) {
  for (let skipped = 0; ;) {
    const start = text.indexOf(quote.slice(skipped));
    if (start >= 0) return { start, end: start + quote.length - skipped, skipped };
    const lineEnd = quote.indexOf('\n', skipped);
    if (lineEnd < 0) return null;
    skipped = lineEnd + 1;
  }
}
