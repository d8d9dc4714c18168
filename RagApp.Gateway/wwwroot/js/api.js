import { serverSentEvents } from './sse.js';

/** A failed request; its message is the server's sentence (problem details, RFC 9457). */
export class Problem extends Error {
  constructor(message, { status = 0, type = null, traceId = null, retryAfter = null } = {}) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    /** Problem type, a URI, when the page can handle the problem. */
    this.type = type;
    this.traceId = traceId;
    /** Seconds to wait before the next try, when the server said so. */
    this.retryAfter = retryAfter;
  }

  static fromJson(json, status, retryAfter = null) {
    return new Problem(json.detail ?? json.title ?? `The server answered ${status}.`,
      { status: json.status ?? status, type: json.type ?? null, traceId: json.traceId ?? null, retryAfter: retryAfter ?? json.retryAfter ?? null });
  }
}

const unreachable = () => new Problem('The server cannot be reached. Check the connection and try again.');

/** The demo people; each subject is also that person's API key. Empty outside Development. */
export async function demoPeople() {
  const response = await fetch('v1/demo-people').catch(() => null);
  return response?.ok ? (await response.json()).people : [];
}

/** The way to sign in by an issuer; null where none is set up. */
export async function signInPlace() {
  const response = await fetch('v1/sign-in').catch(() => null);
  return response?.status === 200 ? response.json() : null;
}

/** Exchanges a code, or a refresh token, for tokens. */
export async function exchangeSignIn(exchange) {
  const response = await fetch('v1/sign-in/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(exchange),
  }).catch(() => { throw unreachable(); });
  if (!response.ok) throw await problemOf(response.status, response.headers.get('Retry-After'), () => response.json());
  return response.json();
}

/** The gateway's API as the person of the credential; `sessionSignal` cuts every request off when the person leaves. */
export function createApi(credential, sessionSignal) {
  const authorization = async () => `Bearer ${await credential.token()}`;

  async function request(path, { signal, ...init } = {}) {
    const signals = signal ? AbortSignal.any([sessionSignal, signal]) : sessionSignal;
    const headers = { Authorization: await authorization(), ...init.headers };
    let response;
    try {
      response = await fetch(path, { ...init, headers, signal: signals });
    } catch (error) {
      throw signals.aborted ? error : unreachable();
    }
    if (!response.ok) throw await problemOf(response.status, response.headers.get('Retry-After'), () => response.json());
    return response;
  }

  const getJson = async (path) => (await request(path)).json();
  const ofDocument = (id, what = '') => `v1/documents/${encodeURIComponent(id)}${what}`;

  return {
    me: () => getJson('v1/me'),
    models: () => getJson('v1/models'),
    /** Reads a page of the documents that match `{ name, status, sort, order }`. */
    documents(limit, after, { name, status, sort, order }) {
      const query = new URLSearchParams({ limit, sort, order });
      if (after) query.set('after', after);
      if (name) query.set('name', name);
      for (const each of status) query.append('status', each);
      return getJson(`v1/documents?${query}`);
    },
    text: (id) => getJson(ofDocument(id, '/text')),
    original: async (id) => (await request(ofDocument(id, '/original'))).blob(),
    setAccess: async (id, access, withoutMe = false) => (await request(ofDocument(id, '/access'), {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ access, withoutMe }),
    })).json(),
    remove: (id) => request(ofDocument(id), { method: 'DELETE' }),

    /** Yields `{ event, data }` for each change of a document as it happens: resync, document, removed, closed. */
    async* follow(signal) {
      const response = await request('v1/documents/events', { signal });
      for await (const { event, data } of serverSentEvents(response.body))
        yield { event, data: JSON.parse(data) };
    },

    /**
     * Asks `{ question, filters, findFilters, mode, history }` and yields `{ event, data }` with data read from JSON: progress,
     * token, citation, withdrawn, done, error.
     */
    async* ask(body, signal) {
      const response = await request('v1/answers', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
        body: JSON.stringify({ ...body, stream: true }),
        signal,
      });
      for await (const { event, data } of serverSentEvents(response.body))
        yield { event, data: JSON.parse(data) };
    },

    /** The passages for `{ query, filters, findFilters, history }`, best first, and how they were found. */
    search: async (body, signal) => (await request('v1/search', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    })).json(),

    /** Uploads one file; XMLHttpRequest, because fetch does not report how much has been sent. */
    async upload({ file, path, access, tags }, signal, onProgress) {
      const credentials = await authorization();
      const form = new FormData();
      form.append('path', path);
      for (const entry of access) form.append('access', entry);
      if (tags) form.append('tags', tags);
      form.append('file', file, file.name); // the last part, since the server streams the file and needs the other parts first

      const { promise, resolve, reject } = Promise.withResolvers();
      const xhr = new XMLHttpRequest();
      const abort = () => xhr.abort();
      const signals = AbortSignal.any([sessionSignal, signal]);
      signals.addEventListener('abort', abort, { once: true });
      xhr.open('POST', 'v1/documents');
      xhr.setRequestHeader('Authorization', credentials);
      xhr.upload.onprogress = (event) => onProgress(event.loaded / Math.max(event.total, 1));
      xhr.onload = async () => {
        const json = () => Promise.resolve(xhr.responseText).then(JSON.parse);
        if (xhr.status < 300) resolve(json());
        else reject(await problemOf(xhr.status, xhr.getResponseHeader('Retry-After'), json));
      };
      xhr.onerror = () => reject(unreachable());
      xhr.onabort = () => reject(new DOMException('Cancelled', 'AbortError'));
      xhr.onloadend = () => signals.removeEventListener('abort', abort);
      xhr.send(form);
      return promise;
    },
  };
}

async function problemOf(status, retryAfter, json) {
  const body = await json().catch(() => ({}));
  return Problem.fromJson(body, status, secondsOf(retryAfter));
}

/** Retry-After is a number of seconds or a date. */
function secondsOf(retryAfter) {
  if (!retryAfter) return null;
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? Math.max(0, (Date.parse(retryAfter) - Date.now()) / 1000) : seconds;
}
