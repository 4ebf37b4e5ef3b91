import { type House, urlOf } from '../organisations/index.ts';
import type { Frame } from '../people/index.ts';

/** For whom passkeys are made and signed: what WebAuthn calls the relying party. */
export interface Party {
  /** The host name that passkeys belong to. */
  readonly id: string;
  /** The origin of pages that may ask for them. */
  readonly origin: string;
  /** What the person's device shows. */
  readonly name: string;
}

/** The party of an organisation: the host where people reach it. */
export const partyOf = (frame: Pick<Frame, 'url'>, house: Pick<House, 'name' | 'url'>): Party => {
  const origin = urlOf(frame, house);
  return { id: new URL(origin).hostname, origin, name: house.name };
};
