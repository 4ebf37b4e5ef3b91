import { type Client, openClient } from './client.ts';
import { type Provider, providerFor, providersOf } from './settings.ts';

export { readProviders } from './settings.ts';
export { forgetAttempts } from './store.ts';

/** The providers of this installation. */
export interface OpenId {
  /** The one of that name, where the organisation may use it. */
  clientFor(slug: string, id: string): Client | undefined;
  /** Those that an organisation may use. */
  of(slug: string): readonly Provider[];
}

/** Asks none of them anything: each is asked when somebody wants to come in by it. */
export const openOpenId = (providers: readonly Provider[]): OpenId => {
  const clients = new Map(providers.map((provider) => [provider.id, openClient(provider)]));
  return {
    clientFor: (slug, id) => (providerFor(providers, slug, id) ? clients.get(id) : undefined),
    of: (slug) => providersOf(providers, slug),
  };
};
