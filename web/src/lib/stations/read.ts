import { redirect } from '@sveltejs/kit';
import { pages } from '../api/paths.ts';
import { read } from '../api/read.ts';
import type { components } from '../../../../client/generated.ts';

/** The shared station that this device is. */
export type Station = NonNullable<components['schemas']['Device']['station']>;

interface Reader {
  readonly fetch: typeof fetch;
  readonly url: URL;
  readonly params: { readonly organisation: string };
}

/** Reads as whoever unlocked the station; once it has locked itself, its lock is what is shown. */
export const readUnlocked = async <T>(reader: Reader, path: string): Promise<T> => {
  const response = await reader.fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } });
  if (response.ok) return (await response.json()) as T;
  if (response.status === 401) redirect(303, pages.station(reader.params.organisation));
  return read<T>(reader, path);
};
