import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Defined, Field, Hit, Organisation, Page, Text, Ticket, TicketFile } from '#lib/api/types.ts';

type Reader = Parameters<typeof read>[0];

/** An app for health data in which somebody may put a file. */
export interface Space {
  readonly app: string;
  readonly title: Text;
  readonly one: Text;
  /** Whether they open tickets of it by themselves, beside any other. */
  readonly opens: boolean;
  readonly fields: readonly { readonly name: string; readonly label: Text }[];
}

/** So many tickets are shown before one has to say which. */
const SHOWN = 30;

const takes = ({ accept }: Field, type: string | null): boolean =>
  accept === undefined ||
  accept.some((one) => one === type || (one.endsWith('/*') && type?.startsWith(one.slice(0, -1)) === true));

/** The apps for health data whose fields take this file, by whoever asks. */
export const spacesFor = async (
  event: Reader,
  organisation: Organisation,
  file: Pick<TicketFile, 'type'>,
): Promise<readonly Space[]> => {
  const apps = organisation.apps.filter(({ classification }) => classification === 'health');
  const held = new Set(organisation.apps.flatMap(({ holds }) => (holds ? [holds.app] : [])));
  const found = await Promise.all(
    apps.map(({ app }) => read<Defined>(event, `${api.app(organisation.slug, app)}/definition`)),
  );
  return found
    .map(({ app, definition, may }) => ({
      app,
      title: definition.title,
      one: definition.noun.one,
      opens: may.open && !held.has(app),
      fields: Object.entries(definition.fields).flatMap(([name, field]) =>
        field.is === 'files' && !field.retired && may.edits.includes(name) && takes(field, file.type)
          ? [{ name, label: field.label }]
          : [],
      ),
    }))
    .filter(({ fields }) => fields.length > 0);
};

/** Open tickets of these apps: the newest, or those that are found by words. */
export const ticketsOf = async (
  event: Reader,
  slug: string,
  spaces: readonly Space[],
  find: string,
): Promise<{ readonly tickets: readonly Ticket[]; readonly isAll: boolean }> => {
  if (spaces.length === 0) return { tickets: [], isAll: true };
  if (find !== '') {
    const hits = await Promise.all(
      spaces.map(({ app }) =>
        read<{ hits: Hit[] }>(
          event,
          `${api.organisation(slug)}/search?${new URLSearchParams({ q: find, app, limit: String(SHOWN) })}`,
        ),
      ),
    );
    const tickets = hits.flatMap((answer) => answer.hits.map(({ ticket }) => ticket));
    return { tickets: tickets.filter(({ closed }) => !closed), isAll: false };
  }
  const lists = await Promise.all(
    spaces.map(({ app }) =>
      read<Page>(event, `${api.tickets(slug, app)}?open=true&sort=newest&limit=${SHOWN}`),
    ),
  );
  const tickets = lists
    .flatMap((list) => list.tickets)
    .toSorted((a, b) => Date.parse(b.created) - Date.parse(a.created));
  return {
    tickets: tickets.slice(0, SHOWN),
    isAll: tickets.length <= SHOWN && lists.every(({ next }) => next === null),
  };
};
