import { gunzipSync } from 'node:zlib';
import { audit } from '#registry/log/audit.ts';
import { sequence } from '#registry/log/sequencer.ts';
import { OperatorError } from '#registry/operator/acts.ts';
import { command, perform } from '#registry/operator/commands.ts';
import { batcher, due, type Batcher } from '#tests/builders/registry/batch.ts';
import {
  checkBody,
  debtor,
  granted,
  page,
  putDue,
  vouch,
  type Debtor,
} from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { feedOf, runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, beforeEach, expect, it } from 'vitest';

// What a debtor asked to be erased: the operator reads it, carries it out or says why not.

let registry: TempRegistry;
let reporter: TestMember;
let second: TestMember;
let next: Batcher;
beforeAll(async () => {
  registry = await tempRegistry();
  reporter = await member(registry);
  second = await member(registry);
  const { origin, now } = registry.registry;
  const { member_id: memberId } = reporter.member;
  next = batcher({ origin, memberId, deviceId: 'd1', key: reporter.key, now });
});
beforeEach(async () => {
  await rows('DELETE FROM otp_count');
  await rows('DELETE FROM quota');
});

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

async function typed(...words: readonly string[]): Promise<readonly string[]> {
  const wished = command(words);
  if (wished === null) throw new Error(`This is no command: ${words.join(' ')}`);
  return await perform(registry.registry, wished);
}

async function asked(of: Debtor, reason = 'Erase me'): Promise<string> {
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  return (await own.answer('erase', { body: { schema: 'erase.v1', reason } })).request_id;
}

/** A contact that two members have long named. */
async function known(entity: 'P' | 'C'): Promise<Debtor> {
  const of = await debtor(registry, entity);
  await vouch(registry, reporter, of);
  await vouch(registry, second, of);
  return of;
}

/** What left for him of his request. */
const told = ({ mobile }: Debtor): readonly string[] =>
  registry.sent
    .filter(({ to, kind }) => kind === 'erasure' && to.mobile === mobile)
    .map(({ template }) => template);

/** Where the subject's key stands, and how often. */
async function standing(key: Buffer): Promise<Readonly<Record<string, number>>> {
  const tables = await registry.registry.store.rows<{ readonly name: string }>({
    text: `SELECT c.relname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           WHERE a.attname = 'subject_key' AND c.relkind = 'r' ORDER BY c.relname`,
  });
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { length } = await rows(`SELECT 1 FROM ${name} WHERE subject_key = $1`, [key]);
    if (length > 0) found[name] = length;
  }
  return found;
}

it('erases what is said of a natural person, tells him and the members once, and nobody says it again', async () => {
  const of = await known('P');
  const { key } = of;
  const consentId = await granted(registry, reporter, of, { purpose: 'TC02', vouchedBy: second });
  const item = due({
    ref: 'his bill',
    of: of.subject.pan ?? '',
    entity: 'P',
    basis: { basis: 'consent', id: consentId },
  });
  expect((await reporter.answer('sendBatch', { body: next.batch([item]) })).errors).toEqual([]);
  const lookId = await granted(registry, second, of, { vouchedBy: reporter });
  await second.answer('check', { body: checkBody(registry, of, lookId) });
  await sequence(registry.registry);
  const id = await asked(of, 'That \u001b[2Jwas my brother');
  const [line = '', ...more] = await typed('erasures');
  expect(more).toEqual([]);
  expect(line.split('\t')).toEqual([
    id,
    'asked 2026-11-22',
    '0 days',
    '1 dues, 0 disputed',
    '2 consents',
    '1 looks',
    'natural person',
    'from his own contact',
    'open',
  ]);
  expect((await typed('erasures', id))[1]).toBe('That  [2Jwas my brother');

  const before = (await feedOf(registry, reporter.memberNo)).length;
  expect(await typed('erase', id)).toEqual([
    '1 dues are erased, and how the debtor is reached.',
    'The debtor was told.',
  ]);
  // Who looked and what was sent is proof, and names nobody; of which kind he is goes with its own time.
  expect(Object.keys(await standing(key))).toEqual(['access_log', 'erase_request', 'subject_entity']);
  expect(await rows('SELECT reason, outcome FROM erase_request WHERE request_id = $1', [id])).toEqual([
    { reason: '', outcome: 'erased' },
  ]);
  const bodies = await registry.registry.store.rows<{ readonly body: Buffer }>({
    text: 'SELECT body FROM submission WHERE body IS NOT NULL',
  });
  expect(bodies).toHaveLength(1);
  for (const { body } of bodies)
    expect((body[0] === 0x1f ? gunzipSync(body) : body).toString()).not.toContain(of.subject.pan);
  expect(told(of)).toEqual(['erased']);
  const changes = (await feedOf(registry, reporter.memberNo)).slice(before);
  expect(changes).toEqual([
    { type: 'consent.revoked', consent_id: consentId },
    { type: 'due.visibility', due_ref: item.dueRef, visibility: 'gone', visible_from: null, note: 'erased' },
  ]);
  expect(await audit(registry.registry)).toEqual([]);

  const again = { ...item, rev: 2 };
  const { errors } = await reporter.answer('sendBatch', {
    body: next.batch([again]),
  });
  expect(errors.map(({ code }) => code)).toEqual(['basis_unknown']);
  expect(await typed('erasures')).toEqual(['Nobody waits for an erasure.']);
  await expect(typed('erase', id)).rejects.toThrow('answered already');
  expect(await rows(`SELECT what, member_no FROM operator_act WHERE what = 'erased'`)).toEqual([
    { what: 'erased', member_no: null },
  ]);
});

