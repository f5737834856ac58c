import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Member } from '#contract/registry/members.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { newSeed, signingKey } from '#registry/crypto.ts';
import { sealKeyOfMember } from '#registry/members/contacts.ts';
import { command, perform } from '#registry/operator/commands.ts';
import { admit, OperatorError, releasePan, restore, suspend } from '#registry/operator/acts.ts';
import { batcher, due, type Batcher } from '#tests/builders/registry/batch.ts';
import {
  checkBody,
  consentBody,
  debtor,
  granted,
  page,
  putDue,
  vouch,
} from '#tests/builders/registry/debtor.ts';
import {
  call,
  gstinOf,
  member,
  memberWith,
  must,
  otpIn,
  panOf,
  type TestMember,
} from '#tests/builders/registry/member.ts';
import { compiledBefore } from '#tests/builders/registry/postgres.ts';
import { feedOf, runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// Joining proves nothing: whoever runs the registry looks who it is.

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry({ admits: 'operator' });
});

let mobiles = 0;

/** Joins as whoever he says, and nothing more. */
async function joined(gstin: string, legal_name: string): Promise<TestMember> {
  mobiles += 1;
  const key = signingKey(newSeed());
  const application_id = registry.registry.newId();
  const before = registry.sent.length;
  const contact = { mobile: `+9196${String(mobiles).padStart(8, '0')}`, email: null };
  await must(
    call(registry, 'join', {
      body: {
        schema: 'join.v1',
        application_id,
        legal_name,
        gstin,
        contact,
        purpose: 'both',
        terms_version: '2026-11',
        device_key: toBase64Url(key.publicKey),
        lang: 'en',
      },
    }),
  );
  const otp = otpIn(registry.sent[before]?.text ?? '');
  const made: Member = await must(
    call(registry, 'confirmJoin', { body: { schema: 'join-confirm.v1', application_id, otp } }),
  );
  return memberWith(registry, made, key);
}

async function say(line: string): Promise<readonly string[]> {
  const wished = command(line.split(' '));
  if (wished === null) throw new Error(`This is no command: ${line}`);
  return await perform(registry.registry, wished);
}

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

const statusOf = async (one: TestMember): Promise<string> => (await one.answer('me')).status;

