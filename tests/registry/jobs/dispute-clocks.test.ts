import { addDays, day } from '#domain/days.ts';
import type { Change } from '#contract/registry/batches.ts';
import { batcher, due, refOf } from '#tests/builders/registry/batch.ts';
import { debtor, page, putDue, vouch, type Debtor } from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { feedOf, runJob } from '#tests/builders/registry/run-job.ts';
import type { OpenRegistry } from '#registry/open-registry.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let seller: TestMember;
let other: OpenRegistry;
let sellers = 0;
const mobileOf = (number: number): string => `+91960000000${number}`;
beforeAll(async () => {
  registry = await tempRegistry();
  other = await registry.second();
});
beforeEach(async () => {
  sellers += 1;
  seller = await member(registry, { legalName: 'Asha Traders', mobile: mobileOf(sellers) });
});

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

type Disputed = { readonly of: Debtor; readonly id: string; readonly ref: Buffer };

/** Objected to today. */
async function disputed(): Promise<Disputed> {
  const of = await debtor(registry);
  await vouch(registry, seller, of);
  const ref = await putDue(registry, of.key, { memberNo: seller.memberNo, dispute: 'open' });
  const id = registry.registry.newId();
  await rows(
    `INSERT INTO dispute (subject_key, dispute_id, member_no, due_ref, reason, state, opened_on)
     VALUES ($1, $2, $3, $4, 'not_mine', 'open', $5)`,
    [of.key, id, seller.memberNo, ref, registry.registry.today()],
  );
  return { of, id, ref };
}

async function standing({ of, id }: Disputed): Promise<readonly object[]> {
  return await rows(
    `SELECT p.state, p.closed_on, d.dispute FROM dispute p JOIN due d USING (subject_key, member_no, due_ref)
     WHERE p.subject_key = $1 AND p.dispute_id = $2`,
    [of.key, id],
  );
}

/** What happens on each of the days that follow: the feed's types and the messages. */
async function days(from: number, to: number, { of }: Disputed): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let at = from; at <= to; at += 1) {
    if (at > 0) registry.pass({ days: 1 });
    const [feed, sent] = [(await feedOf(registry, seller.memberNo)).length, registry.sent.length];
    // Twice: the second run finds nothing to do.
    await runJob(registry, 'dispute-clocks');
    await runJob(registry, 'dispute-clocks');
    const told = (await feedOf(registry, seller.memberNo)).slice(feed);
    for (const change of told) seen.push(`${at} ${change.type} ${change.dispute_state ?? change.answer_by}`);
    const who = new Map([
      [of.mobile, 'debtor'],
      [mobileOf(sellers), 'member'],
    ]);
    for (const { to } of registry.sent.slice(sent))
      if (who.has(to.mobile ?? '')) seen.push(`${at} to ${who.get(to.mobile ?? '')}`);
  }
  return seen;
}

describe('a dispute that nobody answers', () => {
  it('reminds the member on days 3 and 5, and on day 10 the debtor’s word stands', async () => {
    const one = await disputed();
    const by = addDays(registry.registry.today(), 7);
    expect(await days(0, 9, one)).toEqual([
      `3 dispute.deadline ${by}`,
      '3 to member',
      `5 dispute.deadline ${by}`,
      '5 to member',
    ]);
    expect(await standing(one)).toEqual([{ state: 'open', closed_on: null, dispute: 'open' }]);
    expect(await days(10, 12, one)).toEqual(['10 dispute.closed resolved_for_debtor', '10 to debtor']);
    const closedOn = addDays(registry.registry.today(), -2);
    expect(await standing(one)).toEqual([
      { state: 'resolved_for_debtor', closed_on: closedOn, dispute: 'resolved_for_debtor' },
    ]);
    expect(registry.sent.at(-1)?.text).toContain('stays hidden');
  });

  it('reminds once only where the server stood still for days', async () => {
    const one = await disputed();
    registry.pass({ days: 6 });
    const seen = await days(0, 0, one);
    expect(seen).toHaveLength(2);
    const [change] = (await feedOf(registry, seller.memberNo)).slice(-1) as [Change];
    expect(change).toMatchObject({
      type: 'dispute.deadline',
      dispute_id: one.id,
      due_ref: one.ref.toString('base64url'),
    });
  });
});

describe('a dispute that the member contests', () => {
  it('stays hidden without a word until day 30, and is then the reporter’s', async () => {
    const one = await disputed();
    await rows(`UPDATE dispute SET state = 'contested', answered_on = $2 WHERE dispute_id = $1`, [
      one.id,
      registry.registry.today(),
    ]);
    await rows(`UPDATE due SET dispute = 'contested' WHERE subject_key = $1`, [one.of.key]);
    expect(await days(0, 29, one)).toEqual([]);
    expect(await days(30, 30, one)).toEqual(['30 dispute.closed resolved_for_reporter', '30 to debtor']);
    expect(await standing(one)).toMatchObject([
      { state: 'resolved_for_reporter', dispute: 'resolved_for_reporter' },
    ]);
    expect(registry.sent.at(-1)?.text).toContain('can be seen again');
  });
});

