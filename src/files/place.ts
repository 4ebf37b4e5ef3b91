import { accepts, type Classification, type Field } from '../engine/index.ts';
import type { FileRow, FileState, Reason } from './store.ts';

/** What the guard does with proof of health data, by classification (a line of the design's table). */
const GUARD: { readonly [C in Classification]: 'off' | 'blocks' | 'blocks and warns' } = {
  public: 'blocks',
  internal: 'blocks and warns',
  health: 'off',
};

/** What the guard does where this is kept; what is not known is guarded most. */
export const guardOf = (classification: Classification | undefined): 'off' | 'blocks' | 'blocks and warns' =>
  classification === undefined ? 'blocks and warns' : GUARD[classification];

/**
 * What becomes of a file that was found clean, where it is put: what its field does not take, and what proves health data
 * where that does not belong, is kept from everybody.
 */
export const stateAt = (
  file: Pick<FileRow, 'type' | 'provesHealth'>,
  classification: Classification | undefined,
  field: Field | undefined,
): { readonly state: FileState; readonly reason: Reason | null } => {
  if (field && file.type !== null && !accepts(field, file.type))
    return { state: 'quarantined', reason: 'not_accepted' };
  if (file.provesHealth && guardOf(classification) !== 'off')
    return { state: 'quarantined', reason: 'health_data' };
  return { state: 'kept', reason: null };
};
