import type { Text } from '#lib/api/types.ts';
import type { components } from '../../../../../../../client/generated.ts';

export type Station = components['schemas']['Station'];
export type Pairing = components['schemas']['Pairing'];

/** An app where a station may stand: its steps that work is done at. */
export interface Bench {
  readonly app: string;
  readonly steps: readonly { readonly step: string; readonly label: Text }[];
}
