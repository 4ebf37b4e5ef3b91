import type { components } from '../../../../client/generated.ts';

export type Passkey = components['schemas']['Passkey'];
export type OwnSession = components['schemas']['Session'];

export interface Account {
  readonly name: string;
  readonly email: string;
  readonly sessions: readonly OwnSession[];
}

/** Something that happened to one's account, as it was told. */
export interface AccountLine {
  readonly at: string;
  readonly text: string;
}
