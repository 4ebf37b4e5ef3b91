/** What is seen on a picture without looking at it. */
export interface ImageFacts {
  readonly format: Format;
  /** Pixels, as it is looked at: orientation applied. */
  readonly width: number;
  readonly height: number;
  /** ISO 8601, local or with an offset, as the camera wrote it: `2026-07-14T21:05:00`, `2026-07-14T21:05:00+02:00`. */
  readonly takenAt: string | null;
  /** Degrees (WGS 84); accuracy in metres. */
  readonly place: { readonly lat: number; readonly lng: number; readonly accuracy?: number } | null;
  readonly camera: string | null;
  /** How the kept pixels are to be turned, as Exif counts it: 1 to 8. 1 where the container turns them itself (HEIC, AVIF). */
  readonly orientation: number;
}

export type Format = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'gif' | 'tiff';

export type ImageProblem =
  'not_an_image' | 'too_many_pixels' | 'corrupt' | 'too_slow' | 'too_much_memory' | 'unsupported';

export type Outcome<T> = { readonly ok: T } | { readonly problem: ImageProblem };

/** Why a picture can't be treated; ends the work on it, and only that. */
export class Unfit extends Error {
  override name = 'Unfit';
  readonly problem: ImageProblem;
  /** What was at work is in pieces: the child is not to be used again. */
  readonly spoiled: boolean;
  constructor(problem: ImageProblem, spoiled = false) {
    super(problem);
    this.problem = problem;
    this.spoiled = spoiled;
  }
}

/** What the server asks of a child. The bytes of the pictures follow the message. */
export type Task =
  | { readonly do: 'facts' | 'strip' }
  | { readonly do: 'thumbnail'; readonly edge: number; readonly watermark?: string }
  | { readonly do: 'sheet'; readonly columns: number; readonly names: readonly string[] };

/** What a child answers. The bytes it made, if any, follow the message. */
export type Answer =
  | { readonly facts?: ImageFacts; readonly type?: string }
  | { readonly problem: ImageProblem; readonly spoiled: boolean };

/** Pixels a side of a picture on a contact sheet. */
export const CELL = 240;
