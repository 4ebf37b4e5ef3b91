import type { Context } from 'hono';

/** How a request came. Nothing in the request can change what stands here. */
export interface Arrival {
  /** The client's address, as far as proxies that we know say so. */
  readonly address: string;
  /** From this machine itself, and through no proxy that says so. */
  readonly local: boolean;
  /** The address it was asked at, without a slash at the end: the installation's, or an organisation's own. */
  readonly url: string;
  /** Whose own address that is; `null` at the installation's. */
  readonly organisation: { readonly id: string; readonly slug: string } | null;
}

/** What the server gives with each request. */
export interface Bindings {
  readonly arrival: Arrival;
}

/** How this request came. @throws Error when it did not come through the server's own gate */
export const arrivalOf = (c: Context): Arrival => {
  const { arrival } = (c.env ?? {}) as Partial<Bindings>;
  if (!arrival) throw new Error('A request came past the gate.');
  return arrival;
};
