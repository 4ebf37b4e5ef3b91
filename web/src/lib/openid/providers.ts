import type { Text } from '../api/types.ts';

/** By whom one may come in. */
export interface Provider {
  readonly id: string;
  readonly title: Text;
}

/** What the API answers when something begins: what the way on is called. */
export interface Started {
  readonly reference: string;
}

/** Addresses of the API for coming in by a provider, below `/api/v1`. */
export const openid = (organisation: string, rest: string): string =>
  `/${encodeURIComponent(organisation)}/openid/${rest}`;

/** The page that goes on without script; the name of the way is put in by the server. */
export const onwards = (organisation: string): string =>
  `/${encodeURIComponent(organisation)}/sign-in/continue?attempt={reference}`;

/** Leaves for the provider. A page load: what comes next is not ours. */
export const goOn = (organisation: string, { reference }: Started): void =>
  location.assign(`/api/v1${openid(organisation, `attempts/${encodeURIComponent(reference)}`)}`);
