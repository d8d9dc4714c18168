const reopenAfter = 10; // seconds, used when the server names no time

/**
 * Follows the changes of documents while the page is in view: a tab in the background would hold one of the few
 * connections that a browser has for a server. Each opening begins with `resync`, so nothing is missed by a pause.
 */
export class DocumentFeed {
  #follow;
  #handlers;
  #signal;
  #open = null;

  constructor({ follow, handlers, signal }) {
    this.#follow = follow;
    this.#handlers = handlers;
    this.#signal = signal;
    /** False while there is no feed and the page must poll for changes. */
    this.isLive = false;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#open?.abort() : this.#run()), { signal });
    this.#run();
  }

  async #run() {
    if (document.hidden || this.#signal.aborted || this.#open) return;
    const open = new AbortController();
    this.#open = open;
    const wait = await this.#read(open.signal);
    this.#open = null;
    this.#setLive(false);
    if (this.#signal.aborted) return;
    if (open.signal.aborted) this.#run(); // in view again meanwhile
    else setTimeout(() => this.#run(), wait * 1000);
  }

  /** Returns the number of seconds to wait before following again. */
  async #read(signal) {
    try {
      for await (const { event, data } of this.#follow(signal)) {
        this.#setLive(event !== 'closed');
        if (event === 'closed') return data.retryAfter;
        this.#handlers[event]?.(data);
      }
      return 1;
    } catch (problem) {
      return problem.retryAfter ?? reopenAfter;
    }
  }

  #setLive(live) {
    if (this.isLive === live) return;
    this.isLive = live;
    this.#handlers.liveChanged();
  }
}
