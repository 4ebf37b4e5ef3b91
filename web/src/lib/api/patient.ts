/** Milliseconds before it is asked again; the last goes on. */
const AGAIN = [500, 1000, 2000, 4000];

/** A server that starts, and a proxy that does not reach it. */
const AWAY = new Set([502, 503, 504]);

/** Under this name SvelteKit reads what a page shows. */
const DATA = '/__data.json';

/** Is it what the open page shows, read anew? */
const isRefresh = (asked: RequestInfo | URL): boolean => {
  const { origin, pathname } = new URL(asked instanceof Request ? asked.url : asked, location.href);
  return origin === location.origin && pathname === `${location.pathname.replace(/\/$/u, '')}${DATA}`;
};

/** An answer that has come to its end: a line can be cut in the middle of one. */
const whole = async (answer: Response): Promise<Response> => new Response(await answer.arrayBuffer(), answer);

/**
 * Asks until it is answered, when a page reads again what it shows: SvelteKit would otherwise load the page from
 * the server that cannot be reached, and with it would go whatever is typed or being sent. That the line is gone is
 * said by the stream. Anything else is asked once.
 */
export const patient =
  (fetch: typeof window.fetch): typeof window.fetch =>
  async (asked, how) => {
    if (!isRefresh(asked)) return fetch(asked, how);
    for (let tries = 0; ; tries += 1) {
      const answer = await fetch(asked, how)
        .then(whole)
        .catch(() => null);
      if (answer && !AWAY.has(answer.status)) return answer;
      await new Promise((resolve) => setTimeout(resolve, AGAIN[tries] ?? AGAIN.at(-1)));
    }
  };
