import { foreign, h } from './dom.js';

/**
 * Marks the statements of an answer whose citation did not hold, with the reason behind each. Statements are found by their
 * letters and digits, since what is shown lacks the signs of Markdown. Returns those that have no place of their own: the text
 * was withdrawn, or another passage supports the statement.
 */
export function markUnsupported(root, unsupported) {
  return unsupported.filter((each) => !mark(root, each));
}

function mark(root, { statement, title, reason }) {
  const range = rangeOf(root, statement);
  if (!range || isCited(root, range)) return false;
  const pieces = textsIn(root).filter((text) => range.intersectsNode(text)).map((text) => within(text, range)).filter(({ data }) => data !== '');
  const wrappers = pieces.map((text) => {
    const wrapper = h('span', { className: 'unsupported' });
    text.replaceWith(wrapper);
    wrapper.append(text);
    return wrapper;
  });
  endOf(wrappers.at(-1)).after(' ', h('span', { className: 'lacking', role: 'note', dir: 'auto' }, 'Not borne out by ', foreign(title), `: ${reason}`));
  return true;
}

/** The last node of the statement, outside of any emphasis and with the full stop behind it. */
function endOf(wrapper) {
  let end = wrapper;
  while (end.parentElement.matches('em, strong, del, code')) end = end.parentElement;
  const stop = /^[.!?…。？！]+/.exec(end.nextSibling?.nodeType === Node.TEXT_NODE ? end.nextSibling.data : '');
  if (!stop) return end;
  end.nextSibling.splitText(stop[0].length);
  return end.nextSibling;
}

/** The range of the statement's letters and digits in the text that is shown. */
function rangeOf(root, statement) {
  const places = textsIn(root).flatMap((text) => [...text.data.matchAll(/[\p{L}\p{N}]/gu)].map(({ 0: sign, index }) => ({ text, index, sign })));
  const wanted = (statement.match(/[\p{L}\p{N}]/gu) ?? []).join('');
  const lengths = [];
  let shown = '';
  for (const { sign } of places) {
    lengths.push(shown.length);
    shown += sign;
  }
  const at = wanted === '' ? -1 : shown.indexOf(wanted);
  if (at < 0) return null;
  const [first, last] = [places[lengths.indexOf(at)], places[lengths.findLastIndex((length) => length < at + wanted.length)]];
  const range = document.createRange();
  range.setStart(first.text, first.index);
  const end = last.index + last.sign.length;
  range.setEnd(last.text, end + /^[^\p{L}\p{N}\s]*/u.exec(last.text.data.slice(end))[0].length);
  return range;
}

/** The texts of the answer itself: no citations, no reasons. */
function textsIn(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (text) =>
    (text.parentElement.closest('.marker, .lacking') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

/** True when a citation follows the statement, with no letter or digit in between: another passage supports it. */
function isCited(root, range) {
  const next = [...root.querySelectorAll('.marker')].find((marker) => range.comparePoint(marker, 0) > 0);
  if (!next) return false;
  const between = document.createRange();
  between.setStart(range.endContainer, range.endOffset);
  between.setEndBefore(next);
  return !/[\p{L}\p{N}]/u.test(between.toString());
}

/** The part of a text that is in the range, as a text of its own. */
function within(text, range) {
  const end = text === range.endContainer ? range.endOffset : text.length;
  if (end < text.length) text.splitText(end);
  return text === range.startContainer && range.startOffset > 0 ? text.splitText(range.startOffset) : text;
}
