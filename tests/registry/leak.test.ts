import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { identifierText, type Identifier } from '#domain/registry/subjects.ts';
import { otpHash } from '#registry/otps.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
import { checkBody, consentBody, debtor, page, type Debtor } from '#tests/builders/registry/debtor.ts';
import { member, otpIn, type TestMember } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// The life of a registry, then what a thief finds: every table and every log line, and no key file.

const DEBTORS = 12;
/** Debtors beyond those whose life is played, each with six canaries: BAAKI_CANARIES=10000 makes as many. */
const MANY = Math.ceil(Number(process.env['BAAKI_CANARIES'] ?? '300') / 6);
const BLINDED_AT_ONCE = 450;

let registry: TempRegistry;
let everything: string;
let batchCount = 0;
/** Whoever these belong to must not be found; by what it is. */
const canaries = new Map<string, string>();
const identifiers: Identifier[] = [];
const otps: string[] = [];

type Seller = TestMember & { readonly next: ReturnType<typeof batcher> };

async function seller(name: string, at: number): Promise<Seller> {
  const mobile = `+9195550000${at}0`;
  const email = `owner${at}@canary-seller.example`;
  canaries.set(mobile, 'mobile of a member').set(email, 'mail of a member');
  const joined = await member(registry, { legalName: name, mobile, email });
  const { origin, now } = registry.registry;
  const { member_id: memberId, device_id: deviceId } = joined.member;
  return { ...joined, next: batcher({ origin, memberId, deviceId, key: joined.key, now }) };
}

async function known(at: number): Promise<Debtor> {
  const of = await debtor(registry);
  canaries
    .set(of.pan, 'PAN')
    .set(of.gstin, 'GSTIN')
    .set(of.mobile, 'mobile')
    .set(of.mobile.slice(3), 'mobile');
  canaries.set(`CanaryName${at}`, 'name').set(`debtor${at}@canary.example`, 'mail');
  identifiers.push(
    { kind: 'pan', value: of.pan },
    { kind: 'gstin', value: of.gstin },
    { kind: 'mobile', value: of.mobile },
  );
  return of;
}

async function report(by: Seller, of: Debtor, at: number): Promise<void> {
  const [pan = null, gstin = null, mobile = null] = (
    await by.answer('blind', {
      body: {
        schema: 'blind.v1',
        kv: 'h1',
        ids: [
          { kind: 'pan', value: of.pan },
          { kind: 'gstin', value: of.gstin },
          { kind: 'mobile', value: of.mobile },
        ],
      },
    })
  ).tokens;
  // As a desktop names it: keyed with a secret that never leaves it.
  const bill = `CANARY-INV-${at}`;
  canaries.set(bill, 'number of a bill');
  const ref = createHmac('sha256', randomBytes(32)).update(`invoice|${bill}`).digest('base64url');
  const body = by.next.batch([due({ ref, of: pan ?? '', gstin, mobile })], {
    contacts: [{ subject: pan ?? '', mobile: of.mobile, email: `debtor${at}@canary.example`, lang: 'en' }],
  });
  const { errors } = await by.answer('sendBatch', { body, isZipped: true });
  expect(errors).toEqual([]);
}

/** A whole ledger at once, as a first sync sends it; as many days as the quota of new identifiers asks. */
async function reportMany(by: Seller): Promise<number> {
  const aCall = BLINDED_AT_ONCE / 3;
  for (let from = 0; from < MANY; from += aCall) {
    if (from > 0 && from % (20 * aCall) === 0) registry.pass({ days: 1 });
    const some: Debtor[] = [];
    for (let at = from; at < Math.min(MANY, from + aCall); at += 1) some.push(await known(1_000 + at));
    const ids = some.flatMap(({ pan, gstin, mobile }) => [
      { kind: 'pan' as const, value: pan },
      { kind: 'gstin' as const, value: gstin },
      { kind: 'mobile' as const, value: mobile },
    ]);
    const { tokens } = await by.answer('blind', { body: { schema: 'blind.v1', kv: 'h1', ids } });
    const panOfDebtor = (at: number): string => tokens[at * 3] ?? '';
    const dues = some.map((_, at) =>
      due({
        ref: `MANY-${from + at}`,
        of: panOfDebtor(at),
        gstin: tokens[at * 3 + 1] ?? null,
        mobile: tokens[at * 3 + 2] ?? null,
      }),
    );
    const contacts = some.map(({ mobile }, at) => ({
      subject: panOfDebtor(at),
      mobile,
      email: `debtor${1_000 + from + at}@canary.example`,
      lang: 'en' as const,
    }));
    const body = by.next.batch(dues, { contacts });
    expect((await by.answer('sendBatch', { body, isZipped: true })).errors).toEqual([]);
  }
  return Math.ceil(MANY / aCall);
}

