import { isAlarming } from '#domain/registry/alarms.ts';
import { addDays, day } from '#domain/days.ts';
import { makeMetrics } from '#registry/api/metrics.ts';
import { alarmGauges } from '#registry/operator/alarms.ts';
import { command, perform } from '#registry/operator/commands.ts';
import { restore } from '#registry/operator/acts.ts';
import { batcher, due, type Batcher } from '#tests/builders/registry/batch.ts';
import { checkBody, debtor, putDue } from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { feedOf, runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeEach, describe, expect, it } from 'vitest';

let registry: TempRegistry;
beforeEach(async () => {
  registry ??= await tempRegistry();
  // Each test looks at its own night.
  registry.pass({ days: 1 });
});

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

async function alarmsOf({ member: { member_id } }: TestMember): Promise<readonly string[]> {
  const wished = command(['alarms']);
  const lines = wished === null ? [] : await perform(registry.registry, wished);
  return lines
    .filter((line) => line.startsWith(member_id))
    .map((line) => line.split('\t').slice(1, 3).join(' '));
}

function batcherOf({ member: { member_id, device_id }, key }: TestMember): Batcher {
  const { origin, now } = registry.registry;
  return batcher({ origin, memberId: member_id, deviceId: device_id, key, now });
}

/** Requests of a member as they stand when so many of them were allowed. */
async function asked({ memberNo }: TestMember, count: number, allowed: number): Promise<void> {
  const { newId, now } = registry.registry;
  const at = new Date(now()).toISOString();
  await rows(
    `INSERT INTO consent (member_no, consent_id, subject_key, request, purpose, state, assurance, lang, asked_at,
       expires_at, life_days, contact_key, link, artefact)
     SELECT $1, w.id, '\\x00', '', 'TC01', w.state, 'A2', 'en', $2, $2, 30, '\\x00', '\\x00', w.artefact
     FROM unnest($3::uuid[], $4::text[], $5::text[]) AS w (id, state, artefact)`,
    [
      memberNo,
      at,
      Array.from({ length: count }, () => newId()),
      Array.from({ length: count }, (_, at_) => (at_ < allowed ? 'used' : 'denied')),
      Array.from({ length: count }, (_, at_) => (at_ < allowed ? '{}' : null)),
    ],
  );
}

describe('an alarm', () => {
  it.each([
    ['approval', 9, 50, true],
    ['approval', 10, 50, false],
    ['approval', 0, 49, false],
    ['false-reports', 2, 20, false],
    ['false-reports', 3, 20, true],
    ['false-reports', 19, 19, false],
    ['unmatched-tokens', 20, 100, false],
    ['unmatched-tokens', 21, 100, true],
    ['unmatched-tokens', 99, 99, false],
  ] as const)('of %s at %i of %i: %s', (kind, count, of, expected) => {
    expect(isAlarming(kind, count, of)).toBe(expected);
  });

  it('tells of whoever is allowed too little of what he asks, and goes when that is over', async () => {
    const [one, other] = [await member(registry), await member(registry)];
    await asked(one, 60, 9);
    await asked(other, 50, 10);
    await runJob(registry, 'members-judged');
    expect(await alarmsOf(other)).toEqual([]);
    const [line] = await alarmsOf(one);
    expect(line).toMatch(/^approval \d of 50$/);
    const metrics = makeMetrics().text(await alarmGauges(registry.registry));
    expect(metrics).toMatch(/^registry_alarms_approval 1$/m);
    expect(metrics).toMatch(/^registry_members_pending 0$/m);
    registry.pass({ days: 1 });
    await asked(one, 10, 10);
    await runJob(registry, 'members-judged');
    expect(await alarmsOf(one)).toEqual([]);
  });

  it('tells of whoever names tokens that were never made here', async () => {
    const one = await member(registry);
    await rows('UPDATE member SET said_items = 200, unmatched_items = 41 WHERE member_no = $1', [
      one.memberNo,
    ]);
    await runJob(registry, 'members-judged');
    expect(await alarmsOf(one)).toEqual(['unmatched-tokens 41 of 200']);
  });
});

