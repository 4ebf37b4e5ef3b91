import type { Definition, Ticket, TicketFile } from '#lib/api/types.ts';
import type { Words } from '#lib/words/words.svelte.ts';

/** What was made: links, each shown once. */
export interface Made {
  readonly links: readonly {
    readonly id: string;
    readonly to: string | null;
    readonly url: string;
    readonly sent: boolean | null;
  }[];
}

/** The customer that a ticket names, when their address may be read. */
export const contactOf = (
  definition: Definition,
  ticket: Ticket,
): { readonly name: string; readonly email: string } | null => {
  for (const [name, { is }] of Object.entries(definition.fields)) {
    const value: unknown = is === 'contact' ? ticket.fields[name] : null;
    if (typeof value !== 'object' || value === null) continue;
    const { name: called, email } = value as { readonly name?: string; readonly email?: string };
    if (email) return { name: called ?? '', email };
  }
  return null;
};

/** All, a field of several, a folder, a file: what one may share, widest first. */
export const scopesOf = (
  files: readonly TicketFile[],
  definition: Definition,
  words: Words,
): readonly { readonly value: string; readonly label: string }[] => {
  const fields = [...new Set(files.map(({ field }) => field))];
  const folders = [
    ...new Map(files.map(({ field, folder }) => [`${field}/${folder}`, { field, folder }])).values(),
  ];
  return [
    { value: '', label: words.m.shares.everything },
    ...(fields.length > 1
      ? fields.map((field) => ({
          value: JSON.stringify({ field }),
          label: words.fieldLabel(definition, field) ?? field,
        }))
      : []),
    ...folders
      .filter(({ folder }) => folder !== '')
      .map(({ field, folder }) => ({
        value: JSON.stringify({ field, folder }),
        label: words.m.shares.inFolder(folder),
      })),
    ...(files.length > 1
      ? files.map(({ id, name }) => ({ value: JSON.stringify({ file: id }), label: name }))
      : []),
  ];
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What the form says, as the API is asked. */
export const bodyOf = (given: Record<string, unknown>): Record<string, unknown> => ({
  ...(text(given['scope']) && (JSON.parse(text(given['scope'])) as object)),
  to: text(given['to'])
    .split(/[\n,;]+/u)
    // Numbers have spaces in them, and addresses none.
    .flatMap((one) => (one.includes('@') ? one.trim().split(/\s+/u) : one.trim()))
    .filter((address) => address !== ''),
  ...(text(given['passphrase']) && { passphrase: given['passphrase'] }),
  ...(text(given['message']) && { message: given['message'] }),
  ...(text(given['downloads']) && { downloads: Number(given['downloads']) }),
  days: Number(given['days']),
  watermark: given['watermark'] === 'on',
  metadata: given['metadata'] === 'kept' ? 'kept' : 'stripped',
});