/** Everything that ends with the debtor on his page. */
async function live(asker: Seller, of: Debtor, at: number): Promise<void> {
  const { consent_id } = await asker.answer('askConsent', { body: consentBody(registry, of) });
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  otps.push(otpIn(registry.sent.filter(({ kind }) => kind === 'otp').at(-1)?.text ?? ''));
  await own.answer('answerConsent', { body: { consent_id, answer: 'approve' } });
  await asker.answer('check', { body: checkBody(registry, of, consent_id) });
  const { records } = await own.answer('records');
  const [first] = records;
  if (!first) throw new Error('The debtor sees none of his dues.');
  await own.answer('openDispute', {
    body: {
      schema: 'dispute.v1',
      dispute_id: registry.registry.newId(),
      reporter: first.reporter.member_id,
      due_ref: first.due_ref,
      reason: 'already_paid',
      proof_sha256: randomBytes(32).toString('base64url'),
    },
  });
  await own.answer('exportSubject');
  await own.answer('erase', { body: { schema: 'erase.v1', reason: `I am CanaryName${at}, PAN ${of.pan}.` } });
  // What is refused is written down as well.
  await asker.call('check', { body: checkBody(registry, of, registry.registry.newId()) });
  await own.call('openDispute', { body: { mobile: of.mobile } as never });
}

