/**
 * Makes an element. Properties go in as properties, names with a dash and `role` as attributes; children are
 * elements or text. Text only ever becomes a text node, so a hostile name stays a name.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

/** Text from a document or a person: its direction follows its own first strong letter. */
export const foreign = (text) => h('bdi', {}, text);

/** A fresh copy of a template and its `data-slot` elements by name. */
export function instantiate(templateId) {
  const fragment = document.getElementById(templateId).content.cloneNode(true);
  const slots = {};
  for (const element of fragment.querySelectorAll('[data-slot]'))
    slots[element.dataset.slot] = element;
  return { fragment, slots };
}

/** Text of an error: what to do, and the trace id for support. */
export function problemNotice(problem, ...actions) {
  return h('div', { className: 'notice problem', role: 'alert' },
    h('p', {}, problem.message),
    problem.traceId ? h('p', { className: 'trace' }, 'Trace id ', h('code', {}, problem.traceId)) : null,
    ...actions);
}
