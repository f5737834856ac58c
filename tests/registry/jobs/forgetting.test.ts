import { addDays } from '#domain/days.ts';
import { audit } from '#registry/log/audit.ts';
import { sequence } from '#registry/log/sequencer.ts';
import { contactOfMember } from '#registry/members/contacts.ts';
import { memberOf } from '#registry/store/members.ts';
import { debtor, granted, putDue } from '#tests/builders/registry/debtor.ts';
import { gstinOf, member } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

// What is kept beside what is said: of what kind a subject is, keys, how members were reached, what consents were.

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

async function nightAfter(days: number): Promise<void> {
  registry.pass({ days });
  await runJob(registry, 'retention');
}

it('forgets of what kind a subject is 400 days after it was blinded, unless something stands under it', async () => {
  const reporter = await member(registry);
  const [idle, used] = [await debtor(registry), await debtor(registry)];
  await putDue(registry, used.key, { memberNo: reporter.memberNo });
  const left = async (): Promise<readonly object[]> =>
    await rows('SELECT subject_key, seen_on FROM subject_entity WHERE subject_key = ANY($1)', [
      [idle.key, used.key],
    ]);
  await nightAfter(399);
  expect(await left()).toHaveLength(2);
  await nightAfter(1);
  expect(await left()).toEqual([{ subject_key: used.key, seen_on: registry.registry.today() }]);
});

it('forgets the key of a subject of whom nothing was sealed after all, and no key that something is sealed with', async () => {
  const [idle, used, asked] = [1, 2, 3].map((at) => Buffer.alloc(32, 50 + at));
  if (!idle || !used || !asked) throw new Error('no keys');
  const { contacts, today } = registry.registry;
  const sealed = await contacts.sealAll(
    [idle, used, asked].map((subject) => ({ subject, contact: 'a@example.com' })),
  );
  await rows(
    `INSERT INTO contact (subject_key, contact_key, member_no, ct, seen_on, first_at)
     VALUES ($1, '\\x01', 1, $2, $3, '2026-01-01T00:00:00Z')`,
    [used, sealed[1], today()],
  );
  await rows(`INSERT INTO erase_request (subject_key, request_id, reason, at) VALUES ($1, $2, '', $3)`, [
    asked,
    registry.registry.newId(),
    `${today()}T00:00:00Z`,
  ]);
  const left = async (): Promise<readonly object[]> =>
    await rows('SELECT subject_key FROM contact_vault WHERE subject_key = ANY($1) ORDER BY subject_key', [
      [idle, used, asked],
    ]);
  await nightAfter(1);
  expect(await left()).toHaveLength(3);
  // Taken up again today: it may be about to be written down.
  await nightAfter(1);
  expect(await left()).toEqual([{ subject_key: used }, { subject_key: asked }]);
  expect(await contacts.open(used, sealed[1] ?? Buffer.alloc(0))).toBe('a@example.com');
});

it('forgets how a member was reached 30 days after he left; whoever comes back later is written to anew', async () => {
  const gstin = gstinOf(8_400);
  const before = await member(registry, { gstin, mobile: '+919800008400' });
  await before.answer('leave');
  const stored = async (): Promise<Awaited<ReturnType<typeof memberOf>>> =>
    await memberOf(registry.registry.store, before.memberNo);
  await nightAfter(29);
  expect((await stored())?.contact_ct.length).toBeGreaterThan(0);
  await nightAfter(1);
  expect((await stored())?.contact_ct).toHaveLength(0);
  const again = await member(registry, { gstin, mobile: '+919800008401' });
  expect(again.memberNo).toBe(before.memberNo);
  const row = await stored();
  if (row === null) throw new Error('The member is gone.');
  expect(await contactOfMember(registry.registry, row)).toEqual({ mobile: '+919800008401', email: null });
});

it('counts what has aged out for its member no longer: tomorrow’s swing is measured by what is left', async () => {
  const reporter = await member(registry);
  const of = await debtor(registry);
  const old = addDays(registry.registry.today(), -37 * 31);
  await putDue(registry, of.key, { memberNo: reporter.memberNo, dueDay: old });
  await putDue(registry, of.key, { memberNo: reporter.memberNo, dueDay: old, isHeld: true });
  await putDue(registry, of.key, { memberNo: reporter.memberNo, dueDay: old, settledDay: addDays(old, 1) });
  await rows('UPDATE member SET live_dues = 7, held_dues = 3 WHERE member_no = $1', [reporter.memberNo]);
  await nightAfter(1);
  expect(
    await rows('SELECT live_dues, held_dues FROM member WHERE member_no = $1', [reporter.memberNo]),
  ).toEqual([{ live_dues: 5, held_dues: 2 }]);
});

it('forgets a consent 36 months after its end, and the audit still knows that its leaf was one', async () => {
  const [asker, other] = [await member(registry), await member(registry)];
  const of = await debtor(registry);
  const id = await granted(registry, asker, of, {
    vouchedBy: other,
    expiry: addDays(registry.registry.today(), 14),
  });
  await sequence(registry.registry);
  expect(await audit(registry.registry)).not.toContain('leaf-unexplained');
  await nightAfter(37 * 31);
  expect(await rows('SELECT 1 FROM consent WHERE consent_id = $1', [id])).toEqual([]);
  expect(await audit(registry.registry)).not.toContain('leaf-unexplained');
  await rows('DELETE FROM log_forgotten');
  expect(await audit(registry.registry)).toContain('leaf-unexplained');
});
