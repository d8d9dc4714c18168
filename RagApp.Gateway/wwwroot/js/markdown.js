import { h } from './dom.js';
import { Marked } from '../vendor/marked.esm.js';

const citation = /(\[\d{1,3}\])/;

// HTML is text here. A definition, `[1]: https://…`, would turn every citation into a link.
const none = () => undefined;
const reader = new Marked({ gfm: true, breaks: true, tokenizer: { html: none, tag: none, def: none } });

/** The blocks of a Markdown text, each with its source in `raw`. */
export const blocksOf = (markdown) => reader.lexer(markdown).filter(({ type }) => type !== 'space');

/**
 * Makes the element of a block. There are no links and no images: their words stay. The only control is the citation, `[1]`.
 * Every element is made by name and every text is a text node, so nothing that a model writes becomes markup.
 * @param cite makes the element of a citation from its number
 */
export function elementOf(block, cite) {
  const inline = (tokens) => inlineOf(tokens ?? [], cite);
  const blocks = (tokens) => tokens.flatMap((each) => (each.type === 'text' ? inline(each.tokens ?? [each]) : each.type === 'space' ? [] : [elementOf(each, cite)]));
  switch (block.type) {
    case 'heading': return h(`h${Math.min(6, block.depth + 2)}`, { dir: 'auto' }, ...inline(block.tokens)); // below the question's h2
    case 'code': return h('pre', { tabIndex: 0 }, h('code', {}, block.text));
    case 'hr': return h('hr');
    case 'blockquote': return h('blockquote', { className: 'quote', dir: 'auto' }, ...blocks(block.tokens));
    case 'list': return h(block.ordered ? 'ol' : 'ul', { dir: 'auto', ...(block.ordered ? { start: block.start || 1 } : {}) },
      ...block.items.map((item) => h('li', {}, ...blocks(item.tokens))));
    case 'table': return tableOf(block, inline);
    default: return h('p', { dir: 'auto' }, ...(block.tokens ? inline(block.tokens) : [block.raw]));
  }
}

function tableOf({ header, rows, align }, inline) {
  const cells = (tag, row) => row.map(({ tokens }, column) => h(tag, { className: align[column] === 'right' ? 'number' : '' }, ...inline(tokens)));
  return h('div', { className: 'table-frame', tabIndex: 0, role: 'region', 'aria-label': 'Table' },
    h('table', { dir: 'auto' },
      h('thead', {}, h('tr', {}, ...cells('th', header))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...cells('td', row))))));
}

function inlineOf(tokens, cite) {
  return tokens.flatMap((token) => {
    const inner = () => (token.tokens ? inlineOf(token.tokens, cite) : withCitations(token.text, cite));
    switch (token.type) {
      case 'strong': return h('strong', {}, ...inner());
      case 'em': return h('em', {}, ...inner());
      case 'del': return h('del', {}, ...inner());
      case 'codespan': return h('code', {}, token.text);
      case 'br': return h('br');
      case 'link': return [...inner(), token.text === token.href || token.raw === token.text ? '' : ` (${token.href})`];
      case 'image': return token.text;
      case 'escape': return token.text;
      case 'text': return inner();
      default: return token.raw;
    }
  });
}

const withCitations = (text, cite) => text.split(citation).filter(Boolean).map((part) => (citation.test(part) ? cite(Number(part.slice(1, -1))) : part));
