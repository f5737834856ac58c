import type { Thread } from '#contract/engine/replies.ts';
import type { Client } from '../../client.ts';

/** A line of a conversation, as the engine tells it. */
export type ThreadLine = Awaited<ReturnType<Client['replies']['thread']>>[number];

/** Which conversation: a customer's, or that of an address nobody knows yet. */
export function threadKeyOf({ customerId, address }: Pick<Thread, 'customerId' | 'address'>): string {
  return customerId === null ? `address:${address}` : `customer:${customerId}`;
}

/** What the address of the screen asks for: '/inbox?customer=7', '/inbox?address=%2B91…'. */
export function askedKeyOf(asked: {
  readonly customer: string | null;
  readonly address: string | null;
}): string | undefined {
  if (asked.customer !== null) return `customer:${asked.customer}`;
  return asked.address === null ? undefined : `address:${asked.address}`;
}

/**
 * The keys in the order in which they are shown: what stood there stays in its place though it was answered, so that
 * nothing moves under the hand; what is new comes on top. The same array where nothing changed.
 */
export function keptOrder(shown: readonly string[], keys: readonly string[]): readonly string[] {
  const there = new Set(keys);
  const known = new Set(shown);
  const next = [...keys.filter((key) => !known.has(key)), ...shown.filter((key) => there.has(key))];
  return next.length === shown.length && next.every((key, at) => key === shown[at]) ? shown : next;
}

export type ThreadFilter = 'open' | 'all';

/** The conversations of a filter; the one that is looked at stays until one looks at another. */
export function shownThreads(
  threads: readonly Thread[],
  wish: {
    readonly order: readonly string[];
    readonly filter: ThreadFilter;
    readonly activeKey: string | undefined;
  },
): readonly Thread[] {
  const { order, filter, activeKey } = wish;
  const byKey = new Map(threads.map((thread) => [threadKeyOf(thread), thread]));
  return order.flatMap((key) => {
    const thread = byKey.get(key);
    const isShown = thread && (filter === 'all' || thread.openCount > 0 || key === activeKey);
    return isShown ? [thread] : [];
  });
}

/** Where a key moves the active row; undefined for a key that moves nothing. */
export function movedTo(
  key: string,
  at: number,
  { count, page }: { readonly count: number; readonly page: number },
): number | undefined {
  const last = count - 1;
  const within = (to: number): number => Math.max(0, Math.min(last, to));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + page);
    case 'PageUp':
      return within(at - page);
    case 'Home':
      return within(0);
    case 'End':
      return within(last);
    default:
      return undefined;
  }
}

/** What can be marked: an answer of a person, on paper or by a pressed key. */
export function isMarkable(line: ThreadLine): line is ThreadLine & { readonly replyId: number } {
  return !line.isOurs && line.replyId !== null && (line.kind === 'reply' || line.kind === 'key-press');
}

/** The reply that keys and buttons act on: the chosen one, else the newest that waits, else the newest. */
export function activeReplyOf(
  lines: readonly ThreadLine[],
  chosenId: number | undefined,
): (ThreadLine & { readonly replyId: number }) | undefined {
  const theirs = lines.filter(isMarkable);
  return (
    theirs.find(({ replyId }) => replyId === chosenId) ??
    theirs.findLast(({ isOpen }) => isOpen) ??
    theirs.at(-1)
  );
}
