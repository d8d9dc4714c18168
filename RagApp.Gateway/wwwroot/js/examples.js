import { foreign, h } from './dom.js';

const wanted = 3;
const longest = 120; // passages: the text of a longer document is too much to fetch for one example

/** Questions that this person's own documents can answer: a heading of each of a few of them. */
export async function exampleQuestions(documents, api) {
  const readable = documents.filter((document) => document.status === 'indexed' && document.total <= longest);
  const step = Math.max(1, Math.floor(readable.length / wanted));
  const chosen = readable.filter((_, index) => index % step === 0).slice(0, wanted);
  return Promise.all(chosen.map(async ({ id, title }) => {
    const { passages } = await api.text(id);
    const heading = passages.map(({ section }) => section?.split(' › ').at(-1)).find((last) => last && last !== title);
    return heading ? `What does “${title}” say about “${heading}”?` : `What is “${title}” about?`;
  }));
}

export const exampleButton = (question, onAsk) =>
  h('li', {}, h('button', { className: 'example', type: 'button', onclick: () => onAsk(question) }, foreign(question)));
