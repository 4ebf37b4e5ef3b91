import { agentOf } from '../people/index.ts';

/** How a passkey is called until its person says so: by the browser that made it. */
export const usualName = (userAgent: string | undefined): string => agentOf(userAgent) || 'Vigie';
