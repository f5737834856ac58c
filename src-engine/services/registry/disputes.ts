import { isDay } from '#domain/days.ts';
import { disputeReasons, disputeStates, type DisputeState } from '#domain/registry/words.ts';
import type { RegistryDispute } from '#contract/engine/registry.ts';
import { refuse } from '#domain/result.ts';
import {
  disputeById,
  disputeLines,
  patchDispute,
  type DisputeLine,
} from '../../storage/registry-disputes.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { membered, troubled } from './link.ts';
import { wordIn } from './publish.ts';

type Answer = {
  readonly disputeId: string;
  readonly answer: 'accept' | 'contest';
  readonly filePath: string | null;
};

async function answer(context: BookContext, wish: Answer): Promise<{ state: DisputeState }> {
  const { db, registry } = context;
  const dispute = db.read((tx) => disputeById(tx, wish.disputeId));
  if (!dispute) throw refused(GONE.refusal);
  const evidence = wish.filePath === null ? null : await registry.digest({ filePath: wish.filePath });
  if (wish.filePath !== null && evidence === null) throw fileUnread();
  const { link } = await membered(context);
  const asked = await registry.call(link, 'answerDispute', {
    params: { id: wish.disputeId },
    body: { schema: 'dispute-answer.v1', answer: wish.answer, evidence_sha256: evidence },
    idempotencyKey: context.newId(),
  });
  if (!asked.ok) throw troubled(asked);
  const { state } = asked.value;
  db.write((tx) => patchDispute(tx, dispute.id, { state }));
  context.changed('registry');
  return { state };
}

const GONE = refuse('registry-dispute-gone', 'This dispute is no longer in the book.');

export function fileUnread(): Error {
  const sentence = 'This file cannot be read. Choose it again.';
  return refused(refuse('registry-file-unread', sentence, { field: 'filePath' }).refusal);
}

function shown(line: DisputeLine): RegistryDispute {
  const { disputeId, billId, number, customerName, openedAt, answerBy } = line;
  return {
    disputeId,
    billId,
    number,
    customerName,
    reason: wordIn(disputeReasons, line.reason) ?? 'amount_wrong',
    state: wordIn(disputeStates, line.state) ?? 'open',
    openedAt,
    answerBy: answerBy !== null && isDay(answerBy) ? answerBy : null,
  };
}

export const disputeCalls = {
  disputes: bookDoor.registry.disputes.handler(({ context: { db } }) => db.read(disputeLines).map(shown)),
  answerDispute: bookDoor.registry.answerDispute.handler(({ context, input }) => answer(context, input)),
};
