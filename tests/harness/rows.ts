import { randomUUID } from 'node:crypto';

import type { Tx } from '../../src/platform/postgres/index.ts';

/** What files, links to put more, and sealed exchange leave behind. */
export const fillVault = async (tx: Tx, organisationId: string, memberId: string): Promise<void> => {
  const id = randomUUID();
  const own = { organisation_id: organisationId, id, created_at: new Date(0) };
  const rows: Record<string, Record<string, unknown>> = {
    vault_use: { organisation_id: organisationId },
    vault_care: { organisation_id: organisationId },
    blob: { ...own, name: 'x', key_id: id, fingerprint: 'x', size: 1, stored: 1, verified_at: new Date(0) },
    file: { ...own, blob_id: id, about: 'x', size: 1, created_kind: 'member' },
    rendition: {
      organisation_id: organisationId,
      file_id: id,
      kind: 'small',
      blob_id: id,
      size: 1,
      type: 'image/webp',
      about: 'x',
    },
    upload: { ...own, length: 1, about: 'x', key_id: id, expires_at: new Date(0), created_kind: 'member' },
    drop_link: {
      ...own,
      secret_hash: 'x',
      ticket_id: id,
      app: 'voirie',
      field: 'photos',
      key_id: id,
      names: true,
      messages: true,
      most_files: 1,
      most_bytes: 1,
      created_kind: 'member',
      created_by: memberId,
      expires_at: new Date(0),
    },
    deposit: { ...own, drop_id: id, key_id: id },
    receipt: {
      organisation_id: organisationId,
      id,
      ticket_id: id,
      fields: '{}',
      key_id: id,
      signer: 'x',
      kind: 'received',
      direction: 'in',
      files: 0,
      at: new Date(0),
      created_kind: 'member',
    },
    share: {
      ...own,
      ticket_id: id,
      app: 'voirie',
      fields: '{}',
      proof: 'link',
      metadata: 'stripped',
      watermark: false,
      created_kind: 'member',
      created_by: memberId,
      expires_at: new Date(0),
    },
    share_link: { organisation_id: organisationId, id, share_id: id },
    share_visit: {
      organisation_id: organisationId,
      id,
      share_id: id,
      link_id: id,
      secret_hash: 'x',
      proof: 'link',
      at: new Date(0),
      seen_at: new Date(0),
    },
    share_download: { organisation_id: organisationId, id, share_id: id, visit_id: id, at: new Date(0) },
    sealed_escrow: { ...own, recipient: 'x', fingerprint: 'x', created_by: memberId },
    sealed_key: { ...own, member_id: memberId, recipient: 'x', fingerprint: 'x' },
    sealed_lock: { ...own, key_id: id, how: 'passphrase', wrapped: 'x' },
    sealed_pin: {
      organisation_id: organisationId,
      member_id: memberId,
      whose: 'x',
      fingerprint: 'x',
      pinned_at: new Date(0),
    },
    sealed_drop: { organisation_id: organisationId, drop_id: id, key_ids: '{}' },
  };
  for (const [table, row] of Object.entries(rows))
    await tx`insert into ${tx(table)} ${tx(row)} on conflict do nothing`;
};
