import { ProblemError } from './problem.ts';

const MINUTE_MS = 60_000;
const ADDRESSES_KEPT_MOST = 50_000;

/**
 * Callers whom nobody knows yet are held by their address, on this server and within a minute. Members are held by quotas of
 * their own: many of them may share one address.
 */
export function addressTurns(mostPerMinute: number, now: () => number): (address: string) => void {
  let minute = 0;
  const used = new Map<string, number>();
  return (address) => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) used.clear();
    minute = current;
    const own = networkOf(address);
    // Whoever has very many addresses does not make all others start anew: newcomers are then counted by larger networks.
    const name = used.size < ADDRESSES_KEPT_MOST || used.has(own) ? own : wideNetworkOf(own);
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    if (count > mostPerMinute)
      throw new ProblemError('too_many', `More than ${mostPerMinute} a minute are not answered.`, {
        retryAfterSeconds: Math.ceil(((current + 1) * MINUTE_MS - now()) / 1000),
      });
  };
}

/** One household has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return plain.includes(':') ? groupsOf(plain).slice(0, 4).join(':') : plain;
}

/** The /16 or the /32 that a network lies in. */
function wideNetworkOf(network: string): string {
  const mark = network.includes(':') ? ':' : '.';
  return `${network.split(mark).slice(0, 2).join(mark)}${mark}*`;
}

const GROUPS = 8;

/** All eight of an IPv6 address, without leading zeros: it is written short in more than one way. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, GROUPS - first.length - last.length);
  return [...first, ...Array<string>(gap).fill('0'), ...last].map((group) => group.replace(/^0+(?=.)/, ''));
}
