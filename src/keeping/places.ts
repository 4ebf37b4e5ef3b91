import { maySee, readingOf } from '../engine/index.ts';
import { aboutSchema } from '../files/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { type Call, statesById } from '../tickets/index.ts';
import { traced } from '../traces/index.ts';
import { currentKeys, type Vault } from '../vault/index.ts';
import { damagedFiles } from './store.ts';

/** Where something damaged belongs. */
export interface DamagedPlace {
  readonly kind: 'missing' | 'corrupt' | 'unreadable';
  /** `null` where no ticket names it, or none that the asker sees. */
  readonly ticket: { readonly app: string; readonly reference: string } | null;
  /** What the file is called, to who reads its field. */
  readonly file: string | null;
}

/** So many are named: more is no list to go through by hand. */
const MOST = 200;

/**
 * What is damaged, by the tickets that the asker sees; of the others, that there is something. Read, and so traced.
 * @throws HttpProblem 503 `no_trace`; VaultError
 */
export const damagedFor = async (vault: Vault, call: Call): Promise<readonly DamagedPlace[]> => {
  const { house, actor } = call;
  const found = await asOrganisation(call.db, house.id, async (tx) => {
    const rows = await damagedFiles(tx, house.id, MOST);
    const ids = [...new Set(rows.flatMap(({ ticketId }) => ticketId ?? []))];
    return { rows, states: await statesById(tx, house.id, ids) };
  });
  if (found.rows.length === 0) return [];
  const seen = [...found.states.values()].flatMap((state) => {
    const definition = house.apps.get(state.app)?.definition;
    return definition && maySee(definition, actor, state) ? [{ state, definition }] : [];
  });
  const named = new Map((await traced(call, seen)).map((one) => [one.state.id, one]));
  const keys = await currentKeys(vault, house.id);
  return found.rows.map(({ ticketId, fileId, field, about, fault }) => {
    const place = named.get(ticketId ?? '');
    if (!place) return { kind: fault, ticket: null, file: null };
    const { state, definition } = place;
    const isRead = field !== null && readingOf(definition, actor, state)(field) === 'shown';
    const isNamed = isRead && fileId !== null && about !== null;
    return {
      kind: fault,
      ticket: { app: state.app, reference: state.reference },
      file: isNamed ? aboutSchema.parse(keys.openAbout(fileId, about)).name : null,
    };
  });
};
