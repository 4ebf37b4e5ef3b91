import type { Problem } from './types.ts';

export type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type Written<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly problem: Problem; readonly unreachable: boolean };

/** A key that makes sending the same thing twice happen once. */
export const newKey = (): string => {
  // `randomUUID` is missing on a page served without TLS on a local network.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
};

const unreachable: Written<never> = { ok: false, unreachable: true, problem: { title: '', status: 0 } };

const send = async <T>(method: Method, path: string, body: unknown, key: string): Promise<Written<T>> => {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        'idempotency-key': key,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json = response.headers.get('content-type')?.includes('json') ? await response.json() : null;
    if (response.ok) return { ok: true, body: json as T };
    const problem: Problem = json ?? {
      title: response.statusText || String(response.status),
      status: response.status,
    };
    return { ok: false, unreachable: false, problem };
  } catch {
    return unreachable;
  }
};

type Confirm = (problem: Problem) => Promise<boolean>;
let confirm: Confirm | null = null;

/** Says who asks the person to confirm that it is them, when something that is written needs it; the answer stops it. */
export const onStepUp = (asking: Confirm): (() => void) => {
  confirm = asking;
  return () => {
    if (confirm === asking) confirm = null;
  };
};

/**
 * Writes to the API from the browser. Never throws: a refusal and a lost network are answers. What must be confirmed
 * first is asked for, then sent again as it was.
 */
export const write = async <T = unknown>(
  method: Method,
  path: string,
  body?: unknown,
  key: string = newKey(),
): Promise<Written<T>> => {
  const first = await send<T>(method, path, body, key);
  if (first.ok || first.problem.code !== 'step_up' || !confirm) return first;
  return (await confirm(first.problem)) ? send<T>(method, path, body, key) : first;
};
