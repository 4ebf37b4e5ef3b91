import { type FieldKind, problem } from './kind.ts';
import { asText } from '../values.ts';

const SHORT = 300;
const LONG = 10_000;

/** Control characters but tab and line feed have no place in what people write, nor in PostgreSQL's text. */
// oxlint-disable-next-line no-control-regex -- naming them is the point
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/gu;

const kind = (limit: number, lines: boolean): FieldKind => ({
  parse(value, field) {
    if (typeof value !== 'string') return problem('text_expected');
    const clean = value.replaceAll('\r\n', '\n').replaceAll(CONTROL, '').normalize('NFC').trim();
    const text = lines ? clean : clean.replaceAll(/\s+/gu, ' ');
    const max = ('max' in field && field.max) || limit;
    if (text.length > max) return problem('too_long', { max, length: text.length });
    return { value: text === '' ? null : text };
  },
  fromText: (text) => text,
  toText: asText,
});

export const text = kind(SHORT, false);
export const longtext = kind(LONG, true);
