import { accessChoices } from './accessChoice.js';
import { announce } from './announcer.js';
import { foreign, h, problemNotice } from './dom.js';

/** The dialog that says who may read a document: its access list, an entry a line, and buttons for the usual ones. */
export function mountSharing(slots, { me, signal, share }) {
  const { sharing: dialog, 'sharing-form': form, 'sharing-access': list, 'sharing-problem': notice, 'sharing-change': change } = slots;
  let shared = null;

  slots['sharing-choices'].append(...accessChoices(me).map(({ text, value }) =>
    h('button', { className: 'chip', type: 'button', 'aria-pressed': 'false', value, onclick: () => toggle(value) },
    value === `user:${me.subject}` ? 'Me' : text))); // one entry of several: not "only"
  list.addEventListener('input', showChoices);
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
  }

  function showChoices() {
    const there = entries();
    for (const choice of slots['sharing-choices'].children) choice.setAttribute('aria-pressed', String(there.includes(choice.value)));
  }

  /** What the server refuses is said in the dialog, which keeps what was typed. */
  async function save() {
    change.disabled = true;
    const changed = shared;
    try {
      await share(changed, entries());
      if (shared === changed) dialog.close();
      announce(`Changed who may read ${changed.title}.`);
    } catch (problem) {
      if (!signal.aborted && shared === changed) notice.replaceChildren(problemNotice(problem));
    } finally {
      change.disabled = false;
    }
  }

  return { open };
}
