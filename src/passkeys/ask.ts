import { generateAuthenticationOptions } from '@simplewebauthn/server';

import { PATIENCE } from './challenge.ts';
import type { Party } from './party.ts';
import type { PasskeyRow } from './store.ts';

/** What a browser is asked to sign. @param which whose passkeys will do; none named, whichever the person chooses */
export const toSign = (party: Party, which: readonly PasskeyRow[], challenge: Buffer<ArrayBuffer>) =>
  generateAuthenticationOptions({
    rpID: party.id,
    challenge,
    timeout: PATIENCE,
    userVerification: 'required',
    allowCredentials: which
      .filter((passkey) => passkey.party === party.id)
      .map(({ credentialId, transports }) => ({
        id: credentialId.toString('base64url'),
        transports: [...transports],
      })),
  });
