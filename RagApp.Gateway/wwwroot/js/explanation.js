import { foreign, h } from './dom.js';

const routes = {
  question: 'A question', keywords: 'Keywords', exact: 'An exact lookup', help: 'A request for help', smallTalk: 'Small talk',
  outOfScope: 'Nothing that documents can answer',
};

const modes = {
  hybrid: ({ semanticWeight }) => `By words and by meaning, meaning weighing ${Math.round(semanticWeight * 100)} %`,
  keyword: () => 'By words',
  semantic: () => 'By meaning',
};

const reranks = { reranked: 'put in order again by the reranker', timeout: 'the reranker took too long', failed: 'the reranker failed' };

/** "How this was found", folded. */
export function explanationOf(explain) {
  const rewrites = explain.rewrites ?? {};
  const { refinement } = explain;
  const facts = [
    ['Taken for', routes[explain.route]],
    ['Because', explain.reason],
    ['Searched', modes[explain.mode]?.(explain)],
    ['Found', `${countOf(explain.keywordCandidates, 'passage')} by words, ${countOf(explain.semanticCandidates, 'passage')} by meaning`],
    ['Understood as', rewrites.condensed],
    ['Spelled as', rewrites.corrected],
    ['Words added', rewrites.expanded?.join(', ')],
    ['Also asked as', rewrites.more?.join(' · ')],
    ['Then', refinement ? refinementOf(refinement) : ''],
  ].filter(([, value]) => value);
  return h('details', { className: 'explanation' },
    h('summary', {}, 'How this was found'),
    h('dl', {}, ...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', { dir: 'auto' }, foreign(value))])));
}

function refinementOf({ duplicates, merged, diversified, rerank }) {
  return [
    reranks[rerank],
    duplicates > 0 ? `${countOf(duplicates, 'near-duplicate')} left out` : '',
    merged > 0 ? `${countOf(merged, 'passage')} joined to a neighbour` : '',
    diversified > 0 ? `${countOf(diversified, 'passage')} put behind other documents` : '',
  ].filter(Boolean).join(', ');
}

export const countOf = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;
