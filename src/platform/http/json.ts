import type { Context } from 'hono';

/** Answers with JSON that is written already. */
export const jsonText = (c: Context, text: string): Response =>
  c.body(text, 200, { 'content-type': 'application/json' });

/** Answers that something was made, and where it is: JSON that is written already. */
export const madeText = (text: string, location: string): Response =>
  new Response(text, { status: 201, headers: { 'content-type': 'application/json', location } });
