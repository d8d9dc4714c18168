import { createApi, Problem } from './api.js';
import { silence } from './announcer.js';
import { mountAsk } from './ask.js';
import { mountDocuments } from './documents.js';
import { instantiate } from './dom.js';
import { mountModels } from './models.js';
import { mountReader } from './passage.js';
import { mountPeople, showPerson } from './people.js';
import { cameBack } from './signIn.js';

const keySlot = 'ragapp.key'; // in sessionStorage: gone with the tab
const main = document.getElementById('main');
const who = document.getElementById('who');
let session = null;

/** A credential that is an API key. */
const keyCredential = (key) => ({
  key,
  token: async () => key,
  refused: 'This key is not known here. Check it, or ask whoever gave it to you.',
  leave: 'Switch person',
  signOut() {},
});

/** Opens the workspace of the credential's person; a wrong one leads back to the choice of people, with the reason. */
async function enter(credential) {
  leave();
  const controller = new AbortController();
  session = controller;
  const api = createApi(credential, controller.signal);
  try {
    const me = await api.me();
    if (credential.key) sessionStorage.setItem(keySlot, credential.key);
    showWorkspace({ api, me, signal: controller.signal });
    showPerson(who, me, credential.leave, () => {
      choosePerson();
      credential.signOut();
    });
  } catch (error) {
    if (!controller.signal.aborted) choosePerson(error instanceof Problem && error.status === 401 ? new Problem(credential.refused) : error);
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
  mountPeople(main, problem, (key) => enter(keyCredential(key)));
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

try {
  const credential = await cameBack();
  const key = sessionStorage.getItem(keySlot);
  if (credential) enter(credential);
  else if (key) enter(keyCredential(key));
  else choosePerson();
} catch (error) {
  choosePerson(error);
}
