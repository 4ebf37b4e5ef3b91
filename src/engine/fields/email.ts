import { z } from 'zod';

import { type FieldKind, problem } from './kind.ts';
import { asText } from '../values.ts';

const ADDRESS = z.email().max(254);

export const email: FieldKind = {
  parse(value) {
    const read = ADDRESS.safeParse(typeof value === 'string' ? value.trim() : value);
    return read.success ? { value: read.data } : problem('email_expected');
  },
  fromText: (text) => text.trim(),
  toText: asText,
};