it('keeps how he is reached until he was told, and then goes on where it was', async () => {
  const of = await known('P');
  await putDue(registry, of.key, { memberNo: reporter.memberNo, entity: 'P' });
  const id = await asked(of);
  registry.notifierSays('failed');
  await expect(typed('erase', id)).rejects.toThrow('could not be told');
  expect(await standing(of.key)).not.toHaveProperty('due');
  expect((await typed('erasures', id))[0]).toContain('erased, not told yet');
  await expect(typed('refuse-erasure', id, '--reason', 'law-keeps')).rejects.toThrow('erased already');
  registry.notifierSays('sent');
  await typed('erase', id);
  expect(told(of)).toEqual(['erased']);
  expect(await standing(of.key)).not.toHaveProperty('contact');
});

it('erases of a company only what it allowed and took back, and still reaches it of the rest', async () => {
  const of = await known('C');
  const consentId = await granted(registry, reporter, of, { purpose: 'TC02', vouchedBy: second });
  const { memberNo } = reporter;
  await putDue(registry, of.key, { memberNo, consentId });
  const stays = await putDue(registry, of.key, { memberNo });
  const id = await asked(of);
  await expect(typed('erase', id)).rejects.toThrow(OperatorError);
  expect(await rows('SELECT 1 FROM due WHERE subject_key = $1', [of.key])).toHaveLength(2);
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  await own.answer('answerConsent', { body: { consent_id: consentId, answer: 'withdraw' } });
  expect((await typed('erase', id))[0]).toBe('1 dues are erased; others that need no consent of his stand.');
  expect(await rows('SELECT due_ref FROM due WHERE subject_key = $1', [of.key])).toEqual([
    { due_ref: stays },
  ]);
  expect(await standing(of.key)).toHaveProperty('contact');
});

it('erases nothing for whoever names his own telephone for another’s PAN, until the operator knows who he is', async () => {
  const of = await known('P');
  const ref = await putDue(registry, of.key, { memberNo: reporter.memberNo, entity: 'P' });
  const stranger = '+919222222222';
  const id = await asked({ ...of, mobile: stranger });
  expect((await typed('erasures', id))[0]).toContain('from a contact that is not known as his');
  await expect(typed('erase', id)).rejects.toThrow('not known');
  expect(await rows('SELECT due_ref FROM due WHERE subject_key = $1', [of.key])).toEqual([{ due_ref: ref }]);
  await typed('erase', id, '--checked');
  expect(await rows('SELECT 1 FROM due WHERE subject_key = $1', [of.key])).toEqual([]);
  expect([told(of), told({ ...of, mobile: stranger })]).toEqual([['erased'], []]);
});

it('tells a debtor why nothing is erased, once, in his language, and leaves all as it was', async () => {
  const of = await known('C');
  await rows(`UPDATE contact SET lang = 'hi' WHERE subject_key = $1`, [of.key]);
  await putDue(registry, of.key, { memberNo: reporter.memberNo });
  const id = await asked(of);
  const before = await standing(of.key);
  await typed('refuse-erasure', id, '--reason', 'still-owed-company');
  expect(await standing(of.key)).toEqual(before);
  expect(told(of)).toEqual(['erasure-owed']);
  expect(registry.sent.at(-1)?.text).toContain('यह एक कंपनी के बारे में है');
  await expect(typed('refuse-erasure', id, '--reason', 'law-keeps')).rejects.toThrow('answered already');
  const person = await known('P');
  const other = await asked(person);
  await expect(typed('refuse-erasure', other, '--reason', 'still-owed-company')).rejects.toThrow(
    'no company',
  );
  await typed('refuse-erasure', other, '--reason', 'dispute-open');
});

it('rings once a request has waited for more than 25 days, and no longer when it is answered', async () => {
  const of = await known('C');
  const id = await asked(of);
  const alarms = async (days: number): Promise<readonly string[]> => {
    registry.pass({ days });
    await runJob(registry, 'members-judged');
    return (await typed('alarms')).map((line) => line.split('\t').slice(0, 3).join(' '));
  };
  expect(await alarms(25)).toEqual(['There is nothing to look at.']);
  expect(await alarms(1)).toEqual(['registry erasures-late 1 of 1']);
  await typed('refuse-erasure', id, '--reason', 'law-keeps');
  expect(await alarms(1)).toEqual(['There is nothing to look at.']);
});

it.each([
  [['erase'], false],
  [['erase', 'm_1'], false],
  [['erase', '0190a000-0000-7000-8000-000000000000', '--known'], false],
  [['refuse-erasure', '0190a000-0000-7000-8000-000000000000'], false],
  [['refuse-erasure', '0190a000-0000-7000-8000-000000000000', '--reason', 'no-time'], false],
  [['refuse-erasure', '0190a000-0000-7000-8000-000000000000', '--reason', 'law-keeps'], true],
  [['erase', '0190A000-0000-7000-8000-000000000000', '--checked'], true],
] as const)('reads %j as a command: %s', (words, isOne) => {
  expect(command(words) !== null).toBe(isOne);
});
