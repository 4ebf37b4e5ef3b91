import type { Locale } from '#lib/words/locale.ts';
import type { Draft, Organisation } from '#lib/api/types.ts';

declare global {
  namespace App {
    interface Error {
      status: number;
      message: string;
      detail?: string;
      code?: string;
      reason?: 'assurance' | 'freshly';
      passkey?: boolean;
    }
    interface Locals {
      locale: Locale;
    }
    interface PageData {
      locale: Locale;
      organisation?: Organisation;
      draft?: Draft | null;
    }
  }
}

declare module 'node:http' {
  interface IncomingMessage {
    /**
     * Set by the server on each request it hands to the pages: the API, in the same process and as whoever asks, and
     * the short name of the organisation whose own address this is.
     */
    vigie?: {
      fetch(request: Request): Response | Promise<Response>;
      readonly organisation: string | null;
    };
  }
}
