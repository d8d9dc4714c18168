/** The choices for who may read a document; a value is an entry of the access list. */
export const accessChoices = (me) => [
  new Option('Only me', `user:${me.subject}`),
  new Option(`Everyone in ${me.tenant}`, 'public'),
  ...me.groups.map((group) => new Option(`The group ${group}`, `group:${group}`)),
];
