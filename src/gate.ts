import type { IncomingMessage } from 'node:http';

import type { Limits } from './limits/index.ts';
import type { Houses } from './organisations/index.ts';
import type { Arrival } from './platform/http/arrival.ts';
import { HttpProblem, problem } from './platform/http/problem.ts';
import { addressesBehind, isLoopback } from './platform/http/proxies.ts';
import type { Gate } from './platform/http/serve.ts';
import type { Logger } from './platform/logging.ts';

/** Whoever watches the machine asks by its address; nothing of anyone's work is told there. */
const WATCHED = /^\/(?:healthz|readyz|metrics)(?:$|\?)/u;
const LIGHT = /^\/(?:healthz(?:$|\?)|_app\/immutable\/)/u;

const UNKNOWN_HOST = (): HttpProblem =>
  new HttpProblem(
    problem(
      421,
      'unknown_host',
      'Vigie n’est pas à cette adresse : voyez VIGIE_URL, et que le proxy passe le nom d’hôte. / Vigie is not at this address: see VIGIE_URL, and that the proxy passes the host name on.',
    ),
  );

const FORWARDING = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'] as const;

/**
 * What every request passes first: from where it really comes, whose address it was asked at, and whether that is an
 * address of ours at all. No header of the request is believed but those of a proxy that is known.
 */
export const openGate = (deps: {
  readonly url: string;
  readonly port: number;
  readonly proxies: readonly string[];
  readonly houses: Houses;
  readonly limits: Limits;
  readonly logger: Logger;
}): Gate => {
  const { url, port, houses, limits, logger } = deps;
  const addressOf = addressesBehind(deps.proxies);
  const own = new Set([
    new URL(url).host,
    // From the machine itself, and from a proxy on it that does not pass the name on.
    ...['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`),
  ]);
  let warned = false;

  const come = (request: IncomingMessage): Omit<Arrival, 'url' | 'organisation'> => {
    const { headers, socket } = request;
    const forwarded = headers['x-forwarded-for'];
    if (forwarded !== undefined && deps.proxies.length === 0 && !warned) {
      warned = true;
      logger.warn(
        'A proxy forwards requests and VIGIE_PROXIES does not name it: everyone behind it is counted as one.',
      );
    }
    const address = addressOf(
      socket.remoteAddress,
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    );
    return { address, local: isLoopback(address) && FORWARDING.every((name) => headers[name] === undefined) };
  };

  const entered = (request: IncomingMessage, arrival: Arrival): Arrival | Promise<Arrival> => {
    const path = request.url ?? '';
    // Routes of the API count for themselves, each by who asks.
    if (path.startsWith('/api/') || LIGHT.test(path)) return arrival;
    const counted = limits.generally('visit', arrival.address);
    return counted === undefined ? arrival : counted.then(() => arrival);
  };

  return (request) => {
    const host = (request.headers.host ?? '').toLowerCase();
    const from = come(request);
    if (own.has(host) || WATCHED.test(request.url ?? ''))
      return entered(request, { ...from, local: from.local && own.has(host), url, organisation: null });
    return houses.atHost(host).then((found) => {
      if (!found) throw UNKNOWN_HOST();
      return entered(request, { ...from, url: found.url, organisation: { id: found.id, slug: found.slug } });
    });
  };
};
