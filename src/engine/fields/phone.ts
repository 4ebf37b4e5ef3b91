import { type FieldKind, problem } from './kind.ts';
import { asText } from '../values.ts';

/** As it was dictated, spaces tidied: what matters is that a hand can dial it. */
export const phone: FieldKind = {
  parse(value) {
    if (typeof value !== 'string') return problem('phone_expected');
    const tidy = value.replaceAll(/[\s.\u00a0]+/gu, ' ').trim();
    const digits = tidy.replaceAll(/\D/gu, '').length;
    return /^\+?[\d ()/-]+$/u.test(tidy) && digits >= 3 && digits <= 18
      ? { value: tidy }
      : problem('phone_expected');
  },
  fromText: (text) => text,
  toText: asText,
};
