import { BlockList, isIP } from 'node:net';

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Remembers what it said of an address: the same few ask all day. Of addresses made up, no more than so many. */
const remembering = <Said>(say: (address: string) => Said): ((address: string) => Said) => {
  const said = new Map<string, Said>();
  return (address) => {
    const before = said.get(address);
    if (before !== undefined) return before;
    if (said.size >= REMEMBERED) said.clear();
    const now = say(address);
    said.set(address, now);
    return now;
  };
};
const REMEMBERED = 1000;

/** `::ffff:192.0.2.1` is 192.0.2.1, and a zone (`fe80::1%eth0`) is this machine's own business. */
const plain = remembering((address) =>
  address
    .trim()
    .replace(/%.*$/u, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/iu, ''),
);

/** An address, or a network as `10.0.0.0/8`. */
export const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) !== 0 &&
    more.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/u.test(prefix) && Number(prefix) <= bits))
  );
};

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    if (prefix === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
};

const LOOPBACK = listOf(['127.0.0.0/8', '::1']);

/** Is this an address of the machine itself? */
export const isLoopback = remembering(
  (address) => isIP(address) !== 0 && LOOPBACK.check(address, family(address)),
);

/**
 * Finds a client's address: the peer's own, unless it is a proxy of ours; then the rightmost of `X-Forwarded-For`
 * that is no proxy of ours. What stands left of that anybody may have written.
 * @param proxies addresses and networks, as `isNetwork` has them
 */
export const addressesBehind = (
  proxies: readonly string[],
): ((peer: string | undefined, forwarded: string | undefined) => string) => {
  const ours = listOf(proxies);
  const isOurs = remembering((address) => ours.check(address, family(address)));
  return (peer, forwarded) => {
    let client = plain(peer ?? '');
    if (proxies.length === 0 || forwarded === undefined) return client;
    for (const hop of forwarded.split(',').toReversed()) {
      if (isIP(client) === 0 || !isOurs(client)) return client;
      const before = plain(hop);
      // A proxy that says what is no address says nothing.
      if (isIP(before) === 0) return client;
      client = before;
    }
    return client;
  };
};

/**
 * Whom an address stands for: itself, or for IPv6 its /64, which is what one subscriber has and may choose from.
 * @param address as `addressesBehind` gives it
 */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};
