import { type FieldKind, problem } from './kind.ts';

const YES = new Set(['yes', 'oui', 'true', 'on', '1', 'vrai', 'x']);
const NO = new Set(['no', 'non', 'false', 'off', '0', 'faux']);

export const yesno: FieldKind = {
  parse: (value) => (typeof value === 'boolean' ? { value } : problem('yes_or_no_expected')),
  fromText(text) {
    const bare = text.trim().toLowerCase();
    return YES.has(bare) ? true : NO.has(bare) ? false : text;
  },
  toText: (value) => (value === true ? 'oui' : 'non'),
};
