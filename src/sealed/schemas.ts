import { z } from '@hono/zod-openapi';

export const ORGANISATION = z.object({ organisation: z.string().max(80) });

export const recipientSchema = z.string().min(1).max(400);
/** Base64 of a small age file. */
export const lockedSchema = z
  .string()
  .min(1)
  .max(8000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/u);

/** A lock that a browser made: the secret half, closed to a passkey or a passphrase. */
export const newLockSchema = z.union([
  z.strictObject({ how: z.literal('passkey'), passkey: z.uuid(), locked: lockedSchema }),
  z.strictObject({ how: z.literal('passphrase'), locked: lockedSchema }),
]);
export type NewLock = z.output<typeof newLockSchema>;

const publicHalf = {
  recipient: z.string().openapi({ description: 'Of age, X25519: `age1…`' }),
  created: z.string(),
};

/** What somebody has pinned of another, to be compared with what the recipient gives. */
const pinned = z
  .string()
  .nullable()
  .openapi({ description: 'SHA-256 of the recipient that you came to know.' });

export const directorySchema = z
  .object({
    people: z.array(z.object({ id: z.string(), name: z.string(), ...publicHalf, key: z.string(), pinned })),
    escrow: z.object({ id: z.string(), ...publicHalf, pinned }).nullable(),
  })
  .openapi('SealedDirectory');

export const ownKeysSchema = z
  .object({
    keys: z.array(
      z.object({
        id: z.string(),
        ...publicHalf,
        retired: z.string().nullable(),
        escrow: z.string().nullable().openapi({ description: 'Which escrow opens it too.' }),
        locks: z.array(
          z.object({
            id: z.string(),
            how: z.enum(['passkey', 'passphrase']),
            passkey: z.string().nullable().openapi({ description: 'Null once that passkey was removed.' }),
            locked: z.string(),
            created: z.string(),
          }),
        ),
      }),
    ),
    passkeys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        credential: z.string(),
        transports: z.array(z.string()),
      }),
    ),
    party: z.string().openapi({ description: 'The host that passkeys here belong to.' }),
  })
  .openapi('SealedKeys');
