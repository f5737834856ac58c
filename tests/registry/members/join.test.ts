import { toBase64Url } from '#domain/registry/bytes.ts';
import type { BodyOf } from '#contract/registry.ts';
import { newSeed, signingKey } from '#registry/crypto.ts';
import { memberOf, setStatus } from '#registry/store/members.ts';
import { contactOfMember } from '#registry/members/contacts.ts';
import {
  call,
  gstinOf,
  member,
  memberWith,
  must,
  otpIn,
  type Answered,
} from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, expect, it } from 'vitest';

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const key = signingKey(newSeed());
let mobiles = 0;

function wishOf(number: number, more: Partial<BodyOf<'join'>> = {}): BodyOf<'join'> {
  mobiles += 1;
  return {
    schema: 'join.v1',
    application_id: registry.registry.newId(),
    legal_name: `Business ${number}`,
    gstin: gstinOf(1_000 + number),
    contact: { mobile: `+9197${String(mobiles).padStart(8, '0')}`, email: null },
    purpose: 'both',
    terms_version: '2026-11',
    device_key: toBase64Url(key.publicKey),
    lang: 'en',
    ...more,
  };
}

async function asked(wish: BodyOf<'join'>): Promise<string> {
  const before = registry.sent.length;
  await must(call(registry, 'join', { body: wish }));
  return registry.sent[before] ? otpIn(registry.sent[before].text) : '';
}

const confirm = (wish: BodyOf<'join'>, otp: string): Promise<Answered<'confirmJoin'>> =>
  call(registry, 'confirmJoin', {
    body: { schema: 'join-confirm.v1', application_id: wish.application_id, otp },
  });

const wrongOf = (otp: string): string => String((Number(otp) + 1) % 1_000_000).padStart(6, '0');

it('makes whoever types the password a member on probation of sixty days, and numbers his first device', async () => {
  const wish = wishOf(1, { contact: { mobile: '+919700000900', email: 'a@example.com' }, lang: 'hi' });
  const otp = await asked(wish);
  expect(registry.sent.at(-1)).toMatchObject({
    to: { mobile: '+919700000900', email: 'a@example.com' },
    kind: 'otp',
    lang: 'hi',
  });
  const { answer } = await confirm(wish, otp);
  expect(answer).toMatchObject({
    device_id: 'd1',
    epoch: 1,
    legal_name: 'Business 1',
    status: 'probation',
    probation_until: '2027-01-21',
  });
  expect(answer?.member_token).toMatch(/^h1\./);
});

it('ends probation by itself', async () => {
  const later = await tempRegistry();
  const one = await member(later, { probation: true });
  later.pass({ days: 59 });
  expect((await one.answer('me')).status).toBe('probation');
  later.pass({ days: 1 });
  expect(await one.answer('me')).toMatchObject({ status: 'active', probation_until: null });
});

it('answers the same whether the business is a member already or not, and keeps quiet about where it sends', async () => {
  const first = wishOf(2, { contact: { mobile: '+919700000901', email: null } });
  await confirm(first, await asked(first));
  const [again, fresh] = [wishOf(2), wishOf(3)];
  const answers = await Promise.all([again, fresh].map((wish) => call(registry, 'join', { body: wish })));
  const shown = answers.map(({ status, text, headers }) => ({
    status,
    text: text.replaceAll(/[0-9a-f-]{36}/g, 'ID'),
    headers: { ...headers, date: '' },
  }));
  expect(shown[0]).toEqual(shown[1]);
  // The password for the member went to the contact that he registered, not to the one given now.
  const to = new Set(registry.sent.slice(-2).map((notice) => notice.to.mobile));
  expect(to).toEqual(new Set([fresh.contact.mobile, '+919700000901']));
});

it('lets a member take his membership to a new machine, and takes it off the old ones', async () => {
  const first = wishOf(4);
  const made = await must(confirm(first, await asked(first)));
  const oldDevice = memberWith(registry, made, key);
  const newKey = signingKey(newSeed());
  const again = wishOf(4, { device_key: toBase64Url(newKey.publicKey), legal_name: 'Another name' });
  const back = await must(confirm(again, await asked(again)));
  expect(back).toMatchObject({
    member_id: made.member_id,
    device_id: 'd2',
    epoch: 2,
    legal_name: 'Business 4',
  });
  expect((await oldDevice.call('me')).problem?.code).toBe('revoked_key');
  const me = await memberWith(registry, back, newKey).answer('me');
  expect(me.devices.map(({ revoked_at }) => revoked_at !== null)).toEqual([true, false]);
  // The contact stays the registered one: else whoever once got in could keep the owner out.
  const row = await memberOf(registry.registry.store, memberWith(registry, made, key).memberNo);
  if (row === null) throw new Error('no member');
  expect((await contactOfMember(registry.registry, row)).mobile).toBe(first.contact.mobile);
});

it('makes one PAN one member: of two who ask at once, the second password opens nothing', async () => {
  const [first, second] = [wishOf(5), wishOf(5)];
  const [otp, otherOtp] = [await asked(first), await asked(second)];
  expect((await confirm(first, otp)).status).toBe(200);
  expect((await confirm(second, otherOtp)).problem?.code).toBe('otp_spent');
  // And at the very same moment, too.
  const [third, fourth] = [wishOf(6), wishOf(6)];
  const otps = [await asked(third), await asked(fourth)];
  const codes = await Promise.all([confirm(third, otps[0] ?? ''), confirm(fourth, otps[1] ?? '')]);
  expect(new Set(codes.map(({ status }) => status))).toEqual(new Set([200, 403]));
});

