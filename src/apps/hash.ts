import { createHash } from 'node:crypto';
import { canonicalJson } from '../engine/canonical.ts';
import type { AppDefinition } from '../engine/define.ts';

/** The name of a definition: SHA-256 of its canonical JSON, in hexadecimal. Every event carries it. */
export const definitionHash = (definition: AppDefinition): string =>
  createHash('sha256').update(canonicalJson(definition)).digest('hex');
