import { h } from './dom.js';
import { blocksOf, elementOf } from './markdown.js';
import { patch } from './patch.js';
import { quoteOf } from './quote.js';
import { scrollToAnswer } from './quoteTable.js';

const quoted = /^\s*“([^]*)”\s*\[(\d{1,3})\]$/;

/**
 * Shows an answer while it arrives: Markdown, `[1]` as a button, and the quotes of an answer without a model. What does not change
 * is not redrawn, so focus, selection and scroll position survive the next token.
 */
export class AnswerText {
  #root;
  #source = '';
  #blocks = [];
  #heldQuote = '';
  #more = null;

  constructor(root, onMarker) {
    this.#root = root;
    root.onclick = ({ target }) => {
      const pressed = target.closest('.marker');
      if (pressed) onMarker(Number(pressed.dataset.number));
    };
  }

  push(text) {
    this.#releaseQuote();
    if (quoted.test(text)) this.#heldQuote = text;
    else this.#push(text);
  }

  /** Shows the quote that was pushed last by its citation, which says where its answer stands. */
  cite(citation) {
    const [, words, number] = quoted.exec(this.#heldQuote) ?? [];
    if (Number(number) !== citation.number || oneLine(words) !== oneLine(citation.quote)) return;
    this.#heldQuote = '';
    this.#endMarkdown();
    this.#append(quoteOf(citation, !words.includes('\n'), marker(citation.number)));
  }

  end() {
    this.#releaseQuote();
    this.#endMarkdown();
  }

  #releaseQuote() {
    if (this.#heldQuote !== '') this.#push(this.#heldQuote);
    this.#heldQuote = '';
  }

  #push(text) {
    this.#source += text;
    // A possible citation is held back until it is complete.
    this.#show(this.#source.replace(/\[\d{0,3}$/, ''));
  }

  #endMarkdown() {
    this.#show(this.#source);
    this.#source = '';
    this.#blocks = [];
  }

  /** Shows the blocks of the text; only those that changed are made again, at most the last few. */
  #show(markdown) {
    const blocks = blocksOf(markdown);
    blocks.forEach((block, at) => {
      const shown = this.#blocks[at];
      if (shown?.raw === block.raw) return;
      const element = elementOf(block, marker);
      if (!shown) this.#root.append(element);
      this.#blocks[at] = { raw: block.raw, element: shown ? patch(shown.element, element) : element };
    });
    this.#blocks.splice(blocks.length).forEach(({ element }) => element.remove());
  }

  /** The first quote is open, the further ones are folded. */
  #append(quote) {
    if (!this.#root.querySelector('.quote')) {
      this.#root.append(quote);
      scrollToAnswer(quote);
      return;
    }
    if (!this.#more) {
      this.#more = h('details', { className: 'more-places' }, h('summary'));
      this.#more.addEventListener('toggle', ({ target }) => scrollToAnswer(target));
      this.#root.append(this.#more);
    }
    this.#more.append(quote);
    const count = this.#more.childElementCount - 1;
    this.#more.firstElementChild.textContent = `${count} more place${count === 1 ? '' : 's'}`;
  }
}

function marker(number) {
  const button = h('button', { className: 'marker', type: 'button', 'aria-label': `Source ${number}` }, `[${number}]`);
  button.dataset.number = number;
  return button;
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
