import { DocumentFeed } from './documentFeed.js';
import { isInProgress } from './documentRow.js';

const pollEvery = 1500; // milliseconds, while something is in progress and there is no feed
const showEvery = 200; // milliseconds, however many changes come

/**
 * The documents a person may read, by path, page by page. The server's feed keeps them fresh; without it they are
 * asked for again while one of them is in progress.
 */
export class DocumentList {
  #api;
  #signal;
  #onChange;
  #onSeen;
  #feed;
  #showing = null;
  #documents = new Map();
  #pages = 1;
  #timer = null;
  #added = new Map();
  #running = Promise.resolve();
  #waiting = null;

  constructor({ api, signal, onChange, onSeen }) {
    this.#api = api;
    this.#signal = signal;
    this.#onChange = onChange;
    this.#onSeen = onSeen;
    /** True when there are more documents than are listed here. */
    this.hasMore = false;
    document.addEventListener('visibilitychange', () => this.#schedule(pollEvery), { signal });
    signal.addEventListener('abort', () => this.#stopTimer());
    this.#feed = new DocumentFeed({
      follow: api.follow,
      signal,
      handlers: {
        resync: () => this.refresh(),
        document: (info) => this.#see(info),
        removed: ({ id }) => this.#forget(id),
        liveChanged: () => (this.#feed.isLive ? this.#stopTimer() : this.#schedule(pollEvery)),
      },
    });
  }

  get documents() { return [...this.#documents.values()].sort((a, b) => (a.path < b.path ? -1 : 1)); }

  /** Shows a document that has just been uploaded, until the next refresh brings its place in the order. */
  add(info) {
    this.#added.set(info.id, info);
    this.#documents.set(info.id, info);
    this.#changed(null);
  }

  async share({ id }, access) {
    const info = await this.#api.setAccess(id, access);
    this.#added.set(id, info);
    this.#documents.set(id, info);
    this.#changed(null);
  }

  async remove({ id }) {
    await this.#api.remove(id);
    this.#documents.delete(id);
    this.#changed(null);
    await this.refresh(); // a reading under way may still have seen it
  }

  /** A change that the feed told; one that belongs behind the pages shown is left for them. */
  #see(info) {
    this.#onSeen(info);
    if (!this.#documents.has(info.id) && this.hasMore && this.documents.every(({ path }) => path < info.path)) return;
    this.#added.set(info.id, info);
    this.#documents.set(info.id, info);
    this.#changedSoon();
  }

  #forget(id) {
    this.#added.delete(id);
    if (this.#documents.delete(id)) this.#changedSoon();
  }

  #changedSoon() {
    this.#showing ??= setTimeout(() => {
      this.#showing = null;
      if (!this.#signal.aborted) this.#changed(null);
    }, showEvery);
  }

  showMore() {
    this.#pages++;
    return this.refresh();
  }

  /** Reads the list anew; calls while it is being read share one more reading after it. */
  refresh() {
    this.#waiting ??= this.#running.then(() => {
      this.#waiting = null;
      this.#running = this.#read();
      return this.#running;
    });
    return this.#waiting;
  }

  async #read() {
    this.#stopTimer();
    this.#added.clear();
    try {
      const fresh = new Map();
      const missing = new Set(this.documents.filter(isInProgress).map(({ id }) => id));
      let next = null;
      // As many pages as are shown, and on until everything in progress has been seen.
      for (let page = 1; page <= this.#pages || (next && missing.size > 0); page++) {
        const answer = await this.#api.documents(next);
        for (const info of answer.documents) {
          fresh.set(info.id, info);
          this.#onSeen(info);
          missing.delete(info.id);
        }
        next = answer.next ?? null;
        this.#pages = Math.max(this.#pages, page);
        if (!next) break;
      }
      for (const [id, info] of this.#added) fresh.set(id, info); // told while the pages were read
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
    if (this.#timer || this.#feed.isLive || document.hidden || this.#signal.aborted || !this.documents.some(isInProgress)) return;
    this.#timer = setTimeout(() => this.refresh(), delay);
  }

  #stopTimer() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}
