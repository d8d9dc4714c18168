import { h } from './dom.js';
import { answerMark, withMarks } from './marks.js';
import { isRow, tableOf } from './quoteTable.js';

const mostBefore = 80; // characters in front of the words that answer, in a snippet
const item = /^(?:[-*+•–▪◦]|\d{1,3}[.)]|[a-z][.)]) +/;

/**
 * Shows a quote as its document has it: rows as a table, items as a list, other lines as paragraphs, with the words that answer
 * marked.
 * @param isWrapped true when line breaks in paragraphs mean nothing
 * @param marker element that leads to the source
 */
export function quoteOf({ quote, answer }, isWrapped, marker) {
  const marks = answerMark(answer);
  const show = (part) => withMarks(quote, part, marks);
  const groups = groupsOf(quote);
  const blocks = groups.map(({ kind, lines }) => blockOf(kind, lines, quote, show));
  const last = blocks.at(-1);
  if (groups.length === 1 && groups[0].kind === 'text') {
    last.prepend('“');
    last.append('”');
  }
  if (groups.at(-1).kind === 'text') last.append(' ', marker);
  else blocks.push(h('p', {}, marker));
  // Lines below an introduction are things of their own, as the items of a list without marks are.
  return h('blockquote', { className: isWrapped && !/:\s*\n/.test(quote) ? 'quote wrapped' : 'quote', dir: 'auto' }, ...blocks);
}

/** Shows a quote on a few lines, from shortly before the words that answer; of a table their row. */
export function quoteSnippet({ quote, answer }) {
  const hasRows = quote.split('\n').some(isRow);
  const line = hasRows && answer ? quote.lastIndexOf('\n', answer.start) + 1 : 0;
  const start = answer && answer.start - line > mostBefore ? quote.lastIndexOf(' ', answer.start - mostBefore / 2) + 1 : line;
  return h('span', { className: hasRows ? 'citation-quote rows' : 'citation-quote', dir: 'auto' },
    start > line ? '… ' : null, ...withMarks(quote, { start, end: quote.length }, answerMark(answer)));
}

/** Consecutive lines of one kind. A wrapped line of an item belongs to it. */
function groupsOf(quote) {
  const groups = [];
  for (const line of linesOf(quote)) {
    const text = quote.slice(line.start, line.end);
    const group = groups.at(-1);
    const kind = isRow(text) ? 'table' : item.test(text) ? 'list' : group?.kind === 'list' && line.isIndented ? 'more' : 'text';
    if (kind === 'more') group.lines.at(-1).end = line.end;
    else if (group?.kind === kind) group.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups;
}

function linesOf(quote) {
  const lines = [];
  let start = 0;
  for (const line of quote.split('\n')) {
    const text = line.trim();
    const from = start + line.length - line.trimStart().length;
    if (text !== '') lines.push({ start: from, end: from + text.length, isIndented: from > start || /^\p{Ll}/u.test(text) });
    start += line.length + 1;
  }
  return lines;
}

function blockOf(kind, lines, quote, show) {
  if (kind === 'table') return tableOf(quote, lines, show);
  if (kind === 'list') return listOf(lines, quote, show);
  return h('p', {}, ...show({ start: lines[0].start, end: lines.at(-1).end }));
}

/** Numbers and letters of items stay as they are written; a dash becomes the list's own mark. */
function listOf(lines, quote, show) {
  const isNumbered = /^[\da-z]/.test(quote.slice(lines[0].start));
  return h('ul', { className: isNumbered ? 'numbered' : '' }, ...lines.map(({ start, end }) => {
    const mark = item.exec(quote.slice(start, end))[0].length;
    return h('li', {}, ...show({ start: isNumbered ? start : start + mark, end }));
  }));
}
