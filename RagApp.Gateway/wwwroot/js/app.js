import { createApi, Problem } from './api.js';
import { silence } from './announcer.js';
import { mountAsk } from './ask.js';
import { mountDocuments } from './documents.js';
import { instantiate } from './dom.js';
import { mountModels } from './models.js';
import { mountReader } from './passage.js';
import { mountPeople, showPerson } from './people.js';

const keySlot = 'ragapp.key'; // in sessionStorage: gone with the tab
const main = document.getElementById('main');
const who = document.getElementById('who');
let session = null;

/** Opens the workspace of the key's person; a wrong key leads back to the choice of people, with the reason. */
async function enter(key) {
  leave();
  const controller = new AbortController();
  session = controller;
  const api = createApi(key, controller.signal);
  try {
    const me = await api.me();
    sessionStorage.setItem(keySlot, key);
    showWorkspace({ api, me, signal: controller.signal });
    showPerson(who, me, () => choosePerson());
  } catch (error) {
    if (!controller.signal.aborted) choosePerson(error);
  }
}

/** Stops all work for the current person and removes that person's data from the page. */
function leave() {
  session?.abort();
  session = null;
  sessionStorage.removeItem(keySlot);
  main.replaceChildren();
  who.replaceChildren();
  who.hidden = true;
  silence();
}

function choosePerson(problem) {
  leave();
  const refused = problem instanceof Problem && problem.status === 401;
  mountPeople(main, refused ? new Problem('This key is not known here. Check it, or ask whoever gave it to you.') : problem, enter);
}

function showWorkspace({ api, me, signal }) {
  const { fragment, slots } = instantiate('workspace-view');
  const reader = mountReader(slots, { api, signal });
  const ask = mountAsk(slots, { api, me, signal, openDocument: reader.open });
  mountDocuments(slots, { api, me, signal, openDocument: reader.open, onListed: ask.suggest });
  mountModels(slots, { api });
  main.replaceChildren(fragment);
  slots['ask-form'].elements.question.focus();
}

const key = sessionStorage.getItem(keySlot);
if (key) enter(key);
else choosePerson();
