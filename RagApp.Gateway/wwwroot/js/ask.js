import { Problem } from './api.js';
import { exampleButton, exampleQuestions } from './examples.js';
import { Exchange } from './exchange.js';

/** The question box and the answers below it, the newest first; one answer runs at a time. */
export function mountAsk(slots, { api, signal, openDocument }) {
  const form = slots['ask-form'];
  const box = form.elements.question;
  let running = null;
  let suggested = false;

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const question = box.value.trim();
    if (question === '' || running) return;
    box.value = '';
    ask(question);
  });

  box.addEventListener('keydown', (event) => {
    // While an input method composes a word, Enter ends the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  slots.stop.addEventListener('click', () => {
    running?.abort();
    box.focus();
  });

  async function ask(question) {
    const exchange = new Exchange(question, openDocument);
    slots.examples.hidden = true;
    slots.exchanges.prepend(exchange.element);
    setRunning(new AbortController());
    try {
      await follow(exchange, api.ask(question, running.signal));
    } catch (error) {
      if (signal.aborted) return;
      if (running.signal.aborted) exchange.stopped();
      else exchange.failed(error instanceof Problem ? error : brokenOff(), () => running || ask(question));
    } finally {
      setRunning(null);
    }
  }

  function setRunning(controller) {
    running = controller;
    slots.stop.hidden = !controller;
    slots.ask.hidden = Boolean(controller);
  }

  /** Offers questions to click, once, from the first documents seen, while nothing has been asked. */
  async function suggest(documents) {
    if (suggested || slots.exchanges.childElementCount > 0 || !documents.some(({ status }) => status === 'indexed')) return;
    suggested = true;
    const questions = await exampleQuestions(documents, api).catch(() => []);
    if (signal.aborted || questions.length === 0 || slots.exchanges.childElementCount > 0) return;
    slots['example-list'].append(...questions.map((question) => exampleButton(question, askExample)));
    slots.examples.hidden = false;
  }

  function askExample(question) {
    box.focus();
    ask(question);
  }

  return { suggest };
}

async function follow(exchange, events) {
  for await (const item of events) {
    if (item.event === 'error') throw Problem.fromJson(item.data, 500);
    if (exchange.take(item)) return;
  }
  throw brokenOff();
}

const brokenOff = () => new Problem('The answer broke off before it was complete. Ask again.');
