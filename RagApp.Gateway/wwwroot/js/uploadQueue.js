const atOnce = 3;
const pauseWithoutRetryAfter = 5; // seconds

/**
 * Sends files, three at once. Each item is `{ file, path, access, tags, state, progress, problem }` with the state
 * waiting, sending, sent, failed or cancelled. A sent item also has `document`, the server's response to it. A 429 pauses
 * the whole queue for as long as the server says.
 */
export class UploadQueue {
  #waiting = [];
  #sending = 0;
  #resumeAt = 0;
  #upload;
  #onChange;
  #onSent;

  constructor({ upload, onChange, onSent }) {
    this.#upload = upload;
    this.#onChange = onChange;
    this.#onSent = onSent;
    this.items = [];
  }

  get isPaused() { return Date.now() < this.#resumeAt; }

  get resumesIn() { return Math.ceil((this.#resumeAt - Date.now()) / 1000); }

  get isActive() { return this.#sending > 0 || this.#waiting.length > 0; }

  /** @param how `{ access, tags }` of all of them */
  add(files, how) {
    const items = files.map(({ file, path }) => ({ file, path, ...how, state: 'waiting', progress: 0, problem: null, controller: null }));
    this.items.push(...items);
    this.#waiting.push(...items);
    this.#changed();
  }

  cancel(...items) {
    const waiting = new Set(items.filter(({ state }) => state === 'waiting'));
    this.#waiting = this.#waiting.filter((item) => !waiting.has(item));
    for (const item of items) {
      item.state = 'cancelled';
      item.controller?.abort();
    }
    this.#changed();
  }

  retry(...items) {
    for (const item of items) Object.assign(item, { state: 'waiting', progress: 0, problem: null });
    this.#waiting.push(...items);
    this.#changed();
  }

  /** Removes all finished uploads. */
  clear() {
    this.items = this.items.filter(({ state }) => state === 'waiting' || state === 'sending');
    this.#changed();
  }

  #changed() {
    while (this.#sending < atOnce && this.#waiting.length > 0 && !this.isPaused)
      this.#send(this.#waiting.shift());
    this.#onChange();
  }

  async #send(item) {
    this.#sending++;
    Object.assign(item, { state: 'sending', progress: 0, controller: new AbortController() });
    try {
      const document = await this.#upload(item, item.controller.signal, (progress) => {
        item.progress = progress;
        this.#onChange();
      });
      item.state = 'sent';
      this.#onSent(document, item);
    } catch (problem) {
      if (problem.status === 429) this.#pause(item, problem.retryAfter ?? pauseWithoutRetryAfter);
      else if (item.state !== 'cancelled') Object.assign(item, { state: 'failed', problem });
    }
    item.controller = null;
    this.#sending--;
    this.#changed();
  }

  #pause(item, seconds) {
    if (item.state !== 'cancelled') {
      item.state = 'waiting';
      this.#waiting.unshift(item);
    }
    this.#resumeAt = Math.max(this.#resumeAt, Date.now() + seconds * 1000);
    setTimeout(() => this.#changed(), seconds * 1000 + 50);
  }
}