describe('a dispute of a due that is settled', () => {
  it('is closed at the next look, as paid', async () => {
    const one = await disputed();
    const text = `UPDATE due SET state = 'settled', open_p = 0, settled_on = $2, dispute = 'resolved_paid'
                  WHERE subject_key = $1`;
    await rows(text, [one.of.key, registry.registry.today()]);
    expect(await days(0, 0, one)).toEqual(['0 dispute.closed resolved_paid', '0 to debtor']);
  });
});

describe('a dispute of what was settled before', () => {
  it('hides it, runs its days, and is not ended by its being called settled once more', async () => {
    const of = await debtor(registry);
    await vouch(registry, seller, of);
    await vouch(registry, await member(registry), of);
    const { origin, now } = registry.registry;
    const { member_id: memberId } = seller.member;
    const next = batcher({ origin, memberId, deviceId: 'd1', key: seller.key, now });
    const wish = { of: of.subject.pan ?? '', state: 'settled', settledDay: day('2026-11-20') } as const;
    await seller.answer('sendBatch', { body: next.batch([due(wish)]) });
    const told = [of.key, addDays(registry.registry.today(), -30)];
    await rows('UPDATE due SET notice_on = $2 WHERE subject_key = $1', told);
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    await rows('UPDATE due SET notice_on = $2 WHERE subject_key = $1', told);
    const seen = async (): Promise<string | undefined> =>
      (await own.answer('records')).records.map(({ visibility }) => visibility).join();
    expect(await seen()).toBe('visible');
    await own.answer('openDispute', {
      body: {
        schema: 'dispute.v1',
        dispute_id: registry.registry.newId(),
        reporter: memberId,
        due_ref: refOf('bill'),
        reason: 'not_mine',
        proof_sha256: null,
      },
    });
    expect(await seen()).toBe('masked');
    await seller.answer('sendBatch', { body: next.batch([due({ ...wish, rev: 2 })]) });
    await runJob(registry, 'dispute-clocks');
    expect(await seen()).toBe('masked');
    registry.pass({ days: 10 });
    await runJob(registry, 'dispute-clocks');
    const after = await rows('SELECT dispute FROM due WHERE subject_key = $1', [of.key]);
    expect(after).toEqual([{ dispute: 'resolved_for_debtor' }]);
  });
});

describe('an answer to a dispute that is over', () => {
  it('says nothing of the one that runs: what is disputed again stays hidden', async () => {
    const one = await disputed();
    const old = registry.registry.newId();
    // He called it settled once, which ended the first dispute, and then owed again.
    await rows(
      `INSERT INTO dispute (subject_key, dispute_id, member_no, due_ref, reason, state, opened_on, closed_on)
       VALUES ($1, $2, $3, $4, 'already_paid', 'resolved_paid', $5, $5)`,
      [one.of.key, old, seller.memberNo, one.ref, registry.registry.today()],
    );
    await rows('INSERT INTO dispute_of_member (member_no, dispute_id, subject_key) VALUES ($1, $2, $3)', [
      seller.memberNo,
      old,
      one.of.key,
    ]);
    for (const answer of ['contest', 'accept'] as const)
      await seller.call('answerDispute', {
        params: { id: old },
        body: { schema: 'dispute-answer.v1', answer, evidence_sha256: null },
      });
    expect(await standing(one)).toEqual([{ state: 'open', closed_on: null, dispute: 'open' }]);
  });
});

describe('what a member is told of the passing of days', () => {
  const nights = async (count: number): Promise<readonly string[]> => {
    const seen: string[] = [];
    for (let at = 1; at <= count; at += 1) {
      registry.pass({ days: 1 });
      const before = (await feedOf(registry, seller.memberNo)).length;
      await Promise.all([runJob(registry, 'told-marks'), runJob(other, 'told-marks')]);
      for (const { visibility, visible_from } of (await feedOf(registry, seller.memberNo)).slice(before))
        seen.push(`${at} ${visibility} ${visible_from}`);
    }
    return seen;
  };

  it('names the night on which a due can be seen, once, and every later change of it', async () => {
    const of = await debtor(registry);
    const today = registry.registry.today();
    await putDue(registry, of.key, { memberNo: seller.memberNo, noticeDay: today });
    const from = addDays(today, 21);
    expect(await nights(22)).toEqual([`1 notice-running ${from}`, `21 visible ${from}`]);
    await rows(`UPDATE member SET status = 'suspended' WHERE member_no = $1`, [seller.memberNo]);
    expect(await nights(2)).toEqual([`1 suppressed ${from}`]);
    await rows(`UPDATE member SET status = 'active' WHERE member_no = $1`, [seller.memberNo]);
    await rows('UPDATE due SET questioned = 2 WHERE subject_key = $1', [of.key]);
    expect(await nights(2)).toEqual([`1 stale ${from}`]);
  });

  it('says nothing of what is as it was', async () => {
    const of = await debtor(registry);
    await putDue(registry, of.key, { memberNo: seller.memberNo, noticeDay: null });
    expect(await nights(2)).toEqual([]);
    expect(day('2026-11-22') < registry.registry.today()).toBe(true);
  });
});
