import { accessChoices } from './accessChoice.js';
import { announce } from './announcer.js';
import { foreign, h, problemNotice } from './dom.js';

/** The server asks before a person loses the right to read their own document. */
const withoutCaller = 'urn:ragapp:problem:without-caller';

/** The dialog that says who may read a document: its access list, one entry per line, and buttons for the usual ones. */
export function mountSharing(slots, { me, signal, share }) {
  const { sharing: dialog, 'sharing-form': form, 'sharing-access': list, 'sharing-problem': notice, 'sharing-change': change } = slots;
  let shared = null;
  let asked = false; // true after the server asked to confirm a list without this person

  slots['sharing-choices'].append(...accessChoices(me).map(({ text, value }) =>
    h('button', { className: 'chip', type: 'button', 'aria-pressed': 'false', value, onclick: () => toggle(value) },
    value === `user:${me.subject}` ? 'Me' : text))); // one entry of several: not "only"
  list.addEventListener('input', showChoices);
  list.addEventListener('input', () => ask(false));
  slots['sharing-cancel'].addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save();
  });
  dialog.addEventListener('close', () => { shared = null; });

  const entries = () => list.value.split('\n').map((line) => line.trim()).filter(Boolean);

  function open(info) {
    shared = info;
    slots['sharing-document'].replaceChildren(foreign(info.title));
    write(info.access);
    ask(false);
    notice.replaceChildren();
    dialog.showModal();
  }

  function write(access) {
    list.value = access.join('\n');
    showChoices();
  }

  function toggle(entry) {
    const there = entries();
    write(there.includes(entry) ? there.filter((each) => each !== entry) : [...there, entry]);
    ask(false);
  }

  function ask(whether) {
    asked = whether;
    change.textContent = asked ? 'Change all the same' : 'Change';
  }

  function showChoices() {
    const there = entries();
    for (const choice of slots['sharing-choices'].children) choice.setAttribute('aria-pressed', String(there.includes(choice.value)));
  }

  /** Shows the server's refusal in the dialog, which keeps the input. */
  async function save() {
    change.disabled = true;
    const changed = shared;
    try {
      await share(changed, entries(), asked);
      if (shared === changed) dialog.close();
      announce(`Changed who may read ${changed.title}.`);
    } catch (problem) {
      if (signal.aborted || shared !== changed) return;
      notice.replaceChildren(problemNotice(problem));
      ask(problem.type === withoutCaller);
    } finally {
      change.disabled = false;
    }
  }

  return { open };
}
