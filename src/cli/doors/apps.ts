import { type AppDefinition, defineApp } from '../../engine/define.ts';

/** One small app, three times: what somebody may do in one says nothing of the others. */
const app = (
  name: string,
  letter: string,
  classification: 'internal' | 'health',
  holds?: { readonly app: string; readonly label: string },
): AppDefinition =>
  defineApp({
    app: name,
    title: `App ${name}`,
    noun: { one: name, many: `${name}s` },
    reference: `${letter}-{seq}`,
    classification,
    heading: ['summary'],
    keep: '12 months',
    ...(holds && { holds }),
    fields: {
      summary: { is: 'text', label: 'Summary', required: true, search: true, card: true },
      kind: { is: 'choice', label: 'Kind', of: { one: 'One', two: 'Two' }, card: true },
      inner: { is: 'longtext', label: 'Hidden from readers', search: true },
      secret: { is: 'text', label: 'Sealed', sealed: true },
      contact: { is: 'contact', label: 'Contact', sealed: true },
      papers: { is: 'files', label: 'Files' },
      sheets: { is: 'files', label: 'Files hidden from readers' },
      proofs: { is: 'files', label: 'Sealed files', sealed: true },
    },
    roles: {
      full: {
        label: 'Everything',
        sees: 'all',
        reveals: ['secret', 'contact', 'proofs'],
        edits: 'all',
        opens: true,
        comments: true,
        assigns: true,
        exports: true,
      },
      reader: { label: 'Reads', sees: 'all', hides: ['inner', 'sheets'] },
      own: { label: 'Their own', sees: [{ $creator: '$me' }], edits: 'all', opens: true, comments: true },
    },
    steps: { open: { label: 'Open', start: true, due: '2d' }, done: { label: 'Done', end: true } },
    moves: {
      end: { label: 'End', from: 'open', to: 'done', by: ['full', 'own'], main: true },
      again: { label: 'Again', from: 'done', to: 'open', by: 'full' },
    },
  });

/** With a role that links to a ticket have; a link proves nothing, so none leads to health data. */
const withGuests = (definition: AppDefinition): AppDefinition => ({
  ...definition,
  roles: {
    ...definition.roles,
    follower: { label: 'Follows', sees: 'all', hides: ['inner', 'sheets'], guest: true },
  },
});

/** The app that callers try to enter; the one beside it; the one that asks for a strong session. */
export const APPS = {
  front: withGuests(app('porte', 'P', 'internal', { app: 'voisine', label: 'Held' })),
  beside: app('voisine', 'V', 'internal'),
  strong: app('intime', 'I', 'health'),
} as const;

export type AppKey = keyof typeof APPS;
