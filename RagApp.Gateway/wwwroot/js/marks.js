import { h } from './dom.js';

/**
 * Splits a part of a text at the ranges that cross it, into text and elements.
 * @param ranges `{ start, end, wrap }` in the whole text; where two overlap, the later one in the list wraps the words
 */
export function withMarks(text, { start, end }, ranges) {
  const here = ranges.filter((range) => range.start < end && start < range.end);
  const cuts = new Set([start, end]);
  for (const range of here) {
    cuts.add(Math.max(start, range.start));
    cuts.add(Math.min(end, range.end));
  }
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((from, index) => {
    const to = at[index + 1];
    const range = here.findLast((each) => each.start <= from && to <= each.end);
    return range ? range.wrap(text.slice(from, to), { isFirst: from === range.start, isLast: to === range.end }) : text.slice(from, to);
  });
}

/** Marks the words that answer. Screen readers say where they begin and end, once each, however many cells or lines they take up. */
export const answerMark = (answer) => (answer
  ? [{ ...answer, wrap: (words, { isFirst, isLast }) => h('mark', { className: `answers${isFirst ? ' begins' : ''}${isLast ? ' ends' : ''}` }, words) }]
  : []);
