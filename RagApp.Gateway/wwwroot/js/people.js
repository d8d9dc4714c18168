import { demoPeople, signInPlace } from './api.js';
import { foreign, h, instantiate, problemNotice } from './dom.js';
import { leaveToSignIn } from './signIn.js';

/** The choice of a person: sign-in by an issuer where one is set up, a demo person in Development, or an API key. */
export async function mountPeople(root, problem, onChosen) {
  const { fragment, slots } = instantiate('people-view');
  if (problem) slots.problem.append(problemNotice(problem));
  slots.form.addEventListener('submit', (event) => {
    event.preventDefault();
    onChosen(slots.form.elements.key.value.trim());
  });
  root.replaceChildren(fragment);

  const [people, place] = await Promise.all([demoPeople(), signInPlace()]);
  slots['sign-in'].hidden = !place;
  slots['sign-in-button'].addEventListener('click', () => leaveToSignIn(place));
  slots.list.append(...people.map((person) => h('li', {}, personButton(person, onChosen))));
  slots.demo.hidden = people.length === 0;
  if (slots.form.isConnected && document.activeElement === document.body)
    (place ? slots['sign-in-button'] : slots.list.querySelector('button') ?? slots.form.elements.key).focus();
}

/** The current person in the page's header, with a button to leave. */
export function showPerson(root, me, leave, onLeave) {
  root.replaceChildren(
    h('p', { className: 'who-am-i' },
      h('span', { className: 'visually-hidden' }, 'You are '),
      h('strong', {}, foreign(me.subject)),
      h('span', { className: 'who-where' },
        'of ', foreign(me.tenant),
        ...me.groups.map((group) => h('span', { className: 'tag', title: `Member of the group ${group}` }, foreign(group))))),
    h('button', { className: 'button', type: 'button', onclick: onLeave }, leave));
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
