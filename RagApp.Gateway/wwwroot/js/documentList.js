import { DocumentFeed } from './documentFeed.js';
import { isInProgress } from './documentRow.js';
import { DocumentTree } from './documentTree.js';

const pollEvery = 1500; // milliseconds, while something is in progress and there is no feed
const showEvery = 200; // milliseconds, however many changes come
const firstPage = 100; // documents: soon there
const nextPage = 1000; // documents: as many as the server gives at once
const wanted = 50; // top-level documents; the files of one archive may fill whole pages
const recentAdded = 20;

const everything = { name: '', status: [], sort: 'name', order: 'asc' };

const sortKeys = {
  name: ({ path }) => path,
  date: ({ date }) => Date.parse(date ?? 0),
  size: ({ size }) => size,
};

/**
 * The documents a person may see, as many as are asked for and in that order, page by page. The server's feed keeps them fresh; without it they are
 * asked for again while one of them is in progress.
 */
export class DocumentList {
  #api;
  #signal;
  #onChange;
  #onSeen;
  #feed;
  #showing = null;
  #asked = everything;
  #documents = new Map();
  #sorted = null;
  #pages = 1;
  #timer = null;
  #added = new Map();
  #recent = new Set();
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

  get documents() { return this.#sorted ??= [...this.#documents.values()].sort((a, b) => this.#compare(a, b)); }

  /** True when a filter by name or state hides documents. */
  get isNarrowed() { return this.#asked.name !== '' || this.#asked.status.length > 0; }

  /** Lists the documents that match `{ name, status, sort, order }` from now on. */
  ask(asked) {
    this.#asked = asked;
    this.#pages = 1;
    this.#sorted = null;
    return this.refresh();
  }

  /** True for one of the documents uploaded last on this page: it is shown wherever it is in the order. */
  isRecent({ id }) { return this.#recent.has(id); }

  /** Shows a document that has just been uploaded, until the next refresh brings its place in the order. */
  add(info) {
    this.#recent.add(info.id);
    if (this.#recent.size > recentAdded) this.#recent.delete(this.#recent.values().next().value);
    this.#set(info);
    this.#changedSoon();
  }

  async share({ id }, access, withoutMe) {
    this.#set(await this.#api.setAccess(id, access, withoutMe));
    this.#changed(null);
  }

  /** Deletes a document with its children, as the server does. */
  async remove(info) {
    await this.#api.remove(info.id);
    for (const { id } of new DocumentTree(this.documents).below(info)) this.#documents.delete(id);
    this.#documents.delete(info.id);
    this.#changed(null);
    await this.refresh(); // a read in progress may still contain the document
  }

  /** Applies a change from the feed; a document that belongs after the pages read so far is ignored. */
  #see(info) {
    this.#onSeen(info);
    const isListed = this.#documents.has(info.id);
    if (this.isNarrowed) this.#readSoon(); // only the server knows whether the document matches the filter
    if (!isListed && (this.isNarrowed || (this.hasMore && this.#isBehindAll(info)))) return;
    this.#set(info);
    this.#changedSoon();
  }

  #compare(a, b) {
    const [keyOfA, keyOfB] = [a, b].map(sortKeys[this.#asked.sort]);
    const [first, second] = keyOfA === keyOfB ? [a.id, b.id] : [keyOfA, keyOfB];
    return (first < second) === (this.#asked.order === 'asc') ? -1 : 1;
  }

  #isBehindAll(info) {
    const last = this.documents.at(-1);
    return last !== undefined && this.#compare(last, info) < 0;
  }

  #set(info) {
    this.#added.set(info.id, info);
    this.#documents.set(info.id, info);
    this.#sorted = null;
  }

  #forget(id) {
    this.#added.delete(id);
    this.#sorted = null;
    if (this.#documents.delete(id)) this.#changedSoon();
  }

  #readSoon() {
    this.#timer ??= setTimeout(() => this.refresh(), pollEvery);
  }

  #changedSoon() {
    this.#showing ??= setTimeout(() => {
      this.#showing = null;
      if (!this.#signal.aborted) this.#changed(null);
    }, showEvery);
  }

  /** Reads one more page. */
  readOn() {
    this.#pages++;
    return this.refresh();
  }

  /** Reads the list again; all calls during a read share one further read. */
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
      const asked = this.#asked;
      const missing = new Set(this.isNarrowed ? [] : this.documents.filter(isInProgress).map(({ id }) => id));
      let [next, standing] = [null, 0];
      // Reads as many pages as before, and further ones until there is something to show and everything in progress has been read.
      for (let page = 1; page <= this.#pages || missing.size > 0 || standing < wanted; page++) {
        const answer = await this.#api.documents(page === 1 ? firstPage : nextPage, next, asked);
        if (asked !== this.#asked) return; // the filter changed meanwhile; its list is read next
        for (const info of answer.documents) {
          fresh.set(info.id, info);
          if (!fresh.has(info.parentId)) standing++;
          this.#onSeen(info);
          missing.delete(info.id);
        }
        next = answer.next ?? null;
        this.#pages = Math.max(this.#pages, page);
        if (!next) break;
      }
      for (const [id, info] of this.#added) if (!this.isNarrowed || fresh.has(id)) fresh.set(id, info); // told while the pages were read
      this.#documents = fresh;
      this.hasMore = Boolean(next);
      this.#changed(null);
    } catch (problem) {
      if (!this.#signal.aborted) this.#changed(problem);
    }
  }

  #changed(problem) {
    this.#sorted = null;
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
