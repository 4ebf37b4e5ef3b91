import { defaultOptions, Upload } from 'tus-js-client';

/** How long what was sent waits on the server to be used. */
const KEPT = 24 * 3_600_000;

const storage = defaultOptions.urlStorage;

/** Something of it was sent from this browser before, and it was not used yet. */
export interface Earlier {
  readonly key: string;
  readonly url: string;
  readonly name: string;
  readonly size: number;
}

/** What uploads of the same place are remembered by; the same file chosen again goes on where it was. */
export const fingerprintOf = (place: string, file: File, path: string): string =>
  `${place} ${path || file.name} ${file.size} ${file.lastModified}`;

/** What was sent from this place of this browser, and may still be gone on with or used. */
export const earlierAt = async (place: string): Promise<readonly Earlier[]> => {
  const found: Earlier[] = [];
  for (const one of await storage.findAllUploads()) {
    if (!one.urlStorageKey.startsWith(`tus::${place} `)) continue;
    const url = (one as { uploadUrl?: string | null }).uploadUrl;
    if (!url || Date.now() - Date.parse(one.creationTime) > KEPT) {
      await storage.removeUpload(one.urlStorageKey);
      continue;
    }
    const { filename = '' } = one.metadata;
    found.push({ key: one.urlStorageKey, url, name: filename, size: one.size ?? 0 });
  }
  return found;
};

/** What an upload has become, as its sender sees it. */
export interface Become {
  readonly name: string;
  readonly folder: string;
  readonly size: number | null;
  readonly offset: number;
  readonly file: string | null;
}

/** @returns `null` when it is no more, or has been used; `'away'` when nobody can say */
const askFor = async ({ url }: Earlier): Promise<Become | null | 'away'> => {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    if (response.ok) return (await response.json()) as Become;
    return response.status === 404 || response.status === 410 ? null : 'away';
  } catch {
    return 'away';
  }
};

/** How one sends, and asks what has become of what was sent. */
export interface Line {
  readonly headers: { readonly [name: string]: string };
  ask(one: Earlier): Promise<Become | null | 'away'>;
}

/** That of whoever is signed in: their browser says who they are. */
export const ownLine: Line = { headers: {}, ask: askFor };

/** It is no longer thought of here; what came of it goes by itself. */
export const forget = (key: string): Promise<void> => storage.removeUpload(key);

/** Takes it back from the server. */
export const takeBack = (url: string, { headers }: Line): Promise<void> =>
  Upload.terminate(url, { headers }).catch(() => {});
