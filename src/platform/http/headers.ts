/**
 * What every answer tells a browser, whatever it is: a page, a refusal, a file, a redirect. Said here and nowhere
 * else, before anything answers; `docs/headers.md` shows the outcome. A page adds a content policy of its own, with the
 * nonces of its scripts (`web/vite.config.ts`), and files that never change may be kept.
 */
const EVERY_ANSWER: readonly (readonly [name: string, value: string])[] = [
  // What is no page needs nothing, and runs nothing.
  [
    'content-security-policy',
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  // A sign-in link is an address: it is told to nobody else.
  ['referrer-policy', 'same-origin'],
  [
    'permissions-policy',
    'accelerometer=(), autoplay=(), browsing-topics=(), camera=(self), display-capture=(), ' +
      'geolocation=(self), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), ' +
      'publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=()',
  ],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['cache-control', 'no-store'],
];

/** For a year, and for every name below: what a browser has once reached safely it never again reaches otherwise. */
const SAFELY = ['strict-transport-security', 'max-age=31536000; includeSubDomains'] as const;

/** @param secure whether people reach this server by https */
export const headersOf = (secure: boolean): readonly (readonly [name: string, value: string])[] =>
  secure ? [...EVERY_ANSWER, SAFELY] : EVERY_ANSWER;
