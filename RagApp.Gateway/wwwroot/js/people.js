import { demoPeople } from './api.js';
import { foreign, h, instantiate, problemNotice } from './dom.js';

/** The choice of a person: a demo person in Development, or an API key. */
export async function mountPeople(root, problem, onChosen) {
  const { fragment, slots } = instantiate('people-view');
  if (problem) slots.problem.append(problemNotice(problem));
  slots.form.addEventListener('submit', (event) => {
    event.preventDefault();
    onChosen(slots.form.elements.key.value.trim());
  });
  root.replaceChildren(fragment);

  const people = await demoPeople();
  slots.list.append(...people.map((person) => h('li', {}, personButton(person, onChosen))));
  slots.demo.hidden = people.length === 0;
  if (slots.form.isConnected && document.activeElement === document.body)
    (slots.list.querySelector('button') ?? slots.form.elements.key).focus();
}

/** The current person in the page's header, with a button to change it. */
export function showPerson(root, me, onSwitch) {
  root.replaceChildren(
    h('p', { className: 'who-am-i' },
      h('span', { className: 'visually-hidden' }, 'You are '),
      h('strong', {}, foreign(me.subject)),
      h('span', { className: 'who-where' },
        'of ', foreign(me.tenant),
        ...me.groups.map((group) => h('span', { className: 'tag', title: `Member of the group ${group}` }, foreign(group))))),
    h('button', { className: 'button', type: 'button', onclick: onSwitch }, 'Switch person'));
  root.hidden = false;
}

function personButton(person, onChosen) {
  return h('button', { className: 'card person', type: 'button', onclick: () => onChosen(person.subject) },
    h('span', { className: 'avatar', 'aria-hidden': 'true' }, initialOf(person.subject)),
    h('span', { className: 'person-name' }, foreign(person.subject)),
    h('span', { className: 'hint' }, 'of ', foreign(person.tenant)),
    h('span', { className: 'tags' }, ...person.groups.map((group) => h('span', { className: 'tag' }, foreign(group)))));
}

const initialOf = (subject) => [...subject.replace(/^demo-/, '')][0]?.toUpperCase() ?? '?';
