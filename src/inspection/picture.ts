import type { About } from '../files/index.ts';
import type { Images } from '../platform/images/index.ts';

/** What was made of a file. */
export interface Made {
  readonly kind: 'small' | 'large' | 'stripped';
  readonly bytes: Buffer;
  readonly type: string;
}

interface Pictured {
  readonly facts: About['picture'];
  /** By what decodes it, which knows better. */
  readonly type: string | null;
  readonly made: readonly Made[];
  readonly warnings: readonly string[];
}

const EDGES = { small: 400, large: 1600 } as const;
/** Bytes of the largest file that is taken for a picture: it is held in memory. */
const LARGEST = 256 * 1024 * 1024;
const NONE: Pictured = { facts: undefined, type: null, made: [], warnings: [] };

const TYPES: { readonly [format: string]: string } = { heic: 'image/heic' };

/** What a picture says of itself, previews, and the same picture without what it says of place and time. */
export const pictureOf = async (
  images: Images,
  type: string,
  size: number,
  bytes: () => Promise<Buffer>,
): Promise<Pictured> => {
  if (!type.startsWith('image/') || type === 'image/svg+xml') return NONE;
  if (size > LARGEST) return { ...NONE, warnings: ['no_preview_too_large'] };
  const whole = await bytes();
  const facts = await images.facts(whole);
  if ('problem' in facts) return { ...NONE, warnings: [`no_preview_${facts.problem}`] };
  const made: Made[] = [];
  const warnings: string[] = [];
  for (const kind of ['small', 'large'] as const) {
    const thumbnail = await images.thumbnail(whole, { edge: EDGES[kind] });
    if ('ok' in thumbnail) made.push({ kind, bytes: thumbnail.ok, type: 'image/webp' });
    else {
      warnings.push(`no_preview_${thumbnail.problem}`);
      break;
    }
  }
  const stripped = await images.strip(whole);
  if ('ok' in stripped) made.push({ kind: 'stripped', ...stripped.ok });
  else warnings.push('not_stripped');
  const { format, width, height, takenAt, place, camera } = facts.ok;
  return {
    facts: { format, width, height, takenAt, place, camera },
    type: TYPES[format] ?? `image/${format}`,
    made,
    warnings,
  };
};
