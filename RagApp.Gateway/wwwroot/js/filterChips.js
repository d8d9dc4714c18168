import { foreign, h } from './dom.js';

/** Kinds of file, by the names that the server has for them. */
export const typeNames = {
  pdf: 'PDF', word: 'Word', powerpoint: 'PowerPoint', excel: 'Excel or CSV', html: 'Web page', markdown: 'Markdown', text: 'Plain text',
  mail: 'Mail', book: 'Book', data: 'JSON or XML', archive: 'Archive', other: 'Other',
};

const labels = {
  types: (type) => typeNames[type] ?? type,
  tags: (tag) => `Tag ${tag}`,
  sources: (source) => `From ${source}`,
  languages: (language) => `In ${languageName(language)}`,
  documents: () => 'One document',
};

/** One `{ label, without }` for each value of the filters; `without` is the filters without that value. */
export function chipsOf(filters) {
  const chips = Object.keys(labels).flatMap((key) => (filters?.[key] ?? []).map((value) => ({
    label: labels[key](value),
    without: { ...filters, [key]: others(filters[key], value) },
  })));
  return [...chips, ...dateChips(filters ?? {})];
}

/** A list of chips, which are buttons that remove their value; `onRemove` gets the remaining filters. */
export function chipList(filters, label, onRemove) {
  return h('ul', { className: 'chips', 'aria-label': label }, ...chipsOf(filters).map((chip) => h('li', {},
    h('button', { className: 'chip', type: 'button', 'aria-label': `${chip.label}: remove`, onclick: () => onRemove(chip.without) },
      foreign(chip.label), h('span', { className: 'chip-remove', 'aria-hidden': 'true' }, '✕')))));
}

/** Joins two filters; of two dates the second filter's is used. */
export function both(first, second) {
  const all = { ...first, ...second };
  for (const key of Object.keys(labels)) {
    if (first?.[key] && second?.[key]) all[key] = [...new Set([...first[key], ...second[key]])];
  }
  return all;
}

/** Days count from midnight to midnight UTC, as the server counts them. */
export const startOf = (day) => `${day}T00:00:00Z`;

export function endOf(day) {
  const end = new Date(startOf(day));
  end.setUTCDate(end.getUTCDate() + 1);
  return end.toISOString();
}

function dateChips({ from, before, ...rest }) {
  const [first, end] = [from && new Date(from), before && new Date(before)];
  if (first && end && isNewYear(first) && isNewYear(end) && end.getUTCFullYear() === first.getUTCFullYear() + 1)
    return [{ label: String(first.getUTCFullYear()), without: rest }];
  return [
    ...(first ? [{ label: `Since ${dayOf(first)}`, without: { ...rest, before } }] : []),
    ...(end ? [{ label: `Until ${dayOf(new Date(end - 1))}`, without: { ...rest, from } }] : []),
  ];
}

/** Undefined for no values, since an empty list would be a filter that nothing matches. */
const others = (values, value) => (values.length > 1 ? values.filter((other) => other !== value) : undefined);

const isNewYear = (date) => date.getTime() === Date.UTC(date.getUTCFullYear(), 0, 1);

const dayOf = (date) => date.toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' });

function languageName(code) {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code);
  } catch {
    return code;
  }
}
