import { type Classification, may, readingOf, Refused, type TicketState } from '../engine/index.ts';
import { type Known, readable } from '../downloads/index.ts';
import { record } from '../log/index.ts';
import { appOf, timeZoneAt } from '../organisations/index.ts';
import { actorNames, hashSecret, memberByEmail, newSecret } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, headingFor, seenByReference } from '../tickets/index.ts';
import { currentKeys, type Keys, type Vault } from '../vault/index.ts';
import { type Post, reaches, sendLink } from './post.ts';
import { insertLinks, type NewLink } from './open/store.ts';
import { hashPassphrase } from './passphrase.ts';
import { mayOpenBy, type Proof, proofFor, saidOf } from './policy.ts';
import { type Named, type Scope, within } from './standing.ts';
import { insertShare } from './store.ts';

const DAY = 86_400_000;

/** What somebody asks to share, and how it is opened. */
export interface Asked {
  /** A field, a folder in it, or one file; nothing of it: every file of the ticket that they read. */
  readonly field?: string | undefined;
  readonly folder?: string | undefined;
  readonly file?: string | undefined;
  /** Mail addresses or numbers of those who are named: each gets a link of their own. */
  readonly to: readonly string[];
  readonly passphrase?: string | undefined;
  readonly days: number;
  /** `null`: as many as one likes; 0: to look at, and not to take. */
  readonly downloads: number | null;
  readonly watermark: boolean;
  readonly metadata: 'kept' | 'stripped';
  readonly message?: string | undefined;
}

/** A link that was made; its address is given here and never again. */
export interface MadeLink {
  readonly id: string;
  readonly to: string | null;
  readonly url: string;
  /** Whether it was mailed; `null` where nobody is named. */
  readonly sent: boolean | null;
}

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

const tooOpen = (classification: Classification | undefined): HttpProblem =>
  classification === 'internal'
    ? refuse(
        422,
        'too_open',
        'Ces fichiers sont internes : nommez qui les lira, ou donnez une phrase de passe.',
        'These files are internal: name who will read them, or give a passphrase.',
      )
    : refuse(
        422,
        'too_open',
        'Ce sont des données de santé : nommez un membre, qui les ouvrira avec sa clé d’accès.',
        'This is health data: name a member, who will open it with their passkey.',
      );

const noWay = (to: string): HttpProblem =>
  to.includes('@')
    ? refuse(
        409,
        'no_mail',
        'Un code part par courriel, et aucun serveur de courriel n’est réglé. Donnez plutôt une phrase de passe.',
        'A code leaves by mail, and no mail server is configured. Give a passphrase instead.',
      )
    : refuse(
        409,
        'no_sms',
        'Un code part à ce numéro par SMS, et aucun envoi de SMS n’est réglé. Donnez une adresse de courriel, ou une phrase de passe.',
        'A code leaves for this number by SMS, and no way to send one is configured. Give a mail address, or a passphrase.',
      );

/** The fields of which files are shared. @throws Refused `not_found`; HttpProblem `nothing_to_share` */
const scopeOf = (call: Call, state: TicketState, files: readonly Known[], asked: Asked): Scope => {
  const { definition } = appOf(call.house, state.app);
  const reading = readingOf(definition, call.actor, state);
  const all = Object.entries(definition.fields)
    .filter(([name, { is }]) => is === 'files' && reading(name) === 'shown')
    .map(([name]) => name);
  const one = files.find(({ row }) => row.id === asked.file);
  if (asked.file !== undefined && !one) throw new Refused({ code: 'not_found' });
  const wanted = one?.row.field ?? asked.field;
  const scope = {
    fields: wanted === undefined ? all : all.filter((name) => name === wanted),
    folder: asked.folder ?? null,
    fileId: asked.file ?? null,
  };
  const isEmpty = (scope.folder !== null || scope.fileId !== null) && within(files, scope).length === 0;
  if (scope.fields.length === 0 || isEmpty)
    throw refuse(
      422,
      'nothing_to_share',
      'Il n’y a rien ici qui puisse être partagé.',
      'There is nothing here that could be shared.',
    );
  return scope;
};

interface Prepared {
  readonly links: readonly (NewLink & Omit<MadeLink, 'sent'> & { readonly locale: 'fr' | 'en' })[];
  readonly by: string;
  readonly state: TicketState;
  readonly proof: Proof;
}

/** What is sealed with the link of whoever is named. */
const named = (address: string, name: string | undefined): Named => ({
  ...(address.includes('@') ? { email: address } : { phone: address }),
  ...(name !== undefined && { name }),
});

/** A link for each who is named, or one for whoever has it. */
const prepareLinks = async (
  tx: Tx,
  call: Call,
  keys: Keys,
  shareId: string,
  proof: Proof,
  { to, base }: { readonly to: readonly string[]; readonly base: string },
): Promise<Prepared['links']> => {
  const { house, now } = call;
  const made = [];
  for (const address of to.length === 0 ? [null] : to) {
    const id = newId(now);
    const secret = proof === 'member' ? null : newSecret();
    const member = address === null ? undefined : await memberByEmail(tx, house.id, address);
    if (proof === 'member' && !member)
      throw refuse(
        422,
        'not_a_member',
        'Des données de santé se partagent avec un membre, qui les ouvre avec sa clé d’accès.',
        'Health data is shared with a member, who opens it with their passkey.',
      );
    made.push({
      id,
      shareId,
      secretHash: secret === null ? null : hashSecret(secret),
      memberId: member?.id ?? null,
      about: address === null ? null : keys.sealAbout(id, named(address, member?.name)),
      to: address,
      locale: member?.locale ?? house.locale,
      url: `${base}/${house.slug}/${secret === null ? `shared/${id}` : `share/${secret}`}`,
    });
  }
  return made;
};

