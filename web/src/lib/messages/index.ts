import { setInFrench } from '../words/typography.ts';
import type { Locale } from '../words/locale.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** French is the source: English must say the same things, or it does not build. */
export type Messages = typeof fr;

export const messages: Record<Locale, Messages> = { fr: setInFrench(fr), en };
