import { paperFileNames } from '#domain/papers/file-names.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { letterKinds, type LetterKind } from '#domain/reminders/words.ts';
import type { Result } from '#domain/result.ts';
import type { Attachment } from '../../adapters/message-ports.ts';
import { gatewayById } from '../../storage/gateways.ts';
import { messageBillRows, type MessageRow } from '../../storage/messages.ts';
import { templateById } from '../../storage/templates.ts';
import { accepted } from '../documents.ts';
import { failed, type BookContext } from '../door.ts';
import { templateOf } from '../reminders/rules-facts.ts';
import { partKey } from './account.ts';
import { paperOf, type OrderedPaper } from './paper-of.ts';

/** What goes with a message. */
export type MessagePapers = {
  readonly attachments: readonly Attachment[];
  /** Whether the same papers would be made now: in the very moment of sending, money may have come in since. */
  readonly areTrue: (message: MessageRow) => boolean;
};

export const noPapers: MessagePapers = { attachments: [], areTrue: () => true };

/**
 * The paper that a message takes along, made of the book as it stands. The caller asks `areTrue` once more when the text was
 * checked for the last time, so that the PDF never says another amount than the text. Throws where it cannot be made.
 */
export async function papersForMessage(
  context: BookContext,
  message: MessageRow,
  signal?: AbortSignal,
): Promise<MessagePapers> {
  const kind = letterKinds.find((one) => one === message.attaches);
  if (kind === undefined || !takesPapers(context, message)) return noPapers;
  const made = accepted(paperFor(context, message, kind));
  const printed = await context.papers.print(made.paper, signal);
  if (!printed.ok) throw failed(printed.failure);
  const before = JSON.stringify(made.paper);
  return {
    attachments: [
      { fileName: fileNameOf(context, made, message), mime: 'application/pdf', bytes: printed.bytes },
    ],
    areTrue: (now) => {
      const again = paperFor(context, now, kind);
      return again.ok && JSON.stringify(again.value.paper) === before;
    },
  };
}

/** An approved WhatsApp text with a place for a paper, and none with it: Meta refuses it and pauses the text (132012). */
export function lacksPaper(
  { db }: BookContext,
  { channel, templateId }: Pick<MessageRow, 'channel' | 'templateId'>,
  papers: MessagePapers,
): boolean {
  if (channel !== 'whatsapp' || templateId === null || papers.attachments.length > 0) return false;
  const template = db.read((tx) => templateById(tx, templateId));
  return template !== undefined && templateOf(template).whatsapp?.hasDocument === true;
}

/** An SMS takes nothing along, and what a person prints or says is made when he does. */
function takesPapers(
  { db, gatewayKinds }: BookContext,
  { customerId, gatewayId, templateId }: MessageRow,
): boolean {
  if (customerId === null || gatewayId === null) return false;
  const { gateway, template } = db.read((tx) => ({
    gateway: gatewayById(tx, gatewayId),
    template: templateId === null ? undefined : templateById(tx, templateId),
  }));
  const takesAny = gatewayKinds.get(gateway?.kind ?? '')?.describe.capabilities.takesAttachments === true;
  const whatsapp = template === undefined ? null : templateOf(template).whatsapp;
  // Meta refuses a paper for which its approved template has no place, and the template with it.
  return takesAny && whatsapp?.hasDocument !== false;
}

function paperFor(context: BookContext, message: MessageRow, kind: LetterKind): Result<OrderedPaper> {
  const { customerId, language } = message;
  if (customerId === null) throw new Error('A paper about nobody.');
  const { db, now, book, dayAt } = context;
  // A round may go on over midnight.
  const today = dayAt(now(), book.timeZone);
  const named = db.read((tx) => messageBillRows(tx, message.id)).map(partKey);
  const order = {
    kind,
    customerId,
    asOf: today,
    fromDay: null,
    language: messageLanguages.find((one) => one === language) ?? null,
    letter: named.length === 0 ? null : ({ text: null, parts: new Set(named) } as const),
  };
  return paperOf({ ...context, today }, order);
}

function fileNameOf(
  { today }: BookContext,
  { paper, customerName }: OrderedPaper,
  { customerId }: MessageRow,
): string {
  const who = { customerId: customerId ?? 0, name: customerName };
  return paperFileNames([who], { title: paper.title, asOf: today }).get(who.customerId) ?? 'paper.pdf';
}
