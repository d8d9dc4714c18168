import { DocumentFeed } from './documentFeed.js';
import { isInProgress } from './documentRow.js';
import { DocumentTree } from './documentTree.js';

const pollEvery = 1500; // milliseconds, while something is in progress and there is no feed
const showEvery = 200; // milliseconds, however many changes come
const firstPage = 100; // documents: soon there
const nextPage = 1000; // documents: as many as the server gives at once
const wanted = 50; // documents that stand for themselves; one archive may fill pages
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

  /** Whether some are left out, for their name or their state. */
  get isNarrowed() { return this.#asked.name !== '' || this.#asked.status.length > 0; }

  /** Lists what `{ name, status, sort, order }` asks for from now on. */
  ask(asked) {
    this.#asked = asked;
    this.#pages = 1;
    this.#sorted = null;
    return this.refresh();
  }

  /** Whether it is one of the last that were uploaded here: it is looked for, wherever its place is. */
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

  /** With what is inside, as the server does. */
  async remove(info) {
    await this.#api.remove(info.id);
    for (const { id } of new DocumentTree(this.documents).below(info)) this.#documents.delete(id);
    this.#documents.delete(info.id);
    this.#changed(null);
    await this.refresh(); // a reading under way may still have seen it
  }

  /** A change that the feed told; one that belongs behind the pages shown is left for them. */
  #see(info) {
    this.#onSeen(info);
    const isListed = this.#documents.has(info.id);
    if (this.isNarrowed) this.#readSoon(); // whether it belongs here is for the server to say
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

  /** Reads a page more. */
  readOn() {
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
      const asked = this.#asked;
      const missing = new Set(this.isNarrowed ? [] : this.documents.filter(isInProgress).map(({ id }) => id));
      let [next, standing] = [null, 0];
      // As many pages as before, and on until there is something to show and everything in progress has been seen.
      for (let page = 1; page <= this.#pages || missing.size > 0 || standing < wanted; page++) {
        const answer = await this.#api.documents(page === 1 ? firstPage : nextPage, next, asked);
        if (asked !== this.#asked) return; // something else was asked meanwhile, and is read next
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
