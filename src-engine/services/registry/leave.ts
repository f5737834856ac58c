import type { Membership } from '#contract/engine/registry.ts';
import { nextStatement } from '#domain/registry/statements.ts';
import { isLive } from '#domain/registry/merge.ts';
import { refuse } from '#domain/result.ts';
import { forgetTokens, membershipRow, patchMembership } from '../../storage/registry.ts';
import { openBatch } from '../../storage/registry-batches.ts';
import { queuedKnownDues } from '../../storage/registry-dues.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { weigh } from './candidates.ts';
import { lastOf } from './items.ts';
import { membered, notMember, troubled, vaultNameOf } from './link.ts';
import { againNameOf, membershipNow } from './membership.ts';
import { syncSteps } from './sync.ts';

/** Of whoever has left nothing is taken any more: a payment that waits would never be told. */
async function tellWhatEnded(context: BookContext): Promise<void> {
  const { db } = context;
  if (endedCount(context) === 0) return;
  for await (const _ of syncSteps(context, { isAsked: true, signal: new AbortController().signal }));
  const { troubleCode } = db.read(membershipRow) ?? { troubleCode: null };
  // Nothing is taken of this machine any more, whatever it waits for.
  if (troubleCode !== null && OFF.has(troubleCode)) return;
  const count = endedCount(context);
  if (count === 0) return;
  const sentence = `The registry has not heard yet of ${count} that were paid or taken back. Sync first, then leave.`;
  throw refused(refuse('registry-payments-wait', sentence, { values: { count } }).refusal);
}

/** Published ones that were paid or taken back, as long as the registry has not been told. */
function endedCount({ db, today }: BookContext): number {
  return db.read((tx) => {
    const onTheWay = openBatch(tx)?.itemCount ?? 0;
    const dues = queuedKnownDues(tx);
    const billIds = dues.flatMap(({ billId }) => (billId === null ? [] : [billId]));
    const found = weigh(tx, { billIds, asOf: today, unmatched: new Map() });
    const standings = new Map(found.map(({ bill, standing }) => [bill.billId, standing]));
    const ended = dues.filter((due) => {
      const standing = standings.get(due.billId ?? 0) ?? null;
      const last = lastOf(due);
      const isWithdrawn = due.withdrawnAt !== null;
      const next = nextStatement({ standing, last, isWithdrawn, asOf: today });
      const said = next ?? (due.sentRev === due.rev ? null : last);
      return said !== null && !isLive(said.state);
    });
    return onTheWay + ended.length;
  });
}

const OFF: ReadonlySet<string> = new Set(['revoked_key', 'unknown_key']);

async function leave(context: BookContext): Promise<Membership> {
  const row = context.db.read(membershipRow);
  if (row === undefined || row.status === 'left') throw notMember();
  if (row.memberId !== null) {
    await tellWhatEnded(context);
    const { link } = await membered(context);
    const asked = await context.registry.call(link, 'leave');
    if (!asked.ok && !OFF.has(asked.code)) throw troubled(asked);
  }
  context.db.write((tx) => {
    forgetTokens(tx);
    patchMembership(tx, { status: 'left', nextSyncAt: null, troubleCode: null, troubleSentence: null });
  });
  await forgetSeed(context);
  context.changed('registry');
  return membershipNow(context);
}

/** The signing key goes; the secret of the references stays, so that a later membership knows its bills again. */
async function forgetSeed(context: BookContext): Promise<void> {
  const name = vaultNameOf(context);
  const refSecret = (await context.vault.take(name))?.['refSecret'];
  await context.vault.forget(name);
  await context.vault.forget(againNameOf(context));
  if (refSecret !== undefined) await context.vault.put(name, { refSecret });
}

export const leaveCalls = {
  leave: bookDoor.registry.leave.handler(({ context }) => leave(context)),
};
