import type { Tx } from '../platform/postgres/index.ts';
import type { HashedPin } from './pin.ts';

export interface Station {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly steps: readonly string[];
  readonly siteId: string | null;
  readonly opens: boolean;
  readonly idleSeconds: number;
}

interface ListedStation extends Station {
  readonly pairedAt: Date | null;
  readonly agent: string;
  readonly seenAt: Date | null;
  /** Until when a code can pair it. */
  readonly codeUntil: Date | null;
}

const columns = (tx: Tx) =>
  tx`st.id, st.name, st.app, st.steps, st.site_id as "siteId", st.opens, st.idle_seconds as "idleSeconds"`;

export const stationsOf = (tx: Tx, organisationId: string, now: Date): Promise<ListedStation[]> =>
  tx<ListedStation[]>`
  select ${columns(tx)}, st.paired_at as "pairedAt", st.agent, st.seen_at as "seenAt",
    case when st.code_expires_at > ${now} then st.code_expires_at end as "codeUntil"
  from station st where st.organisation_id = ${organisationId} and st.revoked_at is null
  order by lower(st.name), st.id`;

/** What pairs a station, until when, and who made it. */
export interface Code {
  readonly hash: Buffer;
  readonly expiresAt: Date;
  readonly by: string;
}

export const insertStation = (
  tx: Tx,
  organisationId: string,
  station: Station,
  code: Code,
  at: Date,
): Promise<unknown> => tx`
  insert into station (organisation_id, id, name, app, steps, site_id, opens, idle_seconds, created_at, created_by,
    code_hash, code_expires_at, code_by)
  values (${organisationId}, ${station.id}, ${station.name}, ${station.app}, ${station.steps as string[]}::text[],
    ${station.siteId}, ${station.opens}, ${station.idleSeconds}, ${at}, ${code.by},
    ${code.hash}, ${code.expiresAt}, ${code.by})`;

export const setCode = async (tx: Tx, organisationId: string, id: string, code: Code): Promise<boolean> => {
  const rows = await tx`
    update station set code_hash = ${code.hash}, code_expires_at = ${code.expiresAt}, code_by = ${code.by}
    where organisation_id = ${organisationId} and id = ${id}::uuid and revoked_at is null returning 1`;
  return rows.length > 0;
};

/** Uses a code up and gives the station its device: of many who try at once, one has it. */
export const useCode = async (
  tx: Tx,
  organisationId: string,
  codeHash: Buffer,
  deviceHash: Buffer,
  agent: string,
  at: Date,
): Promise<{ id: string; by: string } | undefined> => {
  const [row] = await tx<{ id: string; by: string }[]>`
    update station set code_hash = null, code_expires_at = null, device_hash = ${deviceHash}, agent = ${agent},
      paired_at = ${at}, seen_at = ${at}, tries = 0, pause_until = null
    where organisation_id = ${organisationId} and code_hash = ${codeHash} and code_expires_at > ${at}
      and revoked_at is null
    returning id, code_by as by`;
  return row;
};

