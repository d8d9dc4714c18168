import { h } from './dom.js';

const mostHeaderRows = 3;
const longestName = 60;

/** True for a line of a table: cells with bars or tabs between them. */
export const isRow = (line) => line.startsWith('|') || line.includes('\t') || line.includes(' | ');

/**
 * Shows the rows of a quote as a table that scrolls sideways when it is too wide.
 * @param lines `{ start, end }` of each row in the text
 * @param show the nodes of a part of the text
 */
export function tableOf(text, lines, show) {
  const rows = lines.filter((line) => !isRule(text.slice(line.start, line.end))).map((line) => cellsOf(text, line));
  const { header, body } = withNames(rows) ?? withHeader(rows);
  const columns = Math.max(...header.map((row) => row.length), ...body.map((row) => row.length));
  const cell = (tag, each) => h(tag, { className: isNumber(each?.text) ? 'number' : '' }, ...(each ? show(each) : []));
  return h('div', { className: 'table-frame', tabIndex: 0, role: 'region', 'aria-label': 'Table' },
    h('table', {},
      header.length > 0 ? h('thead', {}, ...header.map((row) => h('tr', {}, ...padded(row, columns, 'before').map((each) => headerCell(each, show))))) : null,
      h('tbody', {}, ...body.map((row) => h('tr', {}, ...padded(row, columns, 'after').map((each) => cell('td', each)))))));
}

/** Scrolls the tables in an element sideways, as far as the words that answer are out of sight. */
export function scrollToAnswer(element) {
  for (const frame of element.querySelectorAll('.table-frame')) {
    const cell = frame.querySelector('td:has(mark)');
    if (cell) frame.scrollLeft = cell.offsetLeft + cell.offsetWidth - frame.clientWidth;
  }
}

const headerCell = (each, show) => (each ? h('th', { scope: 'col' }, ...show(each)) : h('td'));

/** The line below a Markdown header, `|---|---|`. */
const isRule = (line) => /^[|\s:+-]*-[|\s:+-]*$/.test(line);

function cellsOf(text, { start, end }) {
  const line = text.slice(start, end);
  const separator = line.includes('|') ? '|' : '\t';
  const cells = [];
  for (let from = 0; from <= line.length;) {
    const to = line.indexOf(separator, from) < 0 ? line.length : line.indexOf(separator, from);
    cells.push(trimmed(text, start + from, start + to));
    from = to + 1;
  }
  if (line.startsWith('|')) {
    cells.shift();
    if (cells.at(-1)?.text === '') cells.pop();
  }
  return cells;
}

function trimmed(text, start, end) {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return { start: from, end: Math.max(from, start + part.trimEnd().length), text: part.trim() };
}

/** Rows of a sheet name the column in each cell, `Country: France | Nights: 3`: the names become the header. Null for other rows. */
function withNames(rows) {
  const named = rows.map((row) => row.map(nameOf));
  if (!named.every((cells) => cells.length > 1 && cells.filter(({ name }) => name).length * 3 >= cells.length * 2)) return null;
  const names = [...new Set(named.flatMap((cells) => cells.map(({ name }) => name?.text ?? '')))];
  const nameCells = names.map((name) => named.flat().find((cell) => (cell.name?.text ?? '') === name).name);
  return {
    header: [nameCells],
    body: named.map((cells) => names.map((name) => cells.find((cell) => (cell.name?.text ?? '') === name)?.value)),
  };
}

function nameOf(cell) {
  const at = cell.text.indexOf(': ');
  if (at <= 0 || at > longestName || !/^[\p{L}(]/u.test(cell.text)) return { name: null, value: cell };
  const value = cell.text.slice(at + 2);
  return {
    name: { start: cell.start, end: cell.start + at, text: cell.text.slice(0, at) },
    value: { start: cell.end - value.trimStart().length, end: cell.end, text: value.trim() },
  };
}

/** The first rows are a header when all their cells are names, up to the first row with more than one; see TableHeader.cs. */
function withHeader(rows) {
  for (let count = 1; count < rows.length && count <= mostHeaderRows; count++) {
    const filled = rows[count - 1].filter(({ text }) => text !== '');
    if (filled.length === 0 || !filled.every(({ text }) => isName(text))) break;
    if (filled.length > 1) return { header: rows.slice(0, count), body: rows.slice(count) };
  }
  return { header: [], body: rows };
}

const isName = (cell) => cell.length <= longestName && (/^[\p{L}(]/u.test(cell) || /^(19|20)\d\d$/.test(cell));

const isNumber = (text = '') => /^[^\p{L}]*\d[\d\s.,'%()–-]*\p{Sc}?$/u.test(text);

/** Fills a row up to the number of columns. A header with fewer cells than the rows lacks a name of the first column, which names the rows. */
function padded(row, columns, side) {
  const missing = Array(Math.max(0, columns - row.length)).fill(null);
  return side === 'before' ? [...missing, ...row] : [...row, ...missing];
}