async function dump(): Promise<string> {
  const { store } = registry.registry;
  const tables = await store.rows<{ readonly name: string }>({
    text: `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  });
  expect(tables.length).toBeGreaterThan(30);
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await store.rows<{ readonly row: string }>({
      text: `SELECT t::text AS row FROM ${name} AS t`,
    });
    parts.push(name, ...rows.map(({ row }) => row));
  }
  // What is packed is read, too.
  const packed = await store.rows<{ readonly body: Buffer }>({
    text: 'SELECT body FROM submission WHERE body IS NOT NULL',
  });
  expect(packed).toHaveLength(2 * DEBTORS + batchCount);
  for (const { body } of packed) parts.push(body[0] === 0x1f ? gunzipSync(body).toString() : body.toString());
  return parts.join('\n');
}

beforeAll(async () => {
  registry = await tempRegistry();
  const sellers = [
    await seller('Asha Traders', 1),
    await seller('Bharat Steel', 2),
    await seller('Chetan Cables', 3),
  ] as const;
  const [asha, bharat, chetan] = sellers;
  const debtors: Debtor[] = [];
  for (let at = 0; at < DEBTORS; at += 1) {
    const of = await known(at);
    debtors.push(of);
    await report(asha, of, at);
    await report(bharat, of, at + 100);
  }
  await runJob(registry, 'notices');
  // What two members say of a contact is believed after three days.
  registry.pass({ days: 4 });
  for (const [at, of] of debtors.slice(0, 5).entries()) await live(chetan, of, at);
  // Another asks, and nobody answers: links and passwords that are still good lie in the tables.
  for (const of of debtors.slice(5)) {
    await chetan.answer('askConsent', { body: consentBody(registry, of) });
    const before = registry.sent.length;
    await registry.app.inject({
      method: 'POST',
      url: '/v1/subject/session',
      payload: { schema: 'session.v1', mobile: of.mobile, identifier: of.pan, lang: 'en' },
    });
    otps.push(otpIn(registry.sent.slice(before).at(-1)?.text ?? ''));
  }
  for (const name of ['log.sequence', 'look-alerts', 'dispute-clocks', 'told-marks'])
    await runJob(registry, name);
  batchCount = await reportMany(await seller('Dinesh Distributors', 4));
  everything = [await dump(), ...registry.logged, JSON.stringify(registry.bugs)].join('\n');
}, 600_000);

/** The ways in which a text may stand in a dump. */
function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  // base64 of a longer text holds it in one of three forms, by where it begins; its ends depend on what stands around.
  const within = [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = whole.slice(shift === 0 ? 0 : 4, -4);
    return inner.length >= 8 ? [inner, inner.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  return [text, text.toLowerCase(), bytes.toString('hex'), ...within];
}

const FIRST_LETTERS = 8;

/** Which of the forms a text holds; the text is gone through once, however many there are. */
function formsIn(text: string, forms: Iterable<string>): ReadonlySet<string> {
  const byStart = new Map<string, string[]>();
  for (const form of forms) {
    const start = form.slice(0, FIRST_LETTERS);
    const others = byStart.get(start);
    if (others) others.push(form);
    else byStart.set(start, [form]);
  }
  const found = new Set<string>();
  for (let at = 0; at + FIRST_LETTERS <= text.length; at += 1)
    for (const form of byStart.get(text.slice(at, at + FIRST_LETTERS)) ?? [])
      if (text.startsWith(form, at)) found.add(form);
  return found;
}

/** Canaries that a text holds in any spelling. */
function hitsIn(text: string): readonly string[] {
  const of = new Map([...canaries].map(([canary, what]) => [canary, { what, forms: spellings(canary) }]));
  const found = formsIn(
    text,
    [...of.values()].flatMap(({ forms }) => forms),
  );
  return [...of].flatMap(([canary, { what, forms }]) =>
    forms.some((form) => found.has(form)) ? [`${what} ${canary}`] : [],
  );
}

const unkeyed = (text: string): readonly Buffer[] => {
  const keys = [
    '',
    'pepper',
    'baaki',
    registry.registry.origin,
    Buffer.alloc(32),
    registry.registry.logKey.publicKey,
  ];
  return [
    ...['sha256', 'sha1', 'md5', 'sha512'].map((name) => createHash(name).update(text).digest()),
    ...keys.map((key) => createHmac('sha256', key).update(text).digest()),
  ];
};

/** Those of the texts that are found by a digest that can be made of them. */
function foundBy(texts: readonly string[], digestsOf: (text: string) => readonly Uint8Array[]): string[] {
  const forms = (text: string): readonly string[] =>
    digestsOf(text).flatMap((digest) => {
      const bytes = Buffer.from(digest);
      return [bytes.toString('hex').slice(0, 32), bytes.toString('base64url').slice(0, 20)];
    });
  const found = formsIn(everything, texts.flatMap(forms));
  return found.size === 0 ? [] : texts.filter((text) => forms(text).some((form) => found.has(form)));
}

describe('whoever takes the whole database and the logs', () => {
  it('finds no identifier, contact, name or bill of anybody in it', () => {
    expect(canaries.size).toBeGreaterThan(70 + 5 * MANY);
    expect(hitsIn(everything)).toEqual([]);
  }, 600_000);

  it('looks where it would be found: the members’ own names stand there, and so do the subjects’ keys', async () => {
    for (const name of ['Asha Traders', 'Bharat Steel', 'Chetan Cables']) expect(everything).toContain(name);
    const [first = ''] = canaries.keys();
    const planted = `${everything}\n${Buffer.from(`xx${first} and more`, 'utf8').toString('base64')}`;
    expect(hitsIn(planted).some((hit) => hit.endsWith(first))).toBe(true);
    const rows = await registry.registry.store.rows({ text: 'SELECT 1 FROM due' });
    expect(rows).toHaveLength(2 * DEBTORS + MANY);
  });

  it('recovers nobody by trying all identifiers without the pepper', () => {
    const tried = identifiers.flatMap((one) => [
      identifierText(one),
      one.value,
      one.value.toLowerCase(),
      one.value.replace('+91', ''),
    ]);
    expect(foundBy(tried, unkeyed)).toEqual([]);
  }, 600_000);

  it('would recover all of them with it: the attack is the right one, and the pepper is what stands against it', () => {
    const key = Buffer.from(
      readFileSync(path.join(registry.keyFolder, 'blinder.key'), 'utf8').trim(),
      'base64',
    );
    const pans = identifiers.filter(({ kind }) => kind === 'pan').map(identifierText);
    const found = foundBy(pans, (text) => [createHmac('sha256', key).update(text).digest()]);
    expect(found).toHaveLength(DEBTORS + MANY);
  });

  it('cannot tell one password from its hash, nor open a page with what lies in the table', async () => {
    expect(otps.length).toBe(DEBTORS);
    const sessions = await registry.registry.store.rows<{ readonly session_id: string }>({
      text: 'SELECT session_id FROM session WHERE otp_hash IS NOT NULL',
    });
    expect(sessions.length).toBeGreaterThanOrEqual(6);
    const tried = otps.flatMap((otp) => [
      otp,
      ...sessions.flatMap(({ session_id: id }) => [`${id}|${otp}`, `${otp}|${id}`, `${id}${otp}`]),
    ]);
    expect(foundBy(tried, unkeyed)).toEqual([]);
  });

  it('recovers no contact and no password by trying all numbers without the keys', async () => {
    const mobiles = identifiers.filter(({ kind }) => kind === 'mobile').map(({ value }) => value);
    expect(mobiles.length).toBeGreaterThan(5);
    // Under another registry's key none has the name that it has here, so nothing but the key makes it.
    const other = await tempRegistry();
    const [here, there] = [registry, other].map(
      (of) => new Set(mobiles.map((one) => Buffer.from(of.registry.contacts.keyOf(one)).toString('hex'))),
    );
    expect([...(here ?? [])].filter((key) => there?.has(key))).toEqual([]);
    const [own, others] = [registry, other].map((of) => otpHash(of.registry, 'id', '000000').toString('hex'));
    expect(own).not.toBe(others);
    const rows = await registry.registry.store.rows<{ contact_key: Buffer }>({
      text: 'SELECT contact_key FROM contact',
    });
    expect(rows.some(({ contact_key }) => here?.has(contact_key.toString('hex')))).toBe(true);
  });

  it('finds the secret of no link: only its hash is kept', () => {
    const links = registry.sent.flatMap(({ text }) => /\/c\/([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? []);
    expect(links.length).toBeGreaterThan(6);
    const isThere = (link: string): boolean =>
      everything.includes(link) ||
      (['base64url', 'utf8'] as const).some((form) =>
        everything.includes(Buffer.from(link, form).toString('hex')),
      );
    expect(links.filter(isThere)).toEqual([]);
  });
});
