import { classify, type ReceivedMail } from './classify.ts';
import { inMailbox, search, sinceDay, type ImapWish, type OpenBox } from './imap.ts';
import type { InboundMessage, Pulled } from '../message-ports.ts';

type Cursor = {
  /** The server's word for "these numbers still mean the same mails". */
  readonly uidValidity: string;
  readonly lastUid: number;
  /** UTC milliseconds of the pull; from here on it is looked again when the numbers were thrown away. */
  readonly at: number;
};

export type InboxWish = {
  readonly imap: ImapWish;
  /** UTC milliseconds. */
  readonly now: number;
  readonly ownAddresses: ReadonlySet<string>;
};

/** Of one pull; the rest comes with the next one, from the cursor. */
const MAILS_MOST = 100;
const SOURCE_BYTES_MOST = 30 * 1024 * 1024;
const BEGINNING_BYTES = 1024 * 1024;
const DAY_MS = 86_400_000;

/** What came in since the last time. Mailing lists that answer nothing are left where they are. */
export function pullInbox(
  wish: InboxWish,
  cursor: string | null,
): Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>> {
  return inMailbox(wish.imap, 'inbox', async (box) => {
    const before = readCursor(cursor);
    const uidValidity = String(box.mailbox.uidValidity);
    const isSame = before?.uidValidity === uidValidity;
    const uids =
      before && isSame
        ? // 'n:*' always gives the last mail, also when its number is below n.
          (await search(box, { uid: `${before.lastUid + 1}:*` })).filter((uid) => uid > before.lastUid)
        : await search(box, { since: sinceDay(before ? before.at : wish.now - DAY_MS) });
    const taken = uids.slice(0, MAILS_MOST);
    const messages = await readMails(box, taken, wish);
    const isAll = taken.length === uids.length;
    const lastUid = isAll
      ? Math.max(box.mailbox.uidNext - 1, isSame ? before.lastUid : 0, taken.at(-1) ?? 0)
      : (taken.at(-1) ?? 0);
    const next: Cursor = { uidValidity, lastUid, at: isAll ? wish.now : (before?.at ?? wish.now - DAY_MS) };
    return { ok: true, value: { messages, cursor: JSON.stringify(next) } };
  });
}

/** Reads mails by their numbers and says what each is. One that cannot be read at all is passed over. */
export async function readMails(
  box: OpenBox,
  uids: readonly number[],
  wish: Pick<InboxWish, 'now' | 'ownAddresses'>,
): Promise<readonly InboundMessage[]> {
  if (uids.length === 0 || box.mailbox.exists === 0) return [];
  const heads = await box.client.fetchAll(
    [...uids],
    { uid: true, size: true, internalDate: true, headers: ['list-id', 'in-reply-to', 'references'] },
    { uid: true },
  );
  const messages: InboundMessage[] = [];
  for (const head of heads) {
    const names = head.headers?.toString('latin1') ?? '';
    if (/^list-id:/im.test(names) && !/^(?:in-reply-to|references):/im.test(names)) continue;
    const source = (head.size ?? 0) > SOURCE_BYTES_MOST ? { maxLength: BEGINNING_BYTES } : true;
    const got = await box.client.fetchOne(String(head.uid), { source }, { uid: true });
    if (!got || !got.source) continue;
    const at = head.internalDate instanceof Date ? head.internalDate.getTime() : wish.now;
    const message = await read({ source: got.source, at }, wish.ownAddresses);
    if (message) messages.push(message);
  }
  return messages;
}

/** One mail that the reader cannot make sense of must not hold up all that come after it. */
async function read(mail: ReceivedMail, own: ReadonlySet<string>): Promise<InboundMessage | null> {
  try {
    return await classify(mail, own);
  } catch {
    return null;
  }
}

function readCursor(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return null;
    const uidValidity: unknown = Reflect.get(read, 'uidValidity');
    const lastUid: unknown = Reflect.get(read, 'lastUid');
    const at: unknown = Reflect.get(read, 'at');
    if (typeof uidValidity !== 'string' || !Number.isSafeInteger(lastUid) || !Number.isSafeInteger(at))
      return null;
    return { uidValidity, lastUid: Number(lastUid), at: Number(at) };
  } catch {
    return null;
  }
}
