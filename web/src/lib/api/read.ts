import { error, redirect } from '@sveltejs/kit';
import type { Problem } from './types.ts';

interface Reader {
  readonly fetch: typeof fetch;
  readonly url: URL;
  readonly params: { readonly organisation?: string };
}

const problemOf = async (response: Response): Promise<Problem | null> => {
  if (!response.headers.get('content-type')?.includes('json')) return null;
  return (await response.json()) as Problem;
};

/** Whoever is not signed in is led to the door, and back here afterwards. */
const toTheDoor = ({ url, params }: Reader): never =>
  redirect(
    303,
    `/${params.organisation ?? ''}/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`,
  );

/** Reads from the API; what it refuses becomes the error page, or the sign-in page. */
export const read = async <T>(reader: Reader, path: string): Promise<T> => {
  const response = await reader.fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } });
  if (response.ok) return (await response.json()) as T;
  if (response.status === 401 && reader.params.organisation) return toTheDoor(reader);
  const problem = await problemOf(response);
  return error(response.status, problem?.title ?? response.statusText, {
    ...(problem?.detail && { detail: problem.detail }),
    ...(problem?.code && { code: problem.code }),
    ...(problem?.reason && { reason: problem.reason, passkey: problem.passkey === true }),
  });
};

/** The same, where having nothing to read is an answer too. */
export const readIf = async <T>(reader: Reader, path: string): Promise<T | null> => {
  const response = await reader.fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } });
  return response.ok ? ((await response.json()) as T) : null;
};
