import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a browser is asked, as far as a device looks at it. */
export interface Asked {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id: string };
  readonly user?: { readonly id: string };
  readonly allowCredentials?: readonly { readonly id: string }[];
}

/** How a device answers, where it is not as it should. */
export interface Answering {
  readonly origin?: string;
  /** Whether it verified its person. */
  readonly verified?: boolean;
  readonly backedUp?: boolean;
  /** The counter it says, instead of the next. */
  readonly counter?: number;
  readonly userHandle?: string;
  readonly rpId?: string;
  readonly type?: string;
  /** Signs something else than what it says. */
  readonly forged?: boolean;
}

/** A device that makes passkeys and signs with them, in software: real keys, real signatures, attestation `none`. */
export interface Authenticator {
  make(asked: Asked, how?: Answering): object;
  sign(asked: Asked, how?: Answering): object;
  /** The identifier of its last passkey. */
  readonly credential: string;
}

const head = (major: number, n: number): Buffer => {
  if (n < 24) return Buffer.from([(major << 5) | n]);
  return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
};
type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>;
/** As much of CBOR (RFC 8949) as an attestation needs. */
const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])]);
};

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const base64url = (data: string | Buffer): string => Buffer.from(data).toString('base64url');

const PRESENT = 0x01;
const VERIFIED = 0x04;
const MAY_LEAVE = 0x08;
const BACKED_UP = 0x10;
const ATTESTED = 0x40;

interface Kept {
  readonly id: string;
  readonly key: KeyObject;
  readonly handle: string;
  counter: number;
}

/** @param copied whether its passkeys may leave it, as in a password manager; `counts`: those of a manager do not */
export const softAuthenticator = (
  origin: string,
  { copied = false, counts = !copied }: { readonly copied?: boolean; readonly counts?: boolean } = {},
): Authenticator => {
  const kept: Kept[] = [];

  const said = (type: string, { challenge }: Asked, how: Answering): string =>
    JSON.stringify({ type: how.type ?? type, challenge, origin: how.origin ?? origin, crossOrigin: false });

  const data = (asked: Asked, how: Answering, counter: number, attested: Buffer): Buffer => {
    const flags =
      PRESENT |
      (how.verified === false ? 0 : VERIFIED) |
      (copied ? MAY_LEAVE : 0) |
      ((how.backedUp ?? copied) ? BACKED_UP : 0) |
      (attested.length > 0 ? ATTESTED : 0);
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags, 0);
    tail.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(how.rpId ?? asked.rp?.id ?? asked.rpId ?? ''), tail, attested]);
  };

  return {
    get credential() {
      return kept.at(-1)?.id ?? '';
    },
    make: (asked, how = {}) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const raw = randomBytes(32);
      const one: Kept = { id: base64url(raw), key: privateKey, handle: asked.user?.id ?? '', counter: 0 };
      kept.push(one);
      const cose = new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(raw.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, raw, cbor(cose)]);
      const object = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data(asked, how, how.counter ?? 0, attested)],
      ]);
      return {
        id: one.id,
        rawId: one.id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(said('webauthn.create', asked, how)),
          attestationObject: base64url(cbor(object)),
          transports: ['internal'],
        },
      };
    },
    sign: (asked, how = {}) => {
      const allowed = asked.allowCredentials ?? [];
      const one = kept.find(({ id }) => allowed.length === 0 || allowed.some((may) => may.id === id));
      if (!one) throw new Error('This device has no passkey that will do.');
      one.counter = how.counter ?? (counts ? one.counter + 1 : 0);
      const clientData = said('webauthn.get', asked, how);
      const signed = data(asked, how, one.counter, Buffer.alloc(0));
      const payload = Buffer.concat([signed, sha256(how.forged === true ? 'else' : clientData)]);
      return {
        id: one.id,
        rawId: one.id,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(clientData),
          authenticatorData: base64url(signed),
          signature: base64url(sign('sha256', payload, one.key)),
          userHandle: how.userHandle ?? one.handle,
        },
      };
    },
  };
};
