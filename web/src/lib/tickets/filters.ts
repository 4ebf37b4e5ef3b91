import type { Definition } from '../api/types.ts';
import { offered } from '../fields/choices.ts';

/** The filters of a list, as its address has them. */
const FILTERS = ['step', 'lateness', 'assignee', 'site', 'open', 'from', 'to'] as const;

/** Every name a list's address may filter by: the frame's, and each choice field. */
export const filterNames = (definition: Definition): readonly string[] => [
  ...FILTERS,
  ...Object.entries(definition.fields).flatMap(([name, field]) =>
    field.is === 'choice' && offered(field).length > 0 ? [`field.${name}`] : [],
  ),
];

/** What the API is asked, from the page's own address: days become instants of the site's zone by the server. */
export const ticketQuery = (definition: Definition, given: URLSearchParams): URLSearchParams => {
  const query = new URLSearchParams();
  for (const name of filterNames(definition)) {
    const values = given.getAll(name).filter((value) => value !== '');
    if (values.length > 0) query.set(name, values.join(','));
  }
  const sort = given.get('sort');
  if (sort) query.set('sort', sort);
  return query;
};