it('gives the same membership to whoever lost the answer and confirms again', async () => {
  const wish = wishOf(7);
  const otp = await asked(wish);
  const answers = await Promise.all([confirm(wish, otp), confirm(wish, otp)]);
  expect(answers[0]?.answer).toEqual(answers[1]?.answer);
  expect((await confirm(wish, otp)).answer?.device_id).toBe('d1');
});

it('sends one password for one application, however often it is asked', async () => {
  const wish = wishOf(8);
  await asked(wish);
  expect(await asked(wish)).toBe('');
});

it('takes no sixth guess, also where all come at once', async () => {
  const wish = wishOf(9);
  const otp = await asked(wish);
  const guesses = await Promise.all(Array.from({ length: 9 }, () => confirm(wish, wrongOf(otp))));
  const countOf = (code: string): number => guesses.filter(({ problem }) => problem?.code === code).length;
  expect([countOf('wrong_otp'), countOf('otp_spent')]).toEqual([5, 4]);
  expect((await confirm(wish, otp)).problem?.code).toBe('otp_spent');
});

it('takes no password after ten minutes, and says no more about an application that never was', async () => {
  const late = await tempRegistry();
  const wish = wishOf(10);
  await must(call(late, 'join', { body: wish }));
  const otp = otpIn(late.sent[0]?.text ?? '');
  late.pass({ minutes: 10, seconds: 1 });
  const body = { schema: 'join-confirm.v1', application_id: wish.application_id, otp } as const;
  const spent = await call(late, 'confirmJoin', { body });
  const never = await call(late, 'confirmJoin', {
    body: { ...body, application_id: late.registry.newId() },
  });
  expect(spent.problem).toEqual(never.problem);
  expect(spent.problem?.code).toBe('otp_spent');
});

it('sends at most three passwords a day to one contact, and answers the same when it does not', async () => {
  const contact = { mobile: '+919700000999', email: null };
  const before = registry.sent.length;
  for (const number of [11, 12, 13, 14, 15]) {
    const { status } = await call(registry, 'join', { body: wishOf(number, { contact }) });
    expect(status).toBe(200);
  }
  expect(registry.sent.slice(before)).toHaveLength(3);
});

it('refuses what is no GSTIN, older terms, and somebody whom it cannot reach', async () => {
  const wrong = [
    [{ legal_name: 'Anand\u0000Traders' }, 'body/legal_name'],
    [{ legal_name: 'Anand \u202e sredarT' }, 'body/legal_name'],
    [{ gstin: '27AAPFU0939F1ZX' }, 'body/gstin'],
    [{ gstin: 'AAPFU0939F27ZZZ' }, 'body/gstin'],
    [{ terms_version: '2020-01' }, 'body/terms_version'],
    [{ contact: { mobile: null, email: null } }, 'body/contact'],
    [{ contact: { mobile: '+14155550100', email: null } }, 'body/contact/mobile'],
  ] as const;
  for (const [more, at] of wrong) {
    const { problem } = await call(registry, 'join', { body: wishOf(16, more) });
    expect(problem, at).toMatchObject({ code: 'bad_request', at });
  }
});

it('puts whoever left and joins again on probation once more, and keeps a suspended one suspended', async () => {
  const wish = wishOf(17);
  const made = await must(confirm(wish, await asked(wish)));
  const one = memberWith(registry, made, key);
  await one.answer('leave');
  expect((await one.call('me')).problem?.code).toBe('revoked_key');
  const again = wishOf(17);
  const back = await must(confirm(again, await asked(again)));
  expect(back).toMatchObject({ member_id: made.member_id, status: 'probation', device_id: 'd2' });
  await setStatus(registry.registry.store, one.memberNo, 'suspended');
  const third = wishOf(17);
  expect((await must(confirm(third, await asked(third)))).status).toBe('suspended');
});

it('writes no identifier, name, contact or password into its database or its log', async () => {
  const apart = await tempRegistry();
  const gstin = gstinOf(77);
  const wish = { ...wishOf(18), gstin, contact: { mobile: '+919812345670', email: 'canary@example.com' } };
  await must(call(apart, 'join', { body: wish }));
  const otp = otpIn(apart.sent[0]?.text ?? '');
  await must(
    call(apart, 'confirmJoin', {
      body: { schema: 'join-confirm.v1', application_id: wish.application_id, otp },
    }),
  );
  const dump = await dumpOf(apart);
  expect(dump).toContain('Business 18');
  for (const secret of [gstin, gstin.slice(2, 12), '9812345670', 'canary', otp]) {
    for (const text of [secret, Buffer.from(secret).toString('hex')]) expect(dump).not.toContain(text);
  }
  expect(apart.logged.join('\n')).not.toMatch(/9812345670|canary|Business/);
});

it('forgets applications and counts of the day before', async () => {
  const apart = await tempRegistry();
  await member(apart);
  apart.pass({ days: 2 });
  for (const job of apart.jobs.filter(({ name }) => name === 'short-lived')) await job.run(apart.registry);
  for (const table of ['application', 'otp_count', 'nonce', 'quota']) {
    const [row] = await apart.registry.store.rows<{ n: number }>({
      text: `SELECT count(*) AS n FROM ${table}`,
    });
    expect(row?.n, table).toBe(0);
  }
  // Only the member's own contact can still be opened.
  const keys = await apart.registry.store.rows({ text: 'SELECT subject_key FROM contact_vault' });
  expect(keys).toHaveLength(1);
});

/** Every row of every table as text, bytes in hexadecimal. */
async function dumpOf({ registry: { store } }: TempRegistry): Promise<string> {
  const tables = await store.rows<{ name: string }>({
    text: `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  });
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await store.rows<{ row: string }>({ text: `SELECT t::text AS row FROM ${name} t` });
    rows.push(...found.map(({ row }) => `${name} ${row}`));
  }
  return rows.join('\n');
}
