import { randomBytes } from 'node:crypto';

/** What a unique word stands for: who may read one of a kind may read all of it. */
export type Secret =
  | 'house' // the organisation's and sites' names, who works there: everybody of it
  | 'administration' // addresses of members, names of keys, notices: administrators
  | 'front plain' // what everybody sees who sees tickets of the app at the site
  | 'front inner' // what readers are not shown
  | 'front sealed' // what only those see who reveal
  | 'front south' // the same app, at the other site
  | 'beside'
  | 'strong'
  | 'drop' // what whoever has a link to put files is told, and those who see the ticket
  | 'draft' // what somebody typed, for that somebody
  | 'account' // what their own account page tells somebody, and nobody else
  | 'other house'; // anything at all of the second organisation

/** Everything of the first organisation. */
export const OURS: ReadonlySet<Secret> = new Set<Secret>([
  'house',
  'administration',
  'front plain',
  'front inner',
  'front sealed',
  'front south',
  'beside',
  'strong',
  'drop',
  'draft',
  'account',
]);

/** A word that stands nowhere else, and every way in which an answer could hold it. */
export interface Canary {
  readonly word: string;
  readonly of: Secret;
  /** Where it was written. */
  readonly where: string;
  /** The member of whom it is, who may read it too. */
  whose: string | null;
  readonly forms: readonly string[];
}

/** In base64 a word looks otherwise by where it begins; what hangs on its neighbours is cut off. */
const base64Forms = (word: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'.'.repeat(before)}${word}`)
      .toString('base64')
      .replaceAll('=', '');
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });

export const formsOf = (word: string): readonly string[] => [
  word,
  word.toUpperCase(),
  ...base64Forms(word),
  Buffer.from(word).toString('hex'),
  Array.from(word, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  Array.from(word, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join(''),
  word.split('').toReversed().join(''),
];

/** Makes unique words, and remembers of what each is. */
export class Aviary {
  readonly canaries: Canary[] = [];
  /** A new word of letters and digits, which no encoding of text changes. */
  word(of: Secret, where: string): string {
    const word = `zq${randomBytes(8).toString('hex')}`;
    this.canaries.push({ word, of, where, whose: null, forms: formsOf(word) });
    return word;
  }
  /** Says whose own word it is. */
  give(word: string, member: string): void {
    for (const canary of this.canaries) if (canary.word === word) canary.whose = member;
  }
  /** Which words an answer holds that this caller may not read and did not say themselves. */
  heard(answer: string, asked: string, mayRead: ReadonlySet<Secret>, me: string | null): readonly Canary[] {
    return this.canaries.filter(
      ({ of, word, whose, forms }) =>
        !mayRead.has(of) &&
        (whose === null || whose !== me) &&
        !asked.includes(word) &&
        forms.some((form) => answer.includes(form)),
    );
  }
}
