import { formatDay, type Day } from '#domain/days.ts';
import type { PauseKind, ReplyMark } from '#domain/reminders/words.ts';
import { refuse } from '#domain/result.ts';
import { insertClaim } from '../../storage/claims.ts';
import type { WriteTx } from '../../storage/database.ts';
import type { MessageRow } from '../../storage/messages.ts';
import { insertPause } from '../../storage/pauses.ts';
import { refused, type BookContext } from '../door.ts';
import { honourStop } from '../replies/stop.ts';

export type CallOutcome = {
  readonly outcome: ReplyMark | 'no-answer' | 'wrong-number' | null;
  readonly promiseDay: Day | null;
  readonly note: string | null;
};

/** What was said on the telephone does what the same words in a reply would do. */
export function actOnCall(tx: WriteTx, context: BookContext, message: MessageRow, said: CallOutcome): void {
  const { customerId } = message;
  if (customerId === null) return;
  const at = context.now();
  const rest = (kind: PauseKind, untilDay: Day | null, usual: string): void => {
    const reason = said.note ?? usual;
    insertPause(tx, { customerId, billId: null, kind, untilDay, reason, replyId: null, createdAt: at });
  };
  if (said.outcome === 'promise') rest('promise', promised(said, context.today), 'Promised on the phone.');
  if (said.outcome === 'dispute') rest('dispute', said.promiseDay, 'Disputed on the phone.');
  if (said.outcome === 'paid') {
    rest('reply', null, 'Says that he has paid.');
    const sourceKey = `call|${message.uid}`;
    const of = { replyId: null, linkId: null, amountPaise: null, reference: null };
    insertClaim(tx, { customerId, source: 'reply', sourceKey, ...of, createdAt: at });
  }
  if (said.outcome !== 'stop') return;
  const text = said.note ?? 'Said on the phone.';
  for (const channel of ['call', 'voice'] as const) {
    honourStop(tx, { channel, address: message.address, customerId, text, day: context.today, at });
  }
}

function promised({ promiseDay }: CallOutcome, today: Day): Day {
  if (promiseDay === null) {
    const sentence = 'Say by which day the customer will pay.';
    throw refused(refuse('promise-day-missing', sentence, { field: 'promiseDay' }).refusal);
  }
  if (promiseDay >= today) return promiseDay;
  const values = { day: formatDay(promiseDay), today: formatDay(today) };
  const sentence = `A promise for ${values.day} is over already; today is ${values.today}.`;
  throw refused(refuse('promise-day-past', sentence, { field: 'promiseDay', values }).refusal);
}
