import { z } from '@hono/zod-openapi';

export const ORGANISATION = z.object({ organisation: z.string().max(80) });

const bytes = z
  .string()
  .min(1)
  .max(16_384)
  .regex(/^[\w-]+$/u);
const id = bytes.max(1400);

/** What a browser made, as WebAuthn writes it in JSON. */
export const registrationSchema = z
  .object({
    id,
    rawId: id,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: bytes,
      attestationObject: bytes,
      transports: z.array(z.string().max(20)).max(10).default([]),
    }),
  })
  .openapi('PasskeyMade');
export type Registration = z.output<typeof registrationSchema>;

/** What a browser signed, as WebAuthn writes it in JSON. */
export const assertionSchema = z
  .object({
    id,
    rawId: id,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: bytes,
      authenticatorData: bytes,
      signature: bytes,
      userHandle: bytes.nullish(),
    }),
  })
  .openapi('PasskeySigned');
export type Assertion = z.output<typeof assertionSchema>;

/** How a person calls a passkey; it stands in the subject of a mail, on one line. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u);

/** What `navigator.credentials` is asked, as WebAuthn writes it in JSON. */
export const askedSchema = z.looseObject({ challenge: z.string() }).openapi('PasskeyAsked');

export const passkeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    created: z.string(),
    lastUsed: z.string().nullable(),
    deviceBound: z.boolean().openapi({ description: 'It never leaves its device' }),
    backedUp: z.boolean().openapi({ description: 'It is copied elsewhere, as by a password manager' }),
  })
  .openapi('Passkey');
