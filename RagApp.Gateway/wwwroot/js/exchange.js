import { announce } from './announcer.js';
import { AnswerText } from './answerText.js';
import { foreign, h, problemNotice } from './dom.js';

const speakEvery = 4000; // milliseconds between two announcements of a long answer

/** One question and its answer, from "Searching" to the last citation. */
export class Exchange {
  #citations = new Map();
  #openDocument;
  #state = h('p', { className: 'working' }, 'Searching your documents…');
  #body = h('div', { className: 'answer' });
  #list = h('ol', { className: 'citations' });
  #sources = h('div', { className: 'sources', hidden: true }, h('h3', {}, 'Sources'), this.#list);
  #end = h('div', { className: 'answer-end' });
  #text;
  #unspoken = '';
  #spokenAt = Date.now();

  constructor(question, openDocument) {
    this.#openDocument = openDocument;
    this.#text = new AnswerText(this.#body, (number) => this.#open(number));
    this.element = h('article', { className: 'exchange card' },
      h('h2', { className: 'question', dir: 'auto' }, question),
      this.#state, this.#body, this.#sources, this.#end);
    announce('Searching your documents.');
  }

  /** Takes one event of the stream; true when it was the last. */
  take({ event, data }) {
    switch (event) {
      case 'token': this.#token(data.text); return false;
      case 'citation': this.#citation(data); return false;
      case 'done': this.#done(data); return true;
      default: return false;
    }
  }

  stopped() {
    this.#finish();
    this.#end.append(h('p', { className: 'hint' }, 'Stopped.'));
    announce('Stopped.');
  }

  failed(problem, again) {
    this.#finish();
    this.#end.append(problemNotice(problem,
      h('button', { className: 'button', type: 'button', onclick: again }, 'Ask again')));
  }

  #token(text) {
    this.#state.hidden = true;
    this.#body.classList.add('arriving');
    this.#text.push(text);
    this.#unspoken += text;
    if (Date.now() - this.#spokenAt > speakEvery) this.#speakSentences();
  }

  #citation(citation) {
    this.#citations.set(citation.number, citation);
    this.#list.append(h('li', {}, citationButton(citation, () => this.#open(citation.number))));
    this.#sources.hidden = false;
  }

  #done(summary) {
    this.#finish();
    if (!summary.found) {
      this.#body.classList.add('not-found');
      if (this.#body.textContent === '') this.#body.append(h('p', {}, 'Nothing in the documents you may read answers this.'));
      this.#end.append(h('p', { className: 'hint' }, 'Try other words, or add a document that has the answer.'));
    }
    this.#end.append(h('p', { className: 'summary' }, ...summaryOf(summary)));
    announce(summary.found ? `${spoken(this.#unspoken)} Answer complete, ${countOf(this.#citations.size, 'source')}.` : this.#body.textContent);
  }

  #finish() {
    this.#state.remove();
    this.#text.end();
    this.#body.classList.remove('arriving');
    for (const marker of this.#body.querySelectorAll('.marker')) {
      const citation = this.#citations.get(Number(marker.dataset.number));
      if (citation) marker.setAttribute('aria-label', `Source ${citation.number}: ${citation.title}`);
      else marker.replaceWith(marker.textContent);
    }
  }

  /** Whole sentences only: half a sentence read aloud is noise. */
  #speakSentences() {
    const end = this.#unspoken.search(/[.!?。؟]\s[^.!?。؟]*$/) + 1;
    if (end === 0) return;
    announce(spoken(this.#unspoken.slice(0, end)));
    this.#unspoken = this.#unspoken.slice(end);
    this.#spokenAt = Date.now();
  }

  #open(number) {
    const citation = this.#citations.get(number);
    if (citation) this.#openDocument(citation);
  }
}

function citationButton(citation, onOpen) {
  const place = [citation.section, citation.page ? `page ${citation.page}` : ''].filter(Boolean).join(' · ');
  return h('button', { className: 'citation', type: 'button', onclick: onOpen },
    h('span', { className: 'citation-number' }, String(citation.number)),
    h('span', { className: 'citation-title' }, foreign(citation.title)),
    place ? h('span', { className: 'citation-place', dir: 'auto' }, place) : null,
    h('span', { className: 'citation-quote', dir: 'auto' }, citation.quote));
}

function summaryOf(summary) {
  const parts = [
    summary.answerer === 'model' ? `Written by ${summary.model}` : 'Answers by quoting (no model configured)',
    `${countOf(summary.passagesUsed, 'passage')} read`,
    summary.passagesLeftOut > 0 ? `${summary.passagesLeftOut} more not used` : '',
    summary.promptTokens ? `${summary.promptTokens} + ${summary.completionTokens ?? 0} tokens` : '',
  ].filter(Boolean);
  return [parts.join(' · '), summary.traceId ? h('span', { className: 'trace' }, ' · trace ', h('code', {}, summary.traceId)) : null];
}

/** Without the markers: they are buttons, read where they stand. */
const spoken = (text) => text.replace(/\s*\[\d+\]/g, '').trim();

const countOf = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
