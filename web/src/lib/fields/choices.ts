import type { Field } from '../api/types.ts';

/** The choices a form offers: those that are not retired. */
export const offered = (field: Field) =>
  Object.entries(field.of ?? {}).flatMap(([name, choice]) => {
    const full = typeof choice === 'object' && 'label' in choice ? choice : { label: choice };
    return 'retired' in full && full.retired ? [] : [{ name, label: full.label }];
  });

/** Past this many, a list to pull down is quicker than tiles. */
const TILES = 9;
export const asTiles = (field: Field): boolean => offered(field).length <= TILES;

/** Whether the control is several ones, to be named by a legend rather than a label. */
export const isGroup = (field: Field): boolean =>
  (field.is === 'choice' && asTiles(field)) ||
  ['yesno', 'place', 'contact', 'lines', 'files'].includes(field.is);
