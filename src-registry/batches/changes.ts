import type { AnswerOf } from '#contract/registry.ts';
import { changeShape } from '#contract/registry/batches.ts';
import { pollAfterSeconds } from '#domain/registry/polling.ts';
import type { Call } from '../api/app.ts';
import { instant } from '../clock.ts';
import { sha256 } from '../crypto.ts';
import { spendQuota } from '../members/spend-quota.ts';
import type { Registry } from '../registry.ts';
import { changesAfter } from '../store/feed.ts';

const LIMIT = 500;

/** News of a member behind his cursor. A cursor ahead of the registry, which was restored, is put back to where it is. */
export async function changes(
  registry: Registry,
  { caller, query, headers, setHeader }: Call<'changes'>,
): Promise<AnswerOf<'changes'>> {
  const { store } = registry;
  const { memberNo } = caller;
  // Nearly every asking finds nothing: it waits for no disk.
  await spendQuota(registry, store.soon, { caller, kind: 'changes', asked: 1 });
  const cursor = Number(query['cursor']);
  const limit = Math.min(LIMIT, Math.max(1, Number(query['limit'] ?? LIMIT)));
  const { rows, last } = await changesAfter(store, memberNo, cursor, limit + 1);
  const told = rows.slice(0, limit);
  const next = told.at(-1)?.n ?? Math.min(cursor, last);
  const etag = `"${next}"`;
  // Whoever names the end but asks from an earlier place has lost what lies between.
  if (told.length === 0 || headers['if-none-match'] !== etag) setHeader('etag', etag);
  const more = rows.length > limit;
  const pollAfter = more ? 0 : pollAfterSeconds(shareOf(memberNo, registry.today()));
  // A 304 has no body that could say it.
  setHeader('retry-after', String(pollAfter));
  return {
    changes: told.map(({ n, at, change }) =>
      changeShape.parse({ ...JSON.parse(change), n, at: instant(at) }),
    ),
    next: String(next),
    more,
    poll_after_s: pollAfter,
  };
}

/** The member's own place in the day, another one each day. */
function shareOf(memberNo: number, today: string): number {
  const hash = Buffer.from(sha256(Buffer.from(`${memberNo}|${today}`, 'utf8')));
  return hash.readUInt32BE(0) / 2 ** 32;
}
