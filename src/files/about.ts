import { z } from 'zod';

/** What is known of a file, sealed in its row: nothing of it is for whoever only reads the database. */
export const aboutSchema = z.object({
  /** As its owner called it: one line, without a path. */
  name: z.string(),
  /** The folder it was in, with `/` between its parts; empty at the top. */
  folder: z.string().default(''),
  /** Hexadecimal; the second once somebody needed it. */
  sha256: z.string(),
  sha512: z.string().optional(),
  crc32: z.number(),
  /** What a picture says of itself. */
  picture: z
    .object({
      format: z.string(),
      width: z.number(),
      height: z.number(),
      takenAt: z.string().nullable(),
      place: z.object({ lat: z.number(), lng: z.number(), accuracy: z.number().optional() }).nullable(),
      camera: z.string().nullable(),
    })
    .optional(),
  /** What the guard found: rule, how strong, and where, never what. */
  findings: z
    .array(z.object({ rule: z.string(), strength: z.enum(['strong', 'weak']), where: z.string() }))
    .optional(),
  /** It proved nothing, an administrator said, and why. */
  cleared: z.object({ at: z.string(), by: z.string(), reason: z.string() }).optional(),
});

export type About = z.output<typeof aboutSchema>;

/** Sums of a rendition, sealed as those of files are. */
export const renditionAbout = z.object({ sha256: z.string(), crc32: z.number() });
export type RenditionAbout = z.output<typeof renditionAbout>;
