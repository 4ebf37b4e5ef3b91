import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and some 60 ms a try (OWASP's parameters for scrypt, one step below: a PIN is also peppered and throttled). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const BYTES = 32;

export interface HashedPin {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const derive = (pepper: Buffer, pin: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const peppered = createHmac('sha256', pepper).update(pin).digest();
    scrypt(peppered, salt, BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });

export const hashPin = async (pepper: Buffer, pin: string): Promise<HashedPin> => {
  const salt = randomBytes(16);
  return { salt, hash: await derive(pepper, pin, salt) };
};

/** Where there is nothing to compare with: it takes as long, and is never right. */
const NOTHING: HashedPin = { salt: Buffer.alloc(16), hash: Buffer.alloc(BYTES) };

/** Is this the PIN? As long for a person who has none as for one who has. */
export const isPin = async (pepper: Buffer, pin: string, kept: HashedPin | null): Promise<boolean> => {
  const { salt, hash } = kept ?? NOTHING;
  const same = timingSafeEqual(await derive(pepper, pin, salt), hash);
  return same && kept !== null;
};

const isDay = (pin: string): boolean => {
  const [day, month] = [Number(pin.slice(0, 2)), Number(pin.slice(2, 4))];
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
};

/** What anybody would try first: one or two digits repeated, a run, the same thing twice, a date of birth (120387). */
export const isTrivial = (pin: string): boolean => {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return (
    new Set(pin).size < 3 ||
    steps.every((step) => step === 1) ||
    steps.every((step) => step === 9) ||
    pin.slice(0, 3) === pin.slice(3) ||
    isDay(pin)
  );
};
