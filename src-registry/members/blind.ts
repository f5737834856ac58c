import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { daysBetween } from '#domain/days.ts';
import { BLIND_FIRST_DAYS, quotas } from '#domain/registry/quotas.ts';
import { blindedEntity, canonicalIdentifier } from '#domain/registry/subjects.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { KEY_VERSION } from '../blinder/blind.ts';
import { instant, nextDayAt } from '../clock.ts';
import { keyOfToken } from '../ids.ts';
import type { Registry } from '../registry.ts';
import { seeEntities, type EntityRow } from '../store/subject-entities.ts';
import { refuseSuspended } from './refuse-suspended.ts';
import { spendQuota } from './spend-quota.ts';

const MINUTE_MS = 60_000;
const MINUTES_KEPT_MOST = 10_000;

type Blind = (caller: Caller, body: BodyOf<'blind'>) => Promise<AnswerOf<'blind'>>;

/**
 * Identifiers into tokens, and nothing else: what stands under a token is not told here. The quota is what keeps a member
 * from blinding every number there is.
 */
export function blinding(registry: Registry): Blind {
  const takeMinute = minuteLimit(registry);
  return async (caller, { kv, ids }) => {
    refuseSuspended(caller);
    if (kv !== KEY_VERSION)
      throw new ProblemError('bad_request', `The key version is ${KEY_VERSION}.`, { at: 'body/kv' });
    takeMinute(caller, ids.length);
    const left = await spendQuota(registry, registry.store, { caller, kind: 'blind', asked: ids.length });
    const tokens = await registry.blinder.blind(ids);
    await seeEntities(registry.store, registry.today(), entitiesIn(ids, tokens));
    return {
      kv,
      tokens: [...tokens],
      quota: { left, resets_at: instant(nextDayAt(registry.now())) },
    };
  };
}

/** What is kept of them beside their tokens: nothing of who asked, and nothing of mobiles. */
function entitiesIn(ids: BodyOf<'blind'>['ids'], tokens: readonly (string | null)[]): readonly EntityRow[] {
  return ids.flatMap((id, at) => {
    const [token, canonical] = [tokens[at] ?? null, canonicalIdentifier(id)];
    const seen = canonical.ok ? blindedEntity(canonical.value) : null;
    if (token === null || seen === null) return [];
    return [{ subject_key: keyOfToken(token), is_person: seen.isPerson, holds_pan: seen.holdsPan }];
  });
}

/** Within a minute, on this server; a new member's first load of his whole ledger is held by the daily quota alone. */
function minuteLimit(registry: Registry): (caller: Caller, asked: number) => void {
  const minutes = new Map<number, { readonly minute: number; readonly used: number }>();
  return ({ memberNo, joinedOn }, asked) => {
    const most = quotas.blind.perMinute;
    if (most === null || daysBetween(joinedOn, registry.today()) < BLIND_FIRST_DAYS) return;
    const minute = Math.floor(registry.now() / MINUTE_MS);
    const before = minutes.get(memberNo);
    const used = before?.minute === minute ? before.used : 0;
    if (used + asked > most)
      throw new ProblemError('too_many', `More than ${most} a minute are not given.`, {
        retryAfterSeconds: Math.ceil(((minute + 1) * MINUTE_MS - registry.now()) / 1000),
      });
    if (minutes.size > MINUTES_KEPT_MOST) minutes.clear();
    minutes.set(memberNo, { minute, used: used + asked });
  };
}