/** Ends whatever was unlocked at a station. */
export const lockStation = (tx: Tx, organisationId: string, id: string, at: Date): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and station_id = ${id}::uuid and revoked_at is null`;

export const revokeStation = async (
  tx: Tx,
  organisationId: string,
  id: string,
  at: Date,
): Promise<boolean> => {
  const rows = await tx`
    update station set revoked_at = ${at}, device_hash = null, code_hash = null, code_expires_at = null
    where organisation_id = ${organisationId} and id = ${id}::uuid and revoked_at is null returning 1`;
  return rows.length > 0;
};

/** The station of a device, while it may be used. */
export const stationBy = async (
  tx: Tx,
  organisationId: string,
  deviceHash: Buffer,
): Promise<(Station & { seenAt: Date | null }) | undefined> => {
  const [row] = await tx<(Station & { seenAt: Date | null })[]>`
    select ${columns(tx)}, st.seen_at as "seenAt" from station st
    where st.organisation_id = ${organisationId} and st.device_hash = ${deviceHash} and st.revoked_at is null`;
  return row;
};

export const touchStation = (tx: Tx, organisationId: string, id: string, at: Date): Promise<unknown> => tx`
  update station set seen_at = ${at} where organisation_id = ${organisationId} and id = ${id}`;

/** Members who have one of these roles where the station is: `r` is a role, `m` its member. */
const works = (tx: Tx, organisationId: string, station: Station, roles: readonly string[]) => tx`
  r.organisation_id = ${organisationId} and r.app = ${station.app} and r.role = any(${roles as string[]}::text[])
  and (r.site_id is null or ${station.siteId}::uuid is null or r.site_id = ${station.siteId}::uuid)`;

/** Whom a station may be unlocked by: names, and no more. */
export const peopleAt = (
  tx: Tx,
  organisationId: string,
  station: Station,
  roles: readonly string[],
): Promise<{ id: string; name: string }[]> => tx<{ id: string; name: string }[]>`
  select m.id, m.name from member m
  where m.organisation_id = ${organisationId} and m.disabled_at is null
    and exists (select 1 from member_role r where r.member_id = m.id and ${works(tx, organisationId, station, roles)})
  order by lower(m.name), m.id`;

/** How many wrong tries in a row lead to what; `pause` in milliseconds. */
export interface Limits {
  readonly person: { readonly pauseAfter: number; readonly lockAfter: number };
  readonly station: { readonly pauseAfter: number };
  readonly pause: number;
}

/**
 * Counts one try at a station before it is looked at, and keeps the station to this transaction.
 * @returns whether one was left
 */
export const takeStationTry = async (
  tx: Tx,
  organisationId: string,
  stationId: string,
  { station, pause }: Limits,
  at: Date,
): Promise<boolean> => {
  const until = new Date(at.getTime() + pause);
  const rows = await tx`
    update station st set tries = st.tries + 1,
      pause_until = case when (st.tries + 1) % ${station.pauseAfter}::int = 0 then ${until}::timestamptz end
    where st.organisation_id = ${organisationId} and st.id = ${stationId} and st.revoked_at is null
      and (st.pause_until is null or st.pause_until <= ${at})
    returning 1`;
  return rows.length > 0;
};

/**
 * Takes one try at somebody's PIN, counted before it is looked at: however many come at once, no more are looked at
 * than are allowed. Nothing is given when none is left, when the person has no PIN, or does not work there.
 * Somebody's own strong sign-in since they were locked out lets them try again.
 */
export const takeTry = async (
  tx: Tx,
  organisationId: string,
  station: Station,
  roles: readonly string[],
  memberId: string,
  { person, pause }: Limits,
  at: Date,
): Promise<(HashedPin & { locked: boolean }) | undefined> => {
  const until = new Date(at.getTime() + pause);
  const proved = tx`exists (
    select 1 from session s where s.organisation_id = ${organisationId} and s.member_id = p.member_id
      and s.authenticated_at > p.locked_at and (s.assurance = 'strong' or 'passkey' = any(s.methods)))`;
  const n = tx`case when p.locked_at is not null then 1 else p.tries + 1 end`;
  const [row] = await tx<(HashedPin & { locked: boolean })[]>`
    update pin p set tries = ${n},
      pause_until = case when (${n}) % ${person.pauseAfter}::int = 0 then ${until}::timestamptz end,
      locked_at = case when (${n}) >= ${person.lockAfter}::int then ${at}::timestamptz end
    where p.organisation_id = ${organisationId} and p.member_id = ${memberId}
      and (p.pause_until is null or p.pause_until <= ${at} or p.locked_at is not null)
      and (p.locked_at is null or ${proved})
      and exists (
        select 1 from member_role r join member m on m.organisation_id = ${organisationId} and m.id = r.member_id
        where r.member_id = ${memberId} and m.disabled_at is null and ${works(tx, organisationId, station, roles)})
    returning p.salt, p.hash, p.locked_at is not null as locked`;
  return row;
};

/** The PIN was right: nobody has tried anything. */
export const forgetTries = async (
  tx: Tx,
  organisationId: string,
  stationId: string,
  memberId: string,
): Promise<void> => {
  await tx`
    update pin set tries = 0, pause_until = null, locked_at = null
    where organisation_id = ${organisationId} and member_id = ${memberId}`;
  await tx`
    update station set tries = 0, pause_until = null
    where organisation_id = ${organisationId} and id = ${stationId}`;
};

export const pinOf = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<{ setAt: Date; lockedAt: Date | null } | undefined> => {
  const [row] = await tx<{ setAt: Date; lockedAt: Date | null }[]>`
    select set_at as "setAt", locked_at as "lockedAt" from pin
    where organisation_id = ${organisationId} and member_id = ${memberId}`;
  return row;
};

/** Another PIN. Only a strong sign-in (`unlocks`) ends being locked out with it. */
export const setPin = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  pin: HashedPin,
  unlocks: boolean,
  at: Date,
): Promise<unknown> => tx`
  insert into pin (organisation_id, member_id, salt, hash, set_at)
  values (${organisationId}, ${memberId}, ${pin.salt}, ${pin.hash}, ${at})
  on conflict (organisation_id, member_id) do update set salt = excluded.salt, hash = excluded.hash,
    set_at = excluded.set_at, tries = case when ${unlocks} then 0 else pin.tries end,
    pause_until = case when ${unlocks} then null else pin.pause_until end,
    locked_at = case when ${unlocks} then null else pin.locked_at end`;

export const removePin = async (tx: Tx, organisationId: string, memberId: string): Promise<boolean> => {
  const rows = await tx`
    delete from pin where organisation_id = ${organisationId} and member_id = ${memberId}::uuid returning 1`;
  return rows.length > 0;
};

/** Ends everything somebody has unlocked with the PIN they had. */
export const lockEverywhere = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  at: Date,
): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and member_id = ${memberId}::uuid and station_id is not null
    and revoked_at is null`;

/** Those who are locked out, for administrators to let them try again. */
export const lockedOut = (
  tx: Tx,
  organisationId: string,
): Promise<{ id: string; name: string; at: Date }[]> =>
  tx<{ id: string; name: string; at: Date }[]>`
  select m.id, m.name, p.locked_at as at from pin p
  join member m on m.organisation_id = ${organisationId} and m.id = p.member_id
  where p.organisation_id = ${organisationId} and p.locked_at is not null order by lower(m.name)`;

/** Lets somebody try again. */
export const unlockPin = async (tx: Tx, organisationId: string, memberId: string): Promise<boolean> => {
  const rows = await tx`
    update pin set tries = 0, pause_until = null, locked_at = null
    where organisation_id = ${organisationId} and member_id = ${memberId}::uuid returning 1`;
  return rows.length > 0;
};