describe('whoever joins', () => {
  it('waits until the operator has seen who he says he is, and is then on probation', async () => {
    const gstin = gstinOf(31);
    const one = await joined(gstin, 'Ramesh Traders');
    expect(one.member).toMatchObject({ status: 'pending', probation_until: null });
    const [line = ''] = (await say('members --pending')).filter((each) => each.includes(gstin));
    expect(line.split('\t')).toEqual([
      one.member.member_id,
      'waits since 2026-11-22',
      gstin,
      'Ramesh Traders',
      expect.stringMatching(/^\+9196/),
    ]);
    await say(`admit ${one.member.member_id}`);
    expect(await one.answer('me')).toMatchObject({ status: 'probation', probation_until: '2027-01-21' });
    expect(await feedOf(registry, one.memberNo)).toEqual([{ type: 'policy.changed', note: 'admitted' }]);
    await expect(say(`admit ${one.member.member_id}`)).rejects.toThrow('does not wait');
    registry.pass({ seconds: 1 });
    await say(`admit ${one.member.member_id} --known`);
    expect(await statusOf(one)).toBe('active');
    const [, ...acts] = await say(`member ${one.member.member_id}`);
    expect(acts.map((act) => act.split('\t')[1])).toEqual(['admitted', 'admitted-known']);
  });

  it('is not kept as he applied once he is admitted, and stands nowhere in plain text before', async () => {
    const gstin = gstinOf(32);
    const one = await joined(gstin, 'Plain Traders');
    const ctOf = async (): Promise<string> =>
      JSON.stringify(
        await rows('SELECT length(contact_ct) AS n FROM member WHERE member_no = $1', [one.memberNo]),
      );
    const waiting = await ctOf();
    const dump = JSON.stringify(await rows('SELECT m::text AS row FROM member m'));
    for (const text of [gstin, panOf(gstin)])
      for (const form of [text, Buffer.from(text).toString('hex')]) expect(dump).not.toContain(form);
    await say(`admit ${one.memberNo}`);
    expect(await ctOf()).not.toBe(waiting);
    expect(await say('members --pending')).not.toContainEqual(expect.stringContaining(gstin));
  });

  it('comes back without being looked at again, unless he says he is another now', async () => {
    const gstin = gstinOf(33);
    const one = await joined(gstin, 'Anand Stores');
    await admit(registry.registry, one.memberNo, { isKnown: true });
    await one.answer('leave');
    expect((await joined(gstin, ' anand  stores ')).member).toMatchObject({
      status: 'probation',
      device_id: 'd2',
    });
    const other = await joined(gstin, 'Anand Exports');
    // Debtors read the name that was looked at until the new one was, too.
    expect(other.member).toMatchObject({ status: 'pending', legal_name: 'Anand Stores' });
    expect(await say('members --pending')).toContainEqual(
      expect.stringMatching(/Anand Exports.*before: Anand Stores/),
    );
    await say(`admit ${other.memberNo}`);
    expect((await other.answer('me')).legal_name).toBe('Anand Exports');
  });

  it('does not get in by leaving and joining again while he waits', async () => {
    const one = await joined(gstinOf(34), 'Impatient');
    await one.answer('leave');
    expect((await joined(gstinOf(34), 'Impatient')).member.status).toBe('pending');
  });

  it('keeps nobody’s PAN from its owner while he waits', async () => {
    const gstin = gstinOf(38);
    const impostor = await joined(gstin, 'Not Theirs');
    const owner = await joined(gstin, 'Their Own');
    expect(owner.memberNo).not.toBe(impostor.memberNo);
    await say(`admit ${owner.memberNo}`);
    await expect(say(`admit ${impostor.memberNo}`)).rejects.toThrow('Another member has this PAN');
    expect((await joined(gstin, 'Their Own')).member).toMatchObject({ device_id: 'd2', status: 'probation' });
    expect(await statusOf(impostor)).toBe('pending');
  });

  it('is dropped after thirty days', async () => {
    const late = await tempRegistry({ admits: 'operator' });
    const one = await member(late, { gstin: gstinOf(35), pending: true });
    const stays = await member(late, { gstin: gstinOf(36) });
    late.pass({ days: 29 });
    await runJob(late, 'pending-dropped');
    expect((await one.call('me')).status).toBe(200);
    late.pass({ days: 1 });
    await runJob(late, 'pending-dropped');
    expect((await one.call('me')).problem?.code).toBe('unknown_key');
    expect((await stays.call('me')).status).toBe(200);
    const next = await member(late, { gstin: gstinOf(35), pending: true });
    expect(next.memberNo).not.toBe(one.memberNo);
    const { store } = late.registry;
    expect(await store.rows({ text: 'SELECT count(*) AS n FROM member' })).toEqual([{ n: 2 }]);
    const values = [sealKeyOfMember(one.memberNo)];
    const text = 'SELECT 1 FROM contact_vault WHERE subject_key = $1';
    expect(await store.rows({ text, values })).toEqual([]);
  });

  it('is let in by himself where everyone is, and is not known for it', async () => {
    const open = await tempRegistry();
    const one = await member(open, { probation: true });
    expect((await one.answer('me')).status).toBe('probation');
  });
});

