import { inMailbox, search, sinceDay, type ImapWish } from './imap.ts';
import { readMails } from './inbox.ts';
import type { MessageState } from '#domain/reminders/words.ts';
import type { Pulled, SentMark, StatusNews } from '../message-ports.ts';

export type SentWish = {
  readonly imap: ImapWish;
  /** UTC milliseconds. */
  readonly now: number;
  /** The house files what it takes by itself: a mail that is not under Sent after a while was not taken. */
  readonly filesSent: boolean;
};

const FILED_AFTER_MS = 10 * 60_000;
const REPORTS_MOST = 300;
const nobody: ReadonlySet<string> = new Set();

/** Files a copy under Sent unless one with this Message-ID stands there already. */
export function fileUnderSent(
  imap: ImapWish,
  mail: { readonly messageId: string; readonly raw: Buffer },
): Promise<Pulled<{ readonly isNew: boolean }>> {
  return inMailbox(imap, 'sent', async (box) => {
    const there = await search(box, { header: { 'message-id': mail.messageId } });
    if (there.length === 0) await box.client.append(box.mailbox.path, mail.raw, ['\\Seen']);
    return { ok: true, value: { isNew: there.length === 0 } };
  });
}

/** What bounces and reports of the inbox say of mails of ours. */
export function reportsOf(
  wish: Omit<SentWish, 'filesSent'>,
  sent: readonly SentMark[],
): Promise<Pulled<readonly StatusNews[]>> {
  const [first] = sent.map((one) => one.sentAt).toSorted((a, b) => a - b);
  if (first === undefined) return Promise.resolve({ ok: true, value: [] });
  return inMailbox(wish.imap, 'inbox', async (box) => {
    const uids = await search(box, {
      since: sinceDay(first),
      or: [
        { header: { 'content-type': 'multipart/report' } },
        { from: 'mailer-daemon' },
        { from: 'postmaster' },
      ],
    });
    const messages = await readMails(box, uids.slice(-REPORTS_MOST), { now: wish.now, ownAddresses: nobody });
    const news = messages.flatMap(({ news: said, about }) => {
      const mark = sent.find(
        ({ uid, messageId }) =>
          about.uid === uid || (messageId !== null && about.messageIds.includes(messageId)),
      );
      return said && mark ? [{ ...said, uid: mark.uid }] : [];
    });
    return { ok: true, value: news };
  });
}

/**
 * Whether a mail with an unknown outcome was taken: a report on it, or its copy under Sent, says yes. "Surely not" is said
 * only of a house that files by itself, and only after a while; anywhere else nobody can tell.
 */
export async function findSent(
  wish: SentWish,
  mark: SentMark,
): Promise<Pulled<{ readonly providerId: string | null; readonly state: MessageState } | null>> {
  const { messageId } = mark;
  if (messageId === null) return untold();
  const reports = await reportsOf(wish, [mark]);
  if (!reports.ok) return reports;
  const last = reports.value.at(-1);
  if (last) return { ok: true, value: { providerId: null, state: last.state } };
  const copies = await inMailbox(wish.imap, 'sent', async (box) => ({
    ok: true,
    value: (await search(box, { header: { 'message-id': messageId } })).length,
  }));
  if (!copies.ok) return copies;
  if (copies.value > 0) return { ok: true, value: { providerId: null, state: 'accepted' } };
  return wish.filesSent && wish.now - mark.sentAt > FILED_AFTER_MS ? { ok: true, value: null } : untold();
}

function untold(): Extract<Pulled<never>, { readonly ok: false }> {
  return {
    ok: false,
    errorClass: 'unknown',
    code: 'NOT-TOLD',
    detail: 'Neither a report nor a copy under Sent tells whether this mail was taken.',
  };
}
