import { announce } from './announcer.js';
import { notesOf } from './answerNotes.js';
import { AnswerText } from './answerText.js';
import { foreign, h, problemNotice } from './dom.js';
import { countOf, explanationOf } from './explanation.js';
import { lookedFor } from './found.js';
import { quoteSnippet } from './quote.js';
import { SearchSteps } from './searchSteps.js';
import { markUnsupported } from './unsupported.js';

const speakEvery = 4000; // milliseconds between two announcements of a long answer

/** One question and its answer, or the passages for it, from "Searching" to the last citation. */
export class Exchange {
  #question;
  #how;
  #openDocument;
  #ask;
  #citations = new Map();
  #lookedFor = h('div', { className: 'looked-for' });
  #state = h('p', { className: 'working' }, 'Searching your documents…');
  #steps = new SearchSteps();
  #body = h('div', { className: 'answer' });
  #list = h('ol', { className: 'citations' });
  #listName = h('h3', {}, 'Sources');
  #sources = h('div', { className: 'sources', hidden: true }, this.#listName, this.#list);
  #end = h('div', { className: 'answer-end' });
  #text;
  #said = '';
  #unspoken = '';
  #spokenAt = Date.now();

  /**
   * @param how `{ filters, findFilters, mode }` that the question is asked with
   * @param ask asks again in another way, in the place of this one
   */
  constructor(question, how, { openDocument, ask }) {
    this.#question = question;
    this.#how = how;
    this.#openDocument = openDocument;
    this.#ask = ask;
    this.#text = new AnswerText(this.#body, (number) => this.#open(number));
    this.element = h('article', { className: 'exchange card' },
      h('h2', { className: 'question', dir: 'auto' }, question),
      this.#lookedFor, this.#state, this.#steps.element, this.#body, this.#sources, this.#end);
    this.#lookedFor.append(...lookedFor(question, how, {}, ask));
    announce('Searching your documents.');
  }

  /** Takes one event of the stream; true when it was the last. */
  take({ event, data }) {
    switch (event) {
      case 'progress': this.#steps.add(data); return false;
      case 'token': this.#token(data.text); return false;
      case 'citation': this.#citation(data); return false;
      case 'withdrawn': this.#withdrawn(data.text); return false;
      case 'done': this.#done(data); return true;
      default: return false;
    }
  }

  /** The answer's text for the history of the next question. */
  get answer() { return spoken(this.#said); }

  /** Shows passages instead of an answer. */
  found({ hits, explain, reply }) {
    if (reply) this.#token(reply);
    this.#finish();
    this.#listName.textContent = 'Passages';
    hits.forEach((hit, index) => this.#citation({ ...hit, number: index + 1, quote: hit.text }));
    if (hits.length === 0 && !reply) this.#abstain('No passage in the documents you may read is about this.');
    this.#explain(explain);
    announce(reply ?? `${countOf(hits.length, 'passage')} found.`);
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
    this.#said += text;
    this.#unspoken += text;
    if (Date.now() - this.#spokenAt > speakEvery) this.#speakSentences();
  }

  /** Replaces the text and its citations, since no passage supports it or it may not be shown. */
  #withdrawn(text) {
    this.#body.replaceChildren();
    this.#list.replaceChildren();
    this.#citations.clear();
    this.#sources.hidden = true;
    this.#text = new AnswerText(this.#body, (number) => this.#open(number));
    this.#said = this.#unspoken = '';
    this.#token(text);
  }

  #citation(citation) {
    this.#citations.set(citation.number, citation);
    this.#text.cite(citation);
    this.#list.append(h('li', {}, citationButton(citation, () => this.#open(citation.number))));
    this.#sources.hidden = false;
  }

  #done(summary) {
    this.#finish();
    if (!summary.found && !summary.withheld && summary.answerer !== 'router') this.#abstain('Nothing in the documents you may read answers this.');
    const unplaced = markUnsupported(this.#body, summary.unsupported ?? []);
    this.#end.append(...notesOf(summary, unplaced));
    if (summary.answerer !== 'router') this.#end.append(h('p', { className: 'summary' }, ...summaryOf(summary)));
    this.#explain(summary.explain);
    announce(summary.found ? `${spoken(this.#unspoken)} Answer complete, ${countOf(this.#citations.size, 'source')}.` : this.#body.textContent);
  }

  /** Shows the text in another style, so that nobody mistakes it for an answer. */
  #abstain(sentence) {
    this.element.classList.add('abstained');
    if (this.#body.textContent === '') this.#body.append(h('p', {}, sentence));
    this.#end.append(h('p', { className: 'hint' }, 'Try other words or fewer filters, or add a document that has the answer.'));
  }

  #explain(explain) {
    if (!explain) return;
    this.#lookedFor.replaceChildren(...lookedFor(this.#question, this.#how, explain, this.#ask));
    if (!['help', 'smallTalk', 'outOfScope'].includes(explain.route)) this.#end.append(explanationOf(explain));
  }

  #finish() {
    this.#state.remove();
    this.#steps.end();
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
    quoteSnippet(citation));
}

function summaryOf(summary) {
  const parts = [
    summary.answerer === 'model' ? `Written by ${summary.model}` : 'Answers by quoting (no model configured)',
    `${countOf(summary.passagesUsed, 'passage')} read`,
    summary.searches ? `${countOf(summary.searches.rounds, 'round')} of the model` : '',
    summary.passagesLeftOut > 0 ? `${summary.passagesLeftOut} more not used` : '',
    summary.promptTokens ? `${summary.promptTokens} + ${summary.completionTokens ?? 0} tokens` : '',
  ].filter(Boolean);
  return [parts.join(' · '), summary.traceId ? h('span', { className: 'trace' }, ' · trace ', h('code', {}, summary.traceId)) : null];
}

/** Removes the markers: they are buttons, which screen readers read in place. */
const spoken = (text) => text.replace(/\s*\[\d+\]/g, '').trim();
