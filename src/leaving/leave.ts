import type { Actor, Json } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import {
  administrators,
  endAccess,
  grantRef,
  memberById,
  membersOf,
  readRole,
  refuse,
  revokeKey,
} from '../people/index.ts';
import { handShares } from '../shares/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import { addRole, disable, giveKey, insertLeaving, keysOwned, queueLeaving, ticketsHeld } from './store.ts';

/** To whom what they held goes; whoever is not named here gets nothing. */
export interface Heirs {
  /** By app; `null` or absent: to nobody. */
  readonly tickets: { readonly [app: string]: string | null };
  /** By id, to administrators; `null` or absent: the key ends. */
  readonly keys: { readonly [id: string]: string | null };
  /** By `app/role/site`, the site empty for every site: given to somebody besides. */
  readonly roles: { readonly [role: string]: string | null };
}

type People = Awaited<ReturnType<typeof membersOf>>;

const noHeir = () =>
  refuse(
    422,
    'unknown_member',
    'Qui reprend doit pouvoir le faire : un rôle dans l’application pour les tickets, administrer pour les clés.',
    'Who takes over must be able to: a role in the app for tickets, an administrator for keys.',
  );

/** Who takes over, when they can. @throws HttpProblem `unknown_member` */
const heir = (people: People, id: string | null | undefined, fit: (one: People[number]) => boolean) => {
  if (id === null || id === undefined) return null;
  if (!people.some((one) => one.id === id && !one.disabled && fit(one))) throw noHeir();
  return id;
};

/** Something that is handed over, in the transaction of the leaving. */
interface Handing {
  readonly tx: Tx;
  readonly house: House;
  readonly from: string;
  readonly others: People;
  readonly by: Actor;
  readonly now: number;
}

const handKeys = async ({ tx, house, from, others, by, now }: Handing, keys: Heirs['keys']) => {
  for (const { id } of await keysOwned(tx, house.id, from)) {
    const to = heir(others, keys[id], ({ administrator }) => administrator);
    if (to === null) await revokeKey(tx, house.id, id, new Date(now));
    else await giveKey(tx, house.id, { id, from, to });
    await record(
      tx,
      house.id,
      to === null ? 'key_revoked' : 'key_given',
      by,
      { key: id, ...(to !== null && { member: to }) },
      now,
    );
  }
};

const handRoles = async ({ tx, house, others, by, now }: Handing, roles: Heirs['roles']) => {
  for (const [written, id] of Object.entries(roles)) {
    const to = heir(others, id, () => true);
    if (to === null) continue;
    const [app = '', role = '', site = ''] = written.split('/');
    const given = readRole(house, { app, role, site: site === '' ? null : site });
    await addRole(tx, house.id, to, given);
    await record(tx, house.id, 'roles_changed', by, { member: to, given: [grantRef(given)], taken: [] }, now);
  }
};

/**
 * Somebody leaves: they are out at once, and what they held goes to those who are named. Tickets follow one by one
 * after the answer, each by the ordinary command.
 * @throws HttpProblem `not_found`, `last_administrator`, `unknown_member`
 */
export const leave = (
  db: Database,
  house: House,
  memberId: string,
  heirs: Heirs,
  by: Actor,
  now: number,
): Promise<string> =>
  asOrganisation(db, house.id, async (tx) => {
    const admins = await administrators(tx, house.id);
    const found = await memberById(tx, house.id, memberId);
    if (!found || found.disabled)
      throw refuse(404, 'not_found', 'Personne de ce nom ici.', 'Nobody of that name here.');
    if (admins.length === 1 && admins[0] === memberId)
      throw refuse(
        409,
        'last_administrator',
        'C’est la dernière personne qui administre : nommez-en une autre d’abord.',
        'This is the last administrator: name another one first.',
      );
    const others = (await membersOf(tx, house.id)).filter(({ id }) => id !== memberId);
    const handing = { tx, house, from: memberId, others, by, now };
    const held = await ticketsHeld(tx, house.id, memberId);
    const inherits = Object.fromEntries(
      held.map(({ app }) => [
        app,
        heir(others, heirs.tickets[app], ({ roles }) => roles.some((role) => role.app === app)),
      ]),
    );
    await handKeys(handing, heirs.keys);
    await handRoles(handing, heirs.roles);
    await handShares(tx, house, memberId, heirs.tickets, by, now);
    await disable(tx, house.id, memberId, new Date(now));
    await endAccess(tx, house.id, memberId, now);
    const total = held.reduce((sum, { count }) => sum + count, 0);
    const id = newId(now);
    await insertLeaving(tx, house.id, {
      id,
      memberId,
      startedBy: by.id,
      startedAt: new Date(now),
      heirs: inherits,
      total,
      finishedAt: total === 0 ? new Date(now) : null,
    });
    const tickets: Json = held.map(({ app, count }) => ({ app, count, to: inherits[app] ?? null }));
    await record(tx, house.id, 'member_left', by, { member: memberId, tickets }, now);
    if (total > 0) await queueLeaving(tx, id);
    return id;
  });
