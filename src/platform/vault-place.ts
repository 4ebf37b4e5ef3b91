import { resolve } from 'node:path';
import { z } from 'zod';

/** A folder of this machine, or of one that it mounts; without a path, `vault` in the data folder. */
export interface FolderPlace {
  readonly kind: 'folder';
  readonly path: string | undefined;
}

/** A bucket of a store that speaks S3, addressed path-style. */
export interface BucketPlace {
  readonly kind: 's3';
  readonly bucket: string;
  /** What names in the bucket begin with: '', or folders and a slash at the end. */
  readonly prefix: string;
  /** An origin, without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/** Where sealed files lie. */
export type VaultPlace = FolderPlace | BucketPlace;

const BUCKET =
  /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>[\w.-]+(?:\/[\w.-]+)*))?\/?$/u;
const HERE = ['localhost', '127.0.0.1', '[::1]'];

/** The variables of the environment that say where files lie, as `config.ts` has them. */
export const vaultVariables = {
  VIGIE_VAULT: {
    schema: z.string().refine(isPlace).transform(placeIn),
    allowed: 'the path of a folder, such as /srv/vault, or s3://bucket or s3://bucket/folder',
  },
  VIGIE_S3_ENDPOINT: {
    schema: z
      .string()
      .refine(isSafeOrigin)
      .transform((url) => new URL(url).origin),
    allowed:
      'the address of the S3 store, without bucket or path, such as https://s3.example.org; http only for this machine',
  },
  VIGIE_S3_REGION: {
    schema: z.string().regex(/^[\w-]{1,64}$/u),
    allowed: 'what the store calls its region, such as fr-par; us-east-1 unless it says otherwise',
  },
  VIGIE_S3_KEY_ID: {
    schema: z.string().regex(/^[\x21-\x2b\x2d\x2e\x30-\x7e]{1,200}$/u),
    allowed: 'the identifier of a key of the store, without spaces, commas or slashes',
  },
  VIGIE_S3_SECRET: {
    schema: z.string().regex(/^[\x21-\x7e]{1,200}$/u),
    secret: true,
    allowed: 'the secret of that key, without spaces',
  },
} as const;

export interface VaultVariables {
  readonly VIGIE_VAULT: FolderPlace | Pick<BucketPlace, 'kind' | 'bucket' | 'prefix'> | undefined;
  readonly VIGIE_S3_ENDPOINT: string | undefined;
  readonly VIGIE_S3_REGION: string | undefined;
  readonly VIGIE_S3_KEY_ID: string | undefined;
  readonly VIGIE_S3_SECRET: string | undefined;
}

/**
 * Puts together what the variables say. Half a bucket is refused, and so is a store whose bucket nobody names: files would
 * lie where nobody looks for them.
 * @param refuse hears of each variable that is missing or too many, and why
 */
export const vaultPlace = (
  set: VaultVariables,
  refuse: (name: keyof VaultVariables, why: string) => void,
): VaultPlace => {
  const place = set.VIGIE_VAULT ?? { kind: 'folder', path: undefined };
  if (place.kind === 'folder') {
    for (const name of [
      'VIGIE_S3_ENDPOINT',
      'VIGIE_S3_REGION',
      'VIGIE_S3_KEY_ID',
      'VIGIE_S3_SECRET',
    ] as const)
      if (set[name] !== undefined) refuse(name, 'is set, but VIGIE_VAULT names no bucket (s3://…)');
    return place;
  }
  const needed = (name: 'VIGIE_S3_ENDPOINT' | 'VIGIE_S3_KEY_ID' | 'VIGIE_S3_SECRET'): string => {
    const value = set[name];
    if (value === undefined)
      refuse(name, `is missing, and VIGIE_VAULT is a bucket. It must be ${vaultVariables[name].allowed}`);
    return value ?? '';
  };
  return {
    ...place,
    endpoint: needed('VIGIE_S3_ENDPOINT'),
    region: set.VIGIE_S3_REGION ?? 'us-east-1',
    keyId: needed('VIGIE_S3_KEY_ID'),
    secret: needed('VIGIE_S3_SECRET'),
  };
};

function isPlace(text: string): boolean {
  if (!text.includes('://')) return !text.includes('\0');
  const prefix = BUCKET.exec(text)?.groups?.['prefix'] ?? '';
  return BUCKET.test(text) && prefix.split('/').every((part) => part !== '.' && part !== '..');
}

function placeIn(text: string): Exclude<VaultVariables['VIGIE_VAULT'], undefined> {
  const { bucket, prefix } = BUCKET.exec(text)?.groups ?? {};
  if (bucket === undefined) return { kind: 'folder', path: resolve(text) };
  return { kind: 's3', bucket, prefix: prefix === undefined ? '' : `${prefix}/` };
}

/** What is sealed tells nothing, but the store's key would travel in the open: without TLS only within this machine. */
function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const bare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && HERE.includes(url.hostname)));
}
