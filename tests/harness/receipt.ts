import { createHash } from 'node:crypto';

import { publicKeyText, type ReceiptStatement, signerFrom } from '../../src/receipts/format/index.ts';

export const seedOf = (word: string): Buffer => createHash('sha256').update(word).digest();
export const kerlann = signerFrom(seedOf('kerlann'), 'vigie.kerlann.example/kerlann');
export const other = signerFrom(seedOf('other'), 'vigie.kerlann.example/other');
export const key = publicKeyText(kerlann);

export const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

export const statement: ReceiptStatement = {
  version: 1,
  kind: 'handed-over',
  organisation: { name: 'Mairie de Kerlann', id: '0198c0de-0000-7000-8000-000000000001' },
  ticket: 'E-2026-0042',
  direction: 'out',
  from: 'Anne Le Goff',
  to: 'Laboratoire Argentique, Quimper',
  at: '2026-11-22T03:20:52.000Z',
  files: [
    { name: 'plan du port.pdf', size: 12_345, sha256: sha256('plan') },
    { name: 'été.jpg', size: 0, sha256: sha256('') },
  ],
};
