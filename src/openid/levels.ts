import { type Assurance, atLeast } from '../people/index.ts';
import type { Provider } from './settings.ts';

/**
 * What a provider's word on how it recognised somebody gives here.
 * What it does not name, or names and we do not know, is `low`; `null` where the provider is held to a minimum and it
 * was not reached.
 */
export const assuranceOf = (
  provider: Pick<Provider, 'levels' | 'minimum'>,
  acr: string | undefined,
): Assurance | null => {
  const at = provider.levels.findIndex((level) => level.acr === acr);
  if (provider.minimum !== undefined) {
    const least = provider.levels.findIndex((level) => level.acr === provider.minimum);
    if (at < least || at === -1) return null;
  }
  return provider.levels[at]?.gives ?? 'low';
};

/** The levels that will do, the lowest first; empty where nothing in particular is asked. */
export const levelsFor = (
  provider: Pick<Provider, 'levels' | 'minimum'>,
  needed: Assurance,
): readonly string[] => {
  const least = provider.levels.findIndex((level) => level.acr === provider.minimum);
  if (needed === 'low' && least === -1) return [];
  return provider.levels
    .filter(({ gives }, at) => at >= least && atLeast(gives, needed))
    .map(({ acr }) => acr);
};