describe('a member of whose dues more than a tenth were false', () => {
  it('says nothing more that is seen, until the operator has heard him, and again when another one is', async () => {
    const one = await member(registry);
    const { batch } = batcherOf(one);
    const refs = Array.from({ length: 20 }, (_, at) => `due ${at}`);
    await one.answer('sendBatch', { body: batch(refs.map((ref) => due({ ref, of: `of ${ref}` }))) });
    const found = async (count: number): Promise<void> => {
      for (let at = 0; at < count; at += 1)
        await rows(
          `INSERT INTO dispute (subject_key, dispute_id, member_no, due_ref, reason, state, opened_on, closed_on)
           VALUES ($1, $2, $3, $1, 'not_mine', 'resolved_for_debtor', $4, $4)`,
          [Buffer.alloc(16, at), registry.registry.newId(), one.memberNo, registry.registry.today()],
        );
    };
    const heldOf = async (ref: string): Promise<unknown> => {
      await one.answer('sendBatch', { body: batch([due({ ref, of: `of ${ref}` })]) });
      const all = await rows(
        'SELECT held FROM due WHERE member_no = $1 ORDER BY reported_at DESC, batch_id DESC LIMIT 1',
        [one.memberNo],
      );
      return all[0];
    };
    await found(2);
    await runJob(registry, 'members-judged');
    expect(await heldOf('at a tenth')).toEqual({ held: false });
    registry.pass({ days: 1 });
    await found(1);
    await runJob(registry, 'members-judged');
    expect(await alarmsOf(one)).toEqual(['false-reports 3 of 21']);
    expect((await feedOf(registry, one.memberNo)).filter(({ type }) => type === 'policy.changed')).toEqual([
      { type: 'policy.changed', note: 'publishing-held' },
    ]);
    expect(await heldOf('over it')).toEqual({ held: true });
    await restore(registry.registry, one.memberNo);
    registry.pass({ days: 1 });
    await runJob(registry, 'members-judged');
    expect(await heldOf('forgiven')).toEqual({ held: false });
    registry.pass({ days: 1 });
    await found(1);
    await runJob(registry, 'members-judged');
    expect(await heldOf('again')).toEqual({ held: true });
  });
});

describe('a member of whom others never saw anything', () => {
  it('looks twice a day, until a due of his was seen or settled within a year', async () => {
    const one = await member(registry, { isSilent: true });
    const of = await debtor(registry);
    const limit = async (): Promise<number | undefined> => (await one.answer('me')).quotas.checks?.limit;
    const codes: (string | undefined)[] = [];
    for (let at = 0; at < 3; at += 1) {
      const body = checkBody(registry, of, registry.registry.newId());
      codes.push((await one.call('check', { body })).problem?.code);
    }
    expect([await limit(), ...codes]).toEqual([2, 'no_consent', 'no_consent', 'too_many']);
    const ref = await putDue(registry, of.key, { memberNo: one.memberNo });
    const judged = async (): Promise<number | undefined> => {
      registry.pass({ days: 1 });
      await runJob(registry, 'members-judged');
      return await limit();
    };
    await rows(`UPDATE due SET told = 'notice-running' WHERE due_ref = $1`, [ref]);
    expect(await judged()).toBe(2);
    await rows(`UPDATE due SET told = 'visible' WHERE due_ref = $1`, [ref]);
    expect(await judged()).toBe(50);
    await rows(`UPDATE due SET told = 'masked' WHERE due_ref = $1`, [ref]);
    registry.pass({ days: 364 });
    expect(await judged()).toBe(2);
    const settledDay = addDays(registry.registry.today(), -30);
    await rows(`UPDATE due SET state = 'settled', open_p = 0, settled_on = $2 WHERE due_ref = $1`, [
      ref,
      settledDay,
    ]);
    expect(await judged()).toBe(50);
    expect(settledDay > day('2027-01-01')).toBe(true);
  });
});
