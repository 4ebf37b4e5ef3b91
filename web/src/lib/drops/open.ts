import type { components } from '../../../../client/generated.ts';
import type { Line } from '../uploads/earlier.ts';

/** What whoever holds a link to put files is told. */
export type OpenDrop = components['schemas']['OpenDrop'];

/** Whoever brings files is known by the link alone; of what they sent they are told how far it came, and nothing else. */
export const lineOf = (secret: string): Line => {
  const headers = { authorization: `Drop ${secret}` };
  return {
    headers,
    ask: async ({ url, name, size }) => {
      try {
        const response = await fetch(url, {
          method: 'HEAD',
          headers: { ...headers, 'tus-resumable': '1.0.0' },
        });
        if (!response.ok) return response.status < 500 && response.status !== 429 ? null : 'away';
        const offset = Number(response.headers.get('upload-offset'));
        return { name, folder: '', size, offset, file: response.headers.get('vigie-file') };
      } catch {
        return 'away';
      }
    },
  };
};

const PLACE = 'vigie.drop';
/** The beginning tells links apart in one browser, and opens none. */
const keyOf = (secret: string): string => `${PLACE} ${secret.slice(0, 8)}`;

/** What was begun by this link in this browser and has no receipt yet. */
export const begunWith = (secret: string): string | null => {
  try {
    return localStorage.getItem(keyOf(secret));
  } catch {
    return null;
  }
};

export const remember = (secret: string, deposit: string | null): void => {
  try {
    if (deposit === null) localStorage.removeItem(keyOf(secret));
    else localStorage.setItem(keyOf(secret), deposit);
  } catch {
    // A browser that keeps nothing: what was begun is gone on with on this page only.
  }
};