describe('the operator', () => {
  const batcherOf = ({ member: { member_id, device_id }, key }: TestMember): Batcher => {
    const { origin, now } = registry.registry;
    return batcher({ origin, memberId: member_id, deviceId: device_id, key, now });
  };

  it('suspends a member, who hears of it and whose dues nobody sees, and restores him', async () => {
    const [one, asker, other] = [await member(registry), await member(registry), await member(registry)];
    const of = await debtor(registry);
    await putDue(registry, of.key, { memberNo: one.memberNo, evidence: 'irp' });
    const look = async (): Promise<string> => {
      const id = await granted(registry, asker, of, { vouchedBy: other });
      return (await asker.answer('check', { body: checkBody(registry, of, id) })).result;
    };
    expect(await look()).toBe('record');
    await suspend(registry.registry, one.memberNo);
    expect(await look()).toBe('no_record');
    expect((await one.call('askConsent', { body: consentBody(registry, of) })).problem?.code).toBe(
      'suspended',
    );
    expect((await feedOf(registry, one.memberNo)).at(-1)).toEqual({
      type: 'policy.changed',
      note: 'suspended',
    });
    await restore(registry.registry, one.memberNo);
    expect(await statusOf(one)).toBe('active');
    registry.pass({ days: 1 });
    expect(await look()).toBe('record');
    await expect(restore(registry.registry, one.memberNo)).rejects.toThrow(OperatorError);
  });

  it('lets go what was held when he restores a member whose reports were stopped', async () => {
    const one = await member(registry);
    await rows(`UPDATE member SET stopped_on = '2026-11-20' WHERE member_no = $1`, [one.memberNo]);
    await one.answer('sendBatch', { body: batcherOf(one).batch([due({ ref: 'held' })]) });
    const held = (): Promise<readonly object[]> =>
      rows('SELECT held FROM due WHERE member_no = $1', [one.memberNo]);
    expect(await held()).toEqual([{ held: true }]);
    expect((await say('members')).find((line) => line.startsWith(one.member.member_id))).toContain(
      'new dues held',
    );
    await restore(registry.registry, one.memberNo);
    expect(await held()).toEqual([{ held: false }]);
  });

  it('puts out whoever took another’s PAN, with all that he said, and the owner joins', async () => {
    const gstin = gstinOf(37);
    const impostor = await joined(gstin, 'Sharma Steel');
    await admit(registry.registry, impostor.memberNo, { isKnown: true });
    const helper = await member(registry);
    const of = await debtor(registry);
    for (const by of [impostor, helper]) await vouch(registry, by, of);
    await releasePan(registry.registry, impostor.memberNo);
    expect((await impostor.call('me')).problem?.code).toBe('revoked_key');
    // One of the two words for the contact is gone.
    const asked = await (await member(registry)).answer('askConsent', { body: consentBody(registry, of) });
    expect(asked).toMatchObject({ status: 'held' });
    const owner = await joined(gstin, 'Sharma Steel');
    expect(owner.memberNo).not.toBe(impostor.memberNo);
    expect(owner.member.member_token).toBe(impostor.member.member_token);
    await expect(restore(registry.registry, impostor.memberNo)).rejects.toThrow('join anew');
    expect((await say('members')).find((line) => line.startsWith(impostor.member.member_id))).toContain(
      '\tvoid\t',
    );
  });

  it('makes a contact forget that it answered for a business', async () => {
    const [one, other] = [await member(registry), await member(registry)];
    const of = await debtor(registry);
    for (const by of [one, other]) await vouch(registry, by, of);
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    await expect(say(`forget-contact ${of.pan} +919999999999`)).rejects.toThrow('has not answered');
    await say(`forget-contact ${of.gstin} ${of.mobile.slice(3)}`);
    expect((await own.call('records')).problem?.code).toBe('no_session');
    expect(await rows('SELECT DISTINCT is_registered FROM contact WHERE subject_key = $1', [of.key])).toEqual(
      [{ is_registered: false }],
    );
    expect(registry.logged.filter((line) => line.startsWith('operator.'))).toContain(
      'operator.contact-forgotten',
    );
  });

  it.each([
    'admit',
    'admit nobody',
    'admit 5 --now',
    'members 5',
    'suspend 5 6',
    'forget-contact AAPFU0939F',
    'forget-contact x +919876543210',
    'drop 5',
  ])('is told how it is written when he writes: %s', (line) => {
    expect(command(line.split(' '))).toBeNull();
  });

  it('types it on the server’s machine, beside the server, and is told where nothing is there', async () => {
    const one = await joined(gstinOf(39), 'Typed Traders');
    const here = { DATABASE_URL: registry.databaseUrl, REGISTRY_KEYS: registry.keyFolder };
    expect(await typed(['admit', one.member.member_id, '--known'], here)).toEqual({
      code: 0,
      said: `${one.member.member_id} is admitted as a business you know.\n`,
    });
    expect(await statusOf(one)).toBe('active');
    const nothing = await typed(['members'], { REGISTRY_DATA: path.join(registry.keyFolder, 'none') });
    expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('There is no registry') });
  });
});

const SERVER = path.resolve(import.meta.dirname, '../../../src-registry/server.ts');

/** The program itself; what it says on whichever of the two outputs. */
async function typed(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [SERVER, ...words], {
    env: { PATH: process.env['PATH'], ...compiledBefore(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}