const untilFor = (call: Call, { siteId }: TicketState, at: Date, locale: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: timeZoneAt(call.house, siteId),
  }).format(at);

/**
 * Shares files with people outside. By whoever reads them and may comment on the ticket: as with a guest's link, it is
 * speaking to somebody for the organisation. How it is opened follows from what the app is classified as.
 * @param base where people reach the organisation, without a slash at the end
 * @throws Refused `not_found`, `forbidden`; HttpProblem `too_open`, `not_a_member`, `nothing_to_share`, `no_mail`, `no_sms`,
 * `metadata_stripped`, `one_proof`; VaultError
 */
export const makeShare = async (
  vault: Vault,
  call: Call,
  which: { readonly app: string; readonly reference: string },
  asked: Asked,
  { base, post }: { readonly base: string; readonly post: Post },
): Promise<{ readonly id: string; readonly links: readonly MadeLink[] }> => {
  const { house, actor, now, db } = call;
  const { id: by, kind } = actor;
  const { definition } = appOf(house, which.app);
  const to = [
    ...new Set(
      asked.to.map((one) => (one.includes('@') ? one.trim().toLowerCase() : one.replaceAll(/[^\d+]/gu, ''))),
    ),
  ];
  if (to.length > 0 && asked.passphrase !== undefined)
    throw refuse(
      422,
      'one_proof',
      'Qui est nommé reçoit un code : il ne lui faut pas de phrase de passe.',
      'Who is named gets a code, and needs no passphrase.',
    );
  const keys = await currentKeys(vault, house.id);
  const hashed = asked.passphrase === undefined ? null : await hashPassphrase(asked.passphrase);
  const id = newId(now);
  const expiresAt = new Date(now + asked.days * DAY);
  const prepared = await asOrganisation(db, house.id, async (tx): Promise<Prepared> => {
    const state = await seenByReference(tx, call, which);
    if (!state) throw new Refused({ code: 'not_found' });
    if (by === null || (kind !== 'member' && kind !== 'key') || !may(definition, actor, 'comments', state))
      throw new Refused({ code: 'forbidden' });
    const { classification } = definition;
    const proof = proofFor(classification, { isNamed: to.length > 0, hasPassphrase: hashed !== null });
    if (!mayOpenBy(classification, proof)) throw tooOpen(classification);
    const unreached = proof === 'code' ? to.find((address) => !reaches(post, address)) : undefined;
    if (unreached !== undefined) throw noWay(unreached);
    const scope = scopeOf(call, state, await readable(tx, keys, call, state), asked);
    const isKept = (name: string): boolean => {
      const field = definition.fields[name];
      return field?.is === 'files' && field.metadata === 'kept';
    };
    if (asked.metadata === 'kept' && !scope.fields.every(isKept))
      throw refuse(
        422,
        'metadata_stripped',
        'Le lieu et l’heure des photos ne sortent d’ici que si le champ le permet.',
        'Where and when photos were taken leaves only if the field allows it.',
      );
    const links = await prepareLinks(tx, call, keys, id, proof, { to, base });
    await insertShare(tx, house.id, {
      id,
      ticketId: state.id,
      app: which.app,
      ...scope,
      proof,
      passphrase: hashed,
      metadata: asked.metadata,
      watermark: asked.watermark,
      about: asked.message === undefined ? null : keys.sealAbout(id, { message: asked.message }),
      createdAt: new Date(now),
      createdKind: kind,
      createdBy: by,
      expiresAt,
      most: asked.downloads,
    });
    await insertLinks(tx, house.id, links);
    const deed = { share: id, ticket: state.id, proof, named: to.length, expires: expiresAt.toISOString() };
    await record(tx, house.id, 'share_made', actor, deed, now);
    const [named] = await actorNames(tx, house.id, [by]);
    return { links, by: named?.name ?? '', state, proof };
  });
  const says = saidOf(definition.classification);
  const { state, proof } = prepared;
  const links = prepared.links.map(async (link): Promise<MadeLink> => {
    const sent =
      link.to === null || (proof !== 'code' && proof !== 'member')
        ? null
        : await sendLink(post, house, {
            to: link.to,
            locale: link.locale,
            by: says === 'reference' ? null : prepared.by,
            reference: state.reference,
            heading: says === 'reference' ? null : headingFor(definition, state, link.locale),
            message: says === 'everything' ? (asked.message ?? null) : null,
            url: link.url,
            until: untilFor(call, state, expiresAt, link.locale),
            proof,
          });
    return { id: link.id, to: link.to, url: link.url, sent };
  });
  return { id, links: await Promise.all(links) };
};
