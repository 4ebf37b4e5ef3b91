import type { Locale } from '#lib/words/locale.ts';
import type { Draft, Organisation } from '#lib/api/types.ts';

declare global {
  namespace App {
    interface Error {
      status: number;
      message: string;
      detail?: string;
      code?: string;
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
    /** The API, in the same process: set by the server on each request it hands to the pages. */
    vigie?: { fetch(request: Request): Promise<Response> };
  }
}
