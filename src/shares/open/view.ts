import { z } from '@hono/zod-openapi';

import { outgoingLater } from '../../downloads/index.ts';
import type { House } from '../../organisations/index.ts';
import { appOf, timeZoneAt } from '../../organisations/index.ts';
import type { Visit } from '../../people/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { visitReceipt } from '../../receipts/index.ts';
import { safeName, safePath } from '../../platform/zip/index.ts';
import type { Vault } from '../../vault/index.ts';
import type { Named } from '../standing.ts';
import type { Found } from './found.ts';

const text = z.union([z.string(), z.object({ fr: z.string(), en: z.string() })]);

/** What whoever holds a link is told: before they proved what it asks for, only who shares and until when. */
export const sharedSchema = z
  .object({
    organisation: z.object({ slug: z.string(), name: z.string(), locale: z.enum(['fr', 'en']) }),
    id: z.string().openapi({ description: 'Of the link: where its files are.' }),
    by: z.string(),
    until: z.string(),
    timeZone: z.string(),
    proof: z.enum(['link', 'passphrase', 'code', 'member']),
    to: z.string().nullable().openapi({ description: 'Where the code goes, with most of it hidden.' }),
    member: z.boolean().openapi({ description: 'A member is named, who may open it with their passkey.' }),
    open: z
      .object({
        reference: z.string(),
        noun: text,
        labels: z.array(text),
        message: z.string().nullable(),
        downloads: z.object({ most: z.number().int(), left: z.number().int() }).nullable(),
        watermark: z.boolean(),
        receipt: z.boolean().openapi({ description: 'You have taken something: there is a receipt of it.' }),
        files: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            folder: z.string(),
            size: z.number(),
            type: z.string().nullable(),
            preview: z.boolean(),
            leaves: z.boolean().openapi({
              description: 'False: what the picture says of place and time could not be taken away.',
            }),
          }),
        ),
      })
      .nullable(),
  })
  .openapi('Shared');

/** `c•••@example.org`, `••• 78` */
const masked = (named: Named): string => {
  if (!('email' in named)) return `••• ${named.phone.slice(-2)}`;
  const { email } = named;
  return `${String.fromCodePoint(email.codePointAt(0) ?? 64)}•••${email.slice(email.lastIndexOf('@'))}`;
};

/** A page for whoever holds the link. */
export const showShared = async (
  vault: Vault,
  house: House,
  { share, link, named, message, by, standing: { state, files } }: Found,
  visit: Visit | null,
): Promise<z.output<typeof sharedSchema>> => {
  const { definition } = appOf(house, share.app);
  const leaving = visit ? await outgoingLater(vault, house.id, files, share.metadata) : [];
  const { most, downloads } = share;
  const hasReceipt =
    visit !== null &&
    (await asOrganisation(vault.db, house.id, (tx) => visitReceipt(vault, tx, house.id, visit.id))) !== null;
  return {
    organisation: { slug: house.slug, name: house.name, locale: house.locale },
    id: link.id,
    by,
    until: share.expiresAt.toISOString(),
    timeZone: timeZoneAt(house, state.siteId),
    proof: share.proof,
    to: named && share.proof === 'code' ? masked(named) : null,
    member: link.memberId !== null,
    open: visit && {
      reference: state.reference,
      noun: definition.noun.one,
      labels: share.fields.flatMap((field) => definition.fields[field]?.label ?? []),
      message,
      downloads: most === null ? null : { most, left: Math.max(0, most - downloads) },
      watermark: share.watermark,
      receipt: hasReceipt,
      files: files.map(({ row, about, previews }, index) => ({
        id: row.id,
        name: safeName(about.name),
        folder: about.folder === '' ? '' : safePath(about.folder),
        size: leaving[index]?.size ?? row.size,
        type: row.type,
        preview: previews.length > 0,
        leaves: (leaving[index] ?? null) !== null,
      })),
    },
  };
};
