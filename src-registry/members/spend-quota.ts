import { daysBetween, type Day } from '#domain/days.ts';
import { CONTRIBUTED_DAYS, dailyLimit, type QuotaKind } from '#domain/registry/quotas.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { nextDayAt } from '../clock.ts';
import type { Registry } from '../registry.ts';
import type { Tx } from '../store/database.ts';
import { takeQuota } from '../store/quotas.ts';

/** The member's limit for a day of India's calendar. */
export function limitOf(registry: Registry, kind: QuotaKind, caller: Caller): number {
  const memberDays = daysBetween(caller.joinedOn, registry.today());
  return dailyLimit(kind, {
    memberDays,
    isOnProbation: caller.status === 'probation',
    hasContributed: isLately(caller.contributedOn, registry.today()),
  });
}

/** Whether others saw something of his within the last year. */
export function isLately(contributedOn: Day | null, today: Day): boolean {
  return contributedOn !== null && daysBetween(contributedOn, today) < CONTRIBUTED_DAYS;
}

/** Takes from the caller's daily quota, or throws 'too_many' with the time until it starts anew. What is left. */
export async function spendQuota(
  registry: Registry,
  tx: Tx,
  { caller, kind, asked }: { readonly caller: Caller; readonly kind: QuotaKind; readonly asked: number },
): Promise<number> {
  const limit = limitOf(registry, kind, caller);
  const used = await takeQuota(tx, {
    memberNo: caller.memberNo,
    kind,
    day: registry.today(),
    asked,
    limit,
  });
  if (used !== null) return limit - used;
  const retryAfterSeconds = Math.ceil((nextDayAt(registry.now()) - registry.now()) / 1000);
  throw new ProblemError('too_many', `More than ${limit} a day are not given.`, { retryAfterSeconds });
}
