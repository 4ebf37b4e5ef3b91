import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** What an organisation's files are sealed with, opened. */
export interface Keys {
  readonly id: string;
  readonly organisationId: string;
  /** To whom blobs are sealed: the organisation, and its offline recovery key. */
  readonly recipients: readonly [string, string];
  readonly identity: string;
  /** Equal for equal contents inside the organisation; says nothing outside it. @param sha256 32 bytes */
  fingerprint(sha256: Buffer): Buffer;
  /** What is known of a file, sealed to it alone (AES-256-GCM: 12 bytes nonce, 16 bytes tag, the rest). */
  sealAbout(fileId: string, about: object): Buffer;
  /** @throws Error when it was sealed for another, or was changed */
  openAbout(fileId: string, sealed: Buffer): unknown;
  /** 32 bytes: the seed of the Ed25519 key that signs receipts. */
  readonly signing: Buffer;
}

const BYTES = 32;
const NONCE = 12;
const TAG = 16;

/** Different keys for different ends, from the one secret (HKDF-SHA256, RFC 5869). */
const derive = (identity: string, organisationId: string, end: string): Buffer =>
  Buffer.from(hkdfSync('sha256', identity, organisationId, `vigie/${end}`, BYTES));

/** The secrets of an organisation's key. */
export interface Secrets extends Pick<Keys, 'identity' | 'signing'> {
  /** 32 bytes, for HMAC-SHA-256. */
  readonly fingerprint: Buffer;
  /** 32 bytes, for AES-256-GCM; as bytes, Node would take them in anew for every file that it opens. */
  readonly about: KeyObject;
}

/** @param identity `AGE-SECRET-KEY-1…`, from which all the others follow: whoever recovers it recovers them */
export const secretsOf = (organisationId: string, identity: string): Secrets => ({
  identity,
  fingerprint: derive(identity, organisationId, 'fingerprint'),
  about: createSecretKey(derive(identity, organisationId, 'about')),
  signing: derive(identity, organisationId, 'signing'),
});

export const keysOf = (
  organisationId: string,
  row: { readonly id: string; readonly recipient: string; readonly recoveryRecipient: string },
  { identity, fingerprint, about, signing }: Secrets,
): Keys => {
  const bound = (fileId: string): Buffer => Buffer.from(`${organisationId}/${fileId}`);
  return {
    id: row.id,
    organisationId,
    recipients: [row.recipient, row.recoveryRecipient],
    identity,
    fingerprint: (sha256) => createHmac('sha256', fingerprint).update(sha256).digest(),
    sealAbout: (fileId, known) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', about, nonce).setAAD(bound(fileId));
      const body = Buffer.concat([cipher.update(JSON.stringify(known), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    openAbout: (fileId, sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', about, sealed.subarray(0, NONCE), {
        authTagLength: TAG,
      });
      decipher.setAAD(bound(fileId)).setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      const body = Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
      return JSON.parse(body.toString('utf8')) as unknown;
    },
    signing,
  };
};
