import type { Paper } from '#domain/papers/paper.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { letterKinds } from '#domain/reminders/words.ts';
import { refuse, type Refusal } from '#domain/result.ts';
import { messageBillRows, messageById, type MessageRow } from '../../storage/messages.ts';
import { templateById } from '../../storage/templates.ts';
import { accepted } from '../documents.ts';
import { bookDoor, failed, refused, type BookContext } from '../door.ts';
import { messageGone } from '../messages/show.ts';
import { checkPlace } from './place.ts';
import { openPartsOf } from '../reminders/open-parts.ts';
import { partKey } from './account.ts';
import type { Grade } from './letter-text.ts';
import { paperOf } from './paper-of.ts';

/**
 * The letters that wait, one after the other in one file, each on pages of its own. What a letter says was written when it
 * was handed over: where the amounts are others by now, nothing is printed and he is named (nobody who paid gets a letter).
 */
export const printQueue = bookDoor.messages.printQueue.handler(async ({ context, input, signal }) => {
  await checkPlace(context, { path: input.path, kind: 'file' });
  const letters = input.messageIds.map((messageId) => letterOf(context, messageId));
  const changed = letters.filter((message) => isChanged(context, message));
  if (changed.length > 0) throw refused(lettersChanged(changed));
  const printed = await context.papers.printMany(
    letters.map((message) => paperFor(context, message)),
    signal,
  );
  if (!printed.ok) throw failed(printed.failure);
  const written = await context.paperFiles.write(input.path, printed.bytes, signal);
  if (!written.ok) throw failed(written.failure);
  return { pageCount: printed.pageCount };
});

function letterOf({ db }: BookContext, messageId: number): MessageRow {
  const message = db.read((tx) => messageById(tx, messageId));
  if (!message) throw messageGone();
  const { channel, state, toName } = message;
  if (channel === 'letter' && state === 'handed-to-user') return message;
  const sentence = `The message to “${toName}” is no letter that waits to be printed.`;
  throw refused(refuse('letter-not-waiting', sentence, { values: { name: toName } }).refusal);
}

/** Its bills are open with other amounts than it says, or what the customer has with us is another. */
function isChanged({ db, today }: BookContext, message: MessageRow): boolean {
  const { customerId, creditPaise } = message;
  if (customerId === null) return false;
  return db.read((tx) => {
    const open = openPartsOf(tx, [customerId], today);
    const now = new Map(open.items.map((item) => [partKey(item), item.openPaise]));
    const said = messageBillRows(tx, message.id);
    return (
      (open.unallocated.get(customerId) ?? 0) !== creditPaise ||
      said.some((bill) => now.get(partKey(bill)) !== bill.openPaise)
    );
  });
}

const NAMES_MOST = 3;

function lettersChanged(changed: readonly MessageRow[]): Refusal {
  const names = changed.slice(0, NAMES_MOST).map(({ toName }) => `“${toName}”`);
  const values = { count: changed.length, names: names.join(', ') };
  const sentence =
    `What is owed is no longer what ${values.count} of these letters say (${values.names}). ` +
    'Take them back; whoever still owes gets a new one.';
  return refuse('letters-changed', sentence, { values }).refusal;
}

function paperFor(context: BookContext, message: MessageRow): Paper {
  const { customerId, forDay, subject, body } = message;
  if (customerId === null) throw new Error('A letter to nobody.');
  const parts = new Set(context.db.read((tx) => messageBillRows(tx, message.id)).map(partKey));
  const language = messageLanguages.find((one) => one === message.language) ?? null;
  const letter = { subject, text: body, parts };
  const order = {
    kind: gradeOf(context, message),
    customerId,
    asOf: forDay,
    fromDay: null,
    language,
    letter,
  };
  return accepted(paperOf(context, order)).paper;
}

/** As its cadence says, else by how firm its words are. */
function gradeOf({ db }: BookContext, { attaches, templateId }: MessageRow): Grade {
  const kind = letterKinds.find((one) => one === attaches);
  if (kind !== undefined && kind !== 'statement' && kind !== 'outstanding') return kind;
  const template = templateId === null ? undefined : db.read((tx) => templateById(tx, templateId));
  if (template?.tone === 'final') return 'letter-3';
  return template?.tone === 'firm' ? 'letter-2' : 'letter-1';
}
