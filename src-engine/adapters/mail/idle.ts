import { clientOf, failureOf, type ImapWish } from './imap.ts';
import type { Pulled } from '../message-ports.ts';

/** A connection that is silent for longer is asked whether it still lives; servers and routers forget quiet ones. */
const QUIET_MOST_MS = 4 * 60_000;

/**
 * Stays in the inbox and says when a mail may have come in (IMAP IDLE, RFC 2177): once when it is there, for whatever came
 * before, and then whenever the server says so. Ends when the connection does, or at once where the server knows no IDLE.
 */
export async function watchInbox(wish: ImapWish, told: () => void): Promise<Pulled<'lost' | 'never'>> {
  const client = clientOf(wish, QUIET_MOST_MS);
  const stop = (): void => client.close();
  wish.signal.addEventListener('abort', stop);
  // A broken connection also comes as an event, which would end the process if nobody listened.
  client.on('error', () => undefined);
  try {
    if (wish.signal.aborted) return { ok: true, value: 'lost' };
    await client.connect();
    if (!client.capabilities.has('IDLE')) return { ok: true, value: 'never' };
    await client.mailboxOpen('INBOX', { readOnly: true });
    client.on('exists', told);
    told();
    // It returns whenever the silence was broken by a question; false = the server would not.
    while (client.usable && (await client.idle()) !== false);
    return { ok: true, value: 'lost' };
  } catch (error) {
    return failureOf(error);
  } finally {
    wish.signal.removeEventListener('abort', stop);
    client.close();
  }
}
