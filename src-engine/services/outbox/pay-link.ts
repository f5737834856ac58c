import { hasPayPlace, payLinkIn, withPayLink } from '#domain/reminders/pay-place.ts';
import { matchDlt } from '#domain/reminders/texts/dlt.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { messageBillRows, messageById, type MessageRow } from '../../storage/messages.ts';
import { patchAttempt, rewordMessage } from '../../storage/outbox.ts';
import { isDryRun } from '../../storage/reminder-settings.ts';
import { templateById } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { businessNow } from '../reminders/business-facts.ts';
import { templateOf } from '../reminders/rules-facts.ts';
import { brandOf } from '../templates/check.ts';
import { hold } from './holds.ts';
import { valuesIn } from './outgoing.ts';
import type { MessageLink, Runner } from './runner.ts';

// A text that names a payment link gets it in two steps around the claim: the link is made before it, because a gateway is
// asked, and put in after it, because only the claim knows what is owed.

/** What may be there soon: a link that is being made, or a gateway that did not answer. */
const SOON_MS = 2 * 60_000;
const mayComeSoon: ReadonlySet<string> = new Set(['link-being-made', 'pay-link-failed']);

/** Whether its text has a place for a link. A person may have taken it out. */
function namesLink({ subject, body, valuesJson }: MessageRow): boolean {
  const link = payLinkIn(valuesIn({ valuesJson }));
  return link !== null && (body.includes(link) || subject?.includes(link) === true);
}

/** Null for a text without one, and in a dry run, which makes nothing anywhere. */
export async function linkBefore(
  context: BookContext,
  runner: Runner,
  message: MessageRow,
): Promise<MessageLink | null> {
  const { customerId } = message;
  if (customerId === null || !namesLink(message)) return null;
  const { db } = context;
  const { parts, isDry } = db.read((tx) => ({ parts: messageBillRows(tx, message.id), isDry: isDryRun(tx) }));
  if (isDry || parts.length === 0) return null;
  return runner.hooks.linkFor(context, { customerId, parts }, runner.stop.signal);
}

/** 'again': the claim has found other amounts than the link was made for. 'held': it cannot leave without its link. */
export type Linked = { readonly message: MessageRow } | 'again' | 'held';

type Claimed = { readonly message: MessageRow; readonly attemptId: number; readonly isDryRun: boolean };

export function putLink(
  context: BookContext,
  { message, attemptId, isDryRun: isDry }: Claimed,
  link: MessageLink | null,
): Linked {
  if (isDry || (!namesLink(message) && !hasPayPlace(message.body))) return { message };
  return context.db.write((tx): Linked => {
    const now = messageById(tx, message.id);
    if (now?.state !== 'claimed') return 'held';
    const parts = messageBillRows(tx, message.id);
    if (link?.ok === true && !link.isTrue(tx, { parts })) return 'again';
    const worded = link?.ok === true ? wordedWith(tx, context, { message: now, url: link.url }) : null;
    if (worded !== null && 'message' in worded) return worded;
    const at = context.now();
    patchAttempt(tx, attemptId, { phase: 'done', endedAt: at });
    const code = worded?.code ?? (link?.ok === false ? link.code : 'pay-link-failed');
    const reason: SilenceReason = worded === null ? 'no-payment-details' : 'text-refused';
    const until = mayComeSoon.has(code) ? { until: at + SOON_MS } : {};
    hold(tx, now, { reason, at, values: { code }, ...until });
    return 'held';
  });
}

/** The text with its link, or why an operator would refuse it: a link can be longer than was counted. */
function wordedWith(
  tx: WriteTx,
  context: BookContext,
  { message, url }: { readonly message: MessageRow; readonly url: string },
): { readonly message: MessageRow } | { readonly code: string } {
  const { subject, body: text, valuesJson, channel, id } = message;
  const worded = withPayLink({ subject, text, values: valuesIn({ valuesJson }) }, url);
  if (hasPayPlace(`${worded.subject ?? ''} ${worded.text}`)) return { code: 'pay-link-failed' };
  const refused = channel === 'sms' ? dltRefusal(tx, context, { message, text: worded.text }) : null;
  if (refused !== null) return { code: refused };
  const parts = channel === 'sms' ? smsShape(worded.text).parts : message.parts;
  rewordMessage(tx, id, {
    subject: worded.subject,
    body: worded.text,
    valuesJson: JSON.stringify(worded.values),
    parts,
    estimateMicros: costOf(message, parts),
  });
  const now = messageById(tx, id);
  return now ? { message: now } : { code: 'pay-link-failed' };
}

function costOf({ parts: before, estimateMicros }: MessageRow, parts: number | null): number | null {
  if (estimateMicros === null || before === null || before === 0 || parts === null) return estimateMicros;
  return Math.round(estimateMicros / before) * parts;
}

function dltRefusal(
  tx: ReadTx,
  { book }: BookContext,
  { message, text }: { readonly message: MessageRow; readonly text: string },
): string | null {
  const row = message.templateId === null ? undefined : templateById(tx, message.templateId);
  const template = row === undefined ? null : templateOf(row);
  if (template === null || template.dlt === null) return null;
  const matched = matchDlt(text, template, brandOf(businessNow(tx, book.name)));
  return matched.ok ? null : matched.refusal.code;
}
