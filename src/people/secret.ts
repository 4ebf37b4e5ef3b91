import { hash, randomBytes } from 'node:crypto';

import { isUuid } from '../platform/ids.ts';

/** 256 bits, and nothing of it is stored: the database holds its hash. */
const BYTES = 32;

export const newSecret = (): string => randomBytes(BYTES).toString('base64url');

/** A secret of full entropy needs no slow hash; SHA-256 of it cannot be reversed nor guessed. */
export const hashSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** The same, in hexadecimal. */
export const hexOf = (secret: string): string => hash('sha256', secret, 'hex');

/** `vigie_<organisation>_<secret>`: a key says whose it is, so that it is looked up in one organisation only. */
export const writeKey = (organisationId: string, secret: string): string =>
  `vigie_${organisationId.replaceAll('-', '')}_${secret}`;

export const readKey = (key: string): { readonly organisationId: string; readonly secret: string } | null => {
  const parts =
    /^vigie_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\w-]{43})$/u.exec(key);
  if (!parts) return null;
  const organisationId = parts.slice(1, 6).join('-');
  return isUuid(organisationId) ? { organisationId, secret: parts[6] ?? '' } : null;
};
