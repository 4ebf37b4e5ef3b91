import type { Context } from 'hono';

import { disposition } from './give.ts';

/** A text to be kept by whoever asked for it, never shown as a page. */
export const giveText = (c: Context, text: string, file: string): Response => {
  c.header('content-type', 'text/plain; charset=utf-8');
  c.header('content-disposition', disposition(file, 'attachment'));
  return c.body(text);
};
