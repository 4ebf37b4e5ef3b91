import { isDay } from './date.ts';
import { type FieldKind, problem } from './kind.ts';
import { asText } from '../values.ts';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u;
const WALL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/u;

/** An instant; kept in UTC, shown in the site's time. */
export const datetime: FieldKind = {
  parse(value) {
    const parts = typeof value === 'string' ? INSTANT.exec(value) : null;
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (!parts || !isDay(parts[1] ?? '') || Number.isNaN(at)) return problem('datetime_expected');
    return { value: new Date(at).toISOString() };
  },
  fromText(text, _field, typing) {
    const wall = WALL.exec(text.trim());
    return wall ? (typing.instant(`${wall[1]}T${wall[2]}`) ?? text) : text.trim();
  },
  toText: asText,
};
