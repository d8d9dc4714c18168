import { foreign, h } from './dom.js';

/** Offers that the model searches on where there is one, and says, while no chat model is configured, that answers are quotes, which models this machine has, and how to connect one. */
export async function mountModels(slots, { api }) {
  const { models: usable = [], quotes = false, found = [] } = await api.models().catch(() => ({}));
  slots['search-on'].hidden = usable.length === 0;
  if (!quotes) return;
  slots.models.append(
    h('p', {}, 'Answers are quotes until a model is connected. ', h('a', { href: 'docs/models.md', target: '_blank', rel: 'noopener' }, 'How to connect one')),
    ...found.map(({ server, models, setting }) =>
      h('p', {}, `${server} serves `, h('strong', {}, foreign(models[0])), ' here. To use it: ', h('code', {}, setting))));
  slots.models.hidden = false;
}
