import { announce } from './announcer.js';
import { Problem } from './api.js';
import { Conversation } from './conversation.js';
import { h } from './dom.js';
import { enough, exampleButton, Examples } from './examples.js';
import { Exchange } from './exchange.js';
import { mountFilters } from './filters.js';

const passagesShown = 10;

/** The question box and, below it, the questions with their answers, newest first; one question runs at a time. */
export function mountAsk(slots, { api, me, signal, openDocument }) {
  const form = slots['ask-form'];
  const box = form.elements.question;
  const filters = mountFilters(slots);
  const conversation = new Conversation();
  let running = null;
  let suggesting = false;
  const examples = new Examples(api, me);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take(ask, searchOn());
  });
  slots.search.addEventListener('click', () => take(search));

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

  slots['new-conversation'].addEventListener('click', () => {
    conversation.begin();
    showConversation();
    if (slots.exchanges.firstElementChild?.matches('.exchange')) slots.exchanges.prepend(h('p', { className: 'earlier' }, 'Earlier conversation'));
    announce('New conversation.');
    box.focus();
  });

  function searchOn() {
    return slots.agentic.checked ? { mode: 'agentic' } : {};
  }

  /** @param more what the question is asked with besides the filters */
  function take(act, more) {
    const question = box.value.trim();
    if (question === '' || running) return;
    box.value = '';
    act(question, { filters: filters.chosen, ...more });
  }

  /** @param replaced the earlier exchange that this question repeats in another way */
  function ask(question, how, replaced) {
    return run(question, how, replaced, ask, async (exchange) => {
      await follow(exchange, api.ask({ question, ...how, history: conversation.messages() }, running.signal));
      conversation.add(exchange, question);
    });
  }

  function search(question, how, replaced) {
    return run(question, how, replaced, search, async (exchange) =>
      exchange.found(await api.search({ query: question, top: passagesShown, ...how, history: conversation.messages() }, running.signal)));
  }

  async function run(question, how, replaced, again, work) {
    if (running) return;
    const exchange = new Exchange(question, how, { openDocument, ask: (text, other) => again(text, { mode: how.mode, ...other }, exchange) });
    slots.examples.open = false;
    replaced?.element.remove();
    conversation.forget(replaced);
    slots.exchanges.prepend(exchange.element);
    setRunning(new AbortController());
    try {
      await work(exchange);
    } catch (error) {
      if (signal.aborted) return;
      if (running.signal.aborted) exchange.stopped();
      else exchange.failed(error instanceof Problem ? error : brokenOff(), () => again(question, how));
    } finally {
      setRunning(null);
      showConversation();
    }
  }

  function setRunning(controller) {
    running = controller;
    slots.stop.hidden = !controller;
    slots.ask.hidden = slots.search.hidden = Boolean(controller);
  }

  function showConversation() {
    slots.conversation.hidden = conversation.isEmpty;
    box.placeholder = conversation.isEmpty ? 'What would you like to know?' : 'Ask on, or something else';
  }

  /** Offers questions to begin with, until there are enough: the sample documents of a new installation are indexed one by one. */
  async function suggest(documents) {
    filters.offer(documents);
    if (suggesting || slots['example-list'].childElementCount >= enough) return;
    suggesting = true;
    const questions = await examples.of(documents).catch(() => []);
    suggesting = false;
    if (signal.aborted || questions.length === 0) return;
    slots['example-list'].replaceChildren(...questions.map((question) => exampleButton(question, askExample)));
    slots.examples.hidden = false;
  }

  function askExample(question) {
    box.focus();
    ask(question, { filters: filters.chosen, ...searchOn() });
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
