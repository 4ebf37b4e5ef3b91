import type { FieldType } from '../define.ts';
import { choice } from './choice.ts';
import { contact } from './contact.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import { email } from './email.ts';
import { files } from './files.ts';
import type { FieldKind } from './kind.ts';
import { lines } from './lines.ts';
import { longtext } from './longtext.ts';
import { money } from './money.ts';
import { number } from './number.ts';
import { phone } from './phone.ts';
import { place } from './place.ts';
import { text } from './text.ts';
import { yesno } from './yesno.ts';

/** Every type of field there is. */
export const fieldKinds: { readonly [T in FieldType]: FieldKind } = {
  text,
  longtext,
  number,
  money,
  choice,
  yesno,
  date,
  datetime,
  place,
  contact,
  phone,
  email,
  lines,
  files,
};
