import { isInProgress } from './documentRow.js';

const pollEvery = 1500; // milliseconds, while something is in progress

/** The documents a person may read, by path, page by page, kept fresh by polling while one of them is in progress. */
export class DocumentList {
  #api;
  #signal;
  #onChange;
  #documents = new Map();
  #pages = 1;
  #timer = null;
  #running = null;

  constructor({ api, signal, onChange }) {
    this.#api = api;
    this.#signal = signal;
    this.#onChange = onChange;
    /** True when there are more documents than are listed here. */
    this.hasMore = false;
    document.addEventListener('visibilitychange', () => this.#schedule(pollEvery), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  get documents() { return [...this.#documents.values()]; }

  /** Shows a document that has just been uploaded, until the next refresh brings its place in the order. */
  add(info) {
    this.#documents.set(info.id, info);
    this.#changed(null);
  }

  async remove({ id }) {
    await this.#api.remove(id);
    this.#documents.delete(id);
    this.#changed(null);
  }

  showMore() {
    this.#pages++;
    return this.refresh();
  }

  /** Reads the list anew; calls while it is being read share one more reading after it. */
  async refresh() {
    while (this.#running) await this.#running;
    this.#running ??= this.#read().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #read() {
    clearTimeout(this.#timer);
    try {
      const fresh = new Map();
      const missing = new Set(this.documents.filter(isInProgress).map(({ id }) => id));
      let next = null;
      // As many pages as are shown, and on until everything in progress has been seen.
      for (let page = 1; page <= this.#pages || (next && missing.size > 0); page++) {
        const answer = await this.#api.documents(next);
        for (const info of answer.documents) {
          fresh.set(info.id, info);
          missing.delete(info.id);
        }
        next = answer.next ?? null;
        this.#pages = Math.max(this.#pages, page);
        if (!next) break;
      }
      this.#documents = fresh;
      this.hasMore = Boolean(next);
      this.#changed(null);
    } catch (problem) {
      if (!this.#signal.aborted) this.#changed(problem);
    }
  }

  #changed(problem) {
    this.#onChange(problem);
    this.#schedule(Math.max(pollEvery, (problem?.retryAfter ?? 0) * 1000));
  }

  #schedule(delay) {
    clearTimeout(this.#timer);
    if (!document.hidden && !this.#signal.aborted && this.documents.some(isInProgress))
      this.#timer = setTimeout(() => this.refresh(), delay);
  }
}
