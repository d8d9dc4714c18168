/** What a person can choose from when asked who may read a document; the value is an entry of its access list. */
export const accessChoices = (me) => [
  new Option('Only me', `user:${me.subject}`),
  new Option(`Everyone in ${me.tenant}`, 'public'),
  ...me.groups.map((group) => new Option(`The group ${group}`, `group:${group}`)),
];
