import { demoPeople } from './api.js';
import { foreign, h } from './dom.js';

export const enough = 3;
const mostRead = 12; // documents whose text is fetched to look for questions, in a visit
const longest = 120; // passages: the text of a longer document is too much to fetch for one example
const question = /^[\p{Lu}\p{Lo}¿][^\n]{9,118}[?？؟]$/u;

/**
 * Questions to begin with: those written for a demo person, whose documents are indexed; else questions that the documents
 * themselves ask, as a list of frequent questions does. None when there are no such questions.
 */
export class Examples {
  #api;
  #person;
  #read = new Set();
  #asked = [];

  constructor(api, me) {
    this.#api = api;
    this.#person = demoPeople().then((people) => people.find(({ tenant, subject }) => tenant === me.tenant && subject === me.subject));
  }

  async of(documents) {
    const indexed = documents.filter(({ status }) => status === 'indexed');
    const written = ((await this.#person)?.questions ?? []).filter(({ path }) => indexed.some((document) => document.path === path));
    if (written.length > 0) return written.map(({ text }) => text);
    await this.#readSome(indexed);
    return this.#asked.slice(0, enough);
  }

  /** Reads some documents that were not read before, spread over the list. */
  async #readSome(documents) {
    const left = mostRead - this.#read.size;
    const readable = left > 0 ? documents.filter(({ id, total }) => total > 0 && total <= longest && !this.#read.has(id)) : [];
    const step = Math.max(1, Math.floor(readable.length / left));
    const chosen = readable.filter((_, index) => index % step === 0).slice(0, left);
    chosen.forEach(({ id }) => this.#read.add(id));
    const texts = await Promise.all(chosen.map(({ id }) => this.#api.text(id)));
    // One question of each document first, so that several documents have one.
    const asked = texts.map(({ passages }) => questionsOf(passages));
    const inTurn = Array.from({ length: enough }, (_, turn) => asked.map((questions) => questions[turn])).flat();
    this.#asked = [...new Set([...this.#asked, ...inTurn.filter(Boolean)])];
  }
}

/** Headings that are questions, and lines that ask something which the next line answers. */
function questionsOf(passages) {
  const headings = passages.map(({ section }) => section?.split(' › ').at(-1) ?? '');
  const lines = passages.flatMap(({ text }) => text.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, -1));
  return [...headings, ...lines].filter((text) => question.test(text));
}

export const exampleButton = (text, onAsk) =>
  h('li', {}, h('button', { className: 'example', type: 'button', onclick: () => onAsk(text) }, foreign(text)));
