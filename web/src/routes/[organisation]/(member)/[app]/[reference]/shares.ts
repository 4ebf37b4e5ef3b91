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
          value: String(new URLSearchParams({ field })),
          label: words.fieldLabel(definition, field) ?? field,
        }))
      : []),
    ...folders
      .filter(({ folder }) => folder !== '')
      .map(({ field, folder }) => ({
        value: String(new URLSearchParams({ field, folder })),
        label: words.m.shares.inFolder(folder),
      })),
    ...(files.length > 1
      ? files.map(({ id, name }) => ({ value: String(new URLSearchParams({ file: id })), label: name }))
      : []),
  ];
};
