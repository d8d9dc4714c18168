import { h } from './dom.js';

/**
 * Shows an answer while it arrives: paragraphs, and `[1]` as a button. What is shown is never redrawn, so focus,
 * selection and scroll position survive the next token.
 */
export class AnswerText {
  #root;
  #onMarker;
  #paragraph = null;
  #held = '';

  constructor(root, onMarker) {
    this.#root = root;
    this.#onMarker = onMarker;
  }

  push(text) {
    // What may become a marker, or a paragraph's end, waits for what follows it.
    const [ready, held] = splitEnd(this.#held + text, /(?:\[\d{0,3}|\s+)$/);
    this.#held = held;
    this.#show(ready);
  }

  end() {
    this.#show(this.#held.trimEnd());
    this.#held = '';
  }

  #show(text) {
    for (const part of text.split(/(\n{2,}|\[\d{1,3}\])/)) {
      if (part.startsWith('\n\n')) this.#paragraph = null;
      else if (part !== '') this.#append(/^\[\d+\]$/.test(part) ? this.#marker(Number(part.slice(1, -1))) : part);
    }
  }

  #append(node) {
    if (!this.#paragraph) {
      this.#paragraph = h('p', { dir: 'auto' });
      this.#root.append(this.#paragraph);
    }
    this.#paragraph.append(node);
  }

  #marker(number) {
    const button = h('button', { className: 'marker', type: 'button', 'aria-label': `Source ${number}` }, `[${number}]`);
    button.dataset.number = number;
    button.addEventListener('click', () => this.#onMarker(number));
    return button;
  }
}

function splitEnd(text, pattern) {
  const at = text.search(pattern);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
