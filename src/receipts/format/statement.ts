import { fromOneLine, inOneLine } from './escape.ts';

/** What a receipt says: who gave which files to whom, and when. */
export interface ReceiptStatement {
  readonly version: 1;
  /** `handed-over`: they left `from`; `received`: they are with `to`. */
  readonly kind: 'handed-over' | 'received';
  /** Who says so. */
  readonly organisation: { readonly name: string; readonly id: string };
  /** The reference of the ticket: `E-2026-0042`. */
  readonly ticket: string;
  /** Into the organisation, or out of it. */
  readonly direction: 'in' | 'out';
  /** As people are called; not empty. */
  readonly from: string;
  readonly to: string;
  /** An instant in UTC: `2026-11-22T03:20:52.000Z`. */
  readonly at: string;
  readonly files: readonly ReceiptFile[];
}

export interface ReceiptFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

const TITLE = 'Reçu de fichiers / Receipt for files';
const HEADING = `${TITLE} (Vigie, version 1)`;
const ACTS = { 'handed-over': 'remis / handed over', received: 'reçu / received' } as const;
const WAYS = { in: 'entrant / incoming', out: 'sortant / outgoing' } as const;

/**
 * The one text of a statement, to be read by people, and read back by `readStatement`.
 *
 * @throws TypeError on an empty name, a time, size or sum that is none
 */
export const statementText = (statement: ReceiptStatement): string => {
  if (!isInstant(statement.at)) throw new TypeError('The time of a receipt is an instant in UTC.');
  return [
    HEADING,
    '',
    `Acte / Act: ${ACTS[statement.kind]}`,
    `Organisation: ${said(statement.organisation.name)}`,
    `Organisation, identifiant / id: ${said(statement.organisation.id)}`,
    `Fiche / Ticket: ${said(statement.ticket)}`,
    `Sens / Direction: ${WAYS[statement.direction]}`,
    `De / From: ${said(statement.from)}`,
    `À / To: ${said(statement.to)}`,
    `Le / At: ${statement.at}`,
    `Fichiers / Files: ${statement.files.length}`,
    ...(statement.files.length > 0 ? ['', 'SHA-256, octets / bytes, nom / name'] : []),
    ...statement.files.map(fileLine),
    '',
  ].join('\n');
};

/** The statement of such a text; the version where it is another than ours; nothing where it is no receipt. */
export const readStatement = (text: string): ReceiptStatement | 'unknown_version' | undefined => {
  const [heading = '', , ...lines] = text.split('\n');
  if (heading !== HEADING)
    return heading.startsWith(`${TITLE} (Vigie, version `) ? 'unknown_version' : undefined;
  const after = (label: string): string => {
    const line = lines.shift() ?? '';
    return line.startsWith(`${label}: `) ? line.slice(label.length + 2) : '';
  };
  const kind = keyOf(ACTS, after('Acte / Act'));
  const organisation = {
    name: fromOneLine(after('Organisation')),
    id: fromOneLine(after('Organisation, identifiant / id')),
  };
  const ticket = fromOneLine(after('Fiche / Ticket'));
  const direction = keyOf(WAYS, after('Sens / Direction'));
  const [from, to] = [fromOneLine(after('De / From')), fromOneLine(after('À / To'))];
  const at = after('Le / At');
  const files = lines.slice(3, -1).map(readFileLine);
  if (!kind || !direction || !files.every((file) => file !== undefined)) return undefined;
  const statement = { version: 1, kind, organisation, ticket, direction, from, to, at, files } as const;
  return isWrittenSo(statement, text) ? statement : undefined;
};

/** Whatever was read leniently above is refused here: a statement has one text. */
const isWrittenSo = (statement: ReceiptStatement, text: string): boolean => {
  try {
    return statementText(statement) === text;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

const fileLine = ({ name, size, sha256 }: ReceiptFile): string => {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A SHA-256 is 64 hexadecimal digits.');
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError('A size is a whole number.');
  return `${sha256}  ${size}  ${said(name)}`;
};

const readFileLine = (line: string): ReceiptFile | undefined => {
  const [, sha256, size, name] = /^([0-9a-f]{64}) {2}(\d+) {2}(.+)$/u.exec(line) ?? [];
  return sha256 && name ? { name: fromOneLine(name), size: Number(size), sha256 } : undefined;
};

const said = (text: string): string => {
  if (text === '') throw new TypeError('A receipt says who, what and to whom.');
  return inOneLine(text);
};

const keyOf = <Key extends string>(texts: { readonly [key in Key]: string }, text: string): Key | undefined =>
  (Object.keys(texts) as Key[]).find((key) => texts[key] === text);

const isInstant = (text: string): boolean => {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString() === text;
};
