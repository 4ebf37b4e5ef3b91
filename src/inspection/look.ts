import type { AppDefinition, Field } from '../engine/index.ts';
import { type About, aboutSchema, type FileRow, guardOf, type Reason, stateAt } from '../files/index.ts';
import { examine, type Finding } from '../guard/index.ts';
import type { Images } from '../platform/images/index.ts';
import { scan } from '../platform/clamd.ts';
import { type Keys, openBlob, type Vault } from '../vault/index.ts';
import { pictureOf, type Made } from './picture.ts';
import { BEGINNING, typeOf } from './type.ts';

/** What looks at files. */
export interface Lookers {
  readonly vault: Vault;
  readonly images: Images;
  /** Where clamd is; without one, nothing is scanned. */
  readonly clamd: string | undefined;
}

/** Where a file is kept. */
export interface Place {
  readonly definition: AppDefinition;
  readonly field: Field | undefined;
  /** It came by a link that takes only what is sealed. */
  readonly onlySealed: boolean;
}

/** What came of looking. */
export interface Looked {
  readonly type: string;
  readonly state: FileRow['state'];
  readonly reason: Reason | null;
  readonly warnings: readonly string[];
  readonly provesHealth: boolean;
  readonly about: About;
  readonly made: readonly Made[];
  /** What was away may be back then: it is looked at again. */
  readonly again: boolean;
}

const read = async (bytes: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
};

const VERDICTS: { readonly [reason: string]: Reason } = { too_large: 'too_large_to_scan' };

/** Only an exact clean answer is clean. */
const scanned = async (
  clamd: string,
  bytes: AsyncIterable<Buffer>,
): Promise<{ readonly reason: Reason; readonly again: boolean } | null> => {
  const verdict = await scan(bytes, { clamd });
  if (verdict.verdict === 'clean') return null;
  if (verdict.verdict === 'infected') return { reason: 'infected', again: false };
  const reason = VERDICTS[verdict.reason] ?? 'not_scanned';
  return { reason, again: reason === 'not_scanned' };
};

const warningsOf = (
  findings: readonly Finding[],
  uncovered: readonly string[],
  guard: ReturnType<typeof guardOf>,
): readonly string[] => [
  ...(guard === 'blocks and warns' && findings.some(({ strength }) => strength === 'weak')
    ? ['health_signs']
    : []),
  ...uncovered.map((what) => `not_examined_${what}`),
];

/**
 * Looks at a file that has arrived: what it is by its content, whether the scanner finds it clean, whether it proves health
 * data where that does not belong, what a picture says of itself; and makes what it is looked at as.
 * @param place `null` while no ticket names it: what was found is kept, and decided where it is put
 */
export const look = async (
  { vault, images, clamd }: Lookers,
  keys: Keys,
  row: FileRow,
  place: Place | null,
): Promise<Looked> => {
  const known = aboutSchema.parse(keys.openAbout(row.id, row.about));
  const { size, read: bytes } = await openBlob(vault, keys.organisationId, row.blobId);
  const type = await typeOf(await read(bytes(0, Math.min(size, BEGINNING))));
  const heard = clamd === undefined ? null : await scanned(clamd, bytes(0, size));
  // Of what is sealed the scanner knows nothing either way, but for a name it has for the very bytes.
  const refused = type === 'application/age' && heard?.reason !== 'infected' ? null : heard;
  const nothing = { warnings: [], provesHealth: false, about: known, made: [] };
  if (refused) return { type, state: 'quarantined', ...refused, ...nothing };

  // To whoever looks from here it is noise: what scanner and guard do not see is said, not passed over.
  if (type === 'application/age')
    return {
      type,
      ...stateAt({ type, provesHealth: false }, place?.definition.classification, place?.field),
      again: false,
      ...nothing,
      warnings: ['sealed'],
    };

  const guard = guardOf(place?.definition.classification);
  const { findings, uncovered } =
    guard === 'off' ? { findings: [], uncovered: [] } : await examine(bytes(0, size), type);
  const provesHealth = findings.some(({ strength }) => strength === 'strong');
  const picture = await pictureOf(images, type, size, () => read(bytes(0, size)));
  const about: About = {
    ...known,
    ...(picture.facts && { picture: picture.facts }),
    ...(findings.length > 0 && {
      findings: findings.map(({ rule, strength, where }) => ({ rule, strength, where })),
    }),
  };
  const decided = stateAt(
    { type: picture.type ?? type, provesHealth },
    place?.definition.classification,
    place?.field,
  );
  // Whoever brings says that it is sealed before its bytes are there; these say that it is not.
  const isBare = place?.onlySealed === true && decided.state === 'kept';
  return {
    type: picture.type ?? type,
    ...(isBare ? { state: 'quarantined', reason: 'not_sealed' } : decided),
    warnings: [...warningsOf(findings, uncovered, guard), ...picture.warnings],
    provesHealth,
    about,
    made: picture.made,
    again: false,
  };
};
