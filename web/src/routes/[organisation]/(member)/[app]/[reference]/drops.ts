import type { components } from '../../../../../../../client/generated.ts';

/** A link by which somebody without an account puts files into a field. */
export type DropLink = components['schemas']['Drop'];
export type Receipt = components['schemas']['Receipt'];
