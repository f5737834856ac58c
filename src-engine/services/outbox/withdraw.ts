import { taskStop } from '#domain/reminders/plan-task.ts';
import { factsVersion } from '../../storage/facts-version.ts';
import { messageBillRows, messageById, type MessageRow } from '../../storage/messages.ts';
import { handedReminders } from '../../storage/outbox-holds.ts';
import type { ReadTx } from '../../storage/database.ts';
import type { BookContext } from '../door.ts';
import { planFacts } from '../reminders/facts.ts';
import { frozenOf } from './frozen.ts';
import { move } from './move.ts';
import type { Runner } from './runner.ts';

// Calls, letters and chats that wait for a person wait for days. Nobody is to ring up somebody who has paid: when the books
// move they are looked at again.

/** Customers whose facts are read before others get their turn. */
const MESSAGES_A_TURN = 25;

/** Whether something was written since the last look that may make one of them needless. */
export function mayBeNeedless(tx: ReadTx, runner: Runner): boolean {
  return runner.handedSeen !== factsVersion(tx) && handedReminders(tx).length > 0;
}

/** Takes back what waits for a person and is not needed any more; answers how many there were. */
export async function withdrawNeedless(context: BookContext, runner: Runner): Promise<number> {
  const { db } = context;
  const version = db.read(factsVersion);
  if (runner.handedSeen === version) return 0;
  const waiting = db.read(handedReminders);
  let count = 0;
  for (let from = 0; from < waiting.length; from += MESSAGES_A_TURN) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    if (runner.isStopped || !db.isOpen()) return count;
    count += withdrawAmong(context, waiting.slice(from, from + MESSAGES_A_TURN));
  }
  runner.handedSeen = version;
  return count;
}

function withdrawAmong(context: BookContext, messages: readonly MessageRow[]): number {
  const { db, today, now } = context;
  const customerIds = [...new Set(messages.flatMap(({ customerId }) => customerId ?? []))];
  return db.write((tx) => {
    const facts = planFacts(context, { day: today, minute: 0, customerIds, omitsSent: true });
    let count = 0;
    for (const { id, customerId } of messages) {
      const message = messageById(tx, id);
      if (customerId === null || message?.state !== 'handed-to-user') continue;
      const why = taskStop(frozenOf(message, customerId, messageBillRows(tx, id)), facts);
      if (why === null) continue;
      const { reason, values } = why;
      move(tx, message, { to: 'skipped', at: now(), kind: 'skipped', reason, values });
      count += 1;
    }
    return count;
  });
}
