import { must, call, member, type TestMember } from '#tests/builders/registry/member.ts';
import { consentBody, debtor, granted, page, vouch } from '#tests/builders/registry/debtor.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { artefactShape } from '#contract/registry/consents.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import { leafBytes } from '#registry/consents/answering.ts';
import { isSigned, publicKeyOf, sha256 } from '#registry/crypto.ts';
import { answerLink, askLinkOtp } from '#registry/portal/links.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let seller: TestMember;
let other: TestMember;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry, { legalName: 'Sharma Steel' });
  other = await member(registry);
});

const linkIn = (text: string): string => /\/c\/([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? '';
const otpsTo = (mobile: string): string[] =>
  registry.sent.filter((one) => one.kind === 'otp' && one.to.mobile === mobile).map(({ text }) => text);
const otpOf = (text = ''): string => /[0-9]{6}/.exec(text)?.[0] ?? '';

describe('asking for a consent', () => {
  it('goes to a contact that two businesses know, with who asks, a link and no password', async () => {
    const of = await debtor(registry);
    for (const by of [seller, other]) await vouch(registry, by, of);
    const before = registry.sent.length;
    const asked = await seller.answer('askConsent', { body: consentBody(registry, of) });
    expect(asked).toMatchObject({ status: 'sent', assurance: 'A2' });
    const sent = registry.sent.slice(before);
    expect(sent.map(({ to }) => to.mobile)).toEqual([of.mobile]);
    expect(sent[0]?.text).toContain('Sharma Steel');
    expect(sent[0]?.text).toMatch(/https:\/\/registry\.test\/c\/[A-Za-z0-9_-]{22} /);
    expect(sent[0]?.text).not.toMatch(/(?<![A-Za-z0-9_-])[0-9]{6}(?![A-Za-z0-9_-])/);
  });

  it('holds what only the asker claims, tells the other known contacts, and never lets it release anything', async () => {
    const of = await debtor(registry);
    await vouch(registry, other, of);
    await vouch(registry, await member(registry), of);
    const wrong = '+919700990099';
    const before = registry.sent.length;
    const asked = await seller.answer('askConsent', { body: consentBody(registry, of, { mobile: wrong }) });
    expect(asked).toMatchObject({ status: 'held', assurance: 'A0' });
    // He who was named gets nothing; the known contact gets an alert, and can block the asker where it leads.
    expect(registry.sent.slice(before).map(({ to }) => to.mobile)).toEqual([of.mobile]);
    expect(registry.sent.at(-1)?.text).toMatch(/ https:\/\/registry\.test\/login$/);
    // The attacker opens the page of the victim's PAN with his own telephone: he sees what he himself asked, no more.
    const own = await page(registry, { mobile: wrong, identifier: of.pan });
    const approve = { body: { consent_id: asked.consent_id, answer: 'approve' as const } };
    expect((await own.call('answerConsent', approve)).problem?.code).toBe('held');
    registry.pass({ days: 3, minutes: 1 });
    for (const job of registry.jobs) if (job.name === 'held-consents') await job.run(registry.registry);
    expect(registry.sent.at(-1)).toMatchObject({ to: { mobile: wrong }, kind: 'consent' });
    const again = await page(registry, { mobile: wrong, identifier: of.pan });
    expect((await again.call('answerConsent', approve)).problem?.code).toBe('held');
    expect((await seller.answer('consent', { params: { id: asked.consent_id } })).state).toBe('held');
    const his = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const { member_id } = seller.member;
    const block = { body: { member_id, is_blocked: true } };
    expect((await his.answer('blockMember', block)).blocked).toEqual([member_id]);
    expect((await seller.answer('consent', { params: { id: asked.consent_id } })).state).toBe('revoked');
  });

  it('is asked of the debtor once the hold is over and another business has named the same contact', async () => {
    const of = await debtor(registry);
    const { consent_id } = await seller.answer('askConsent', { body: consentBody(registry, of) });
    await vouch(registry, other, of);
    registry.pass({ days: 3, minutes: 1 });
    for (const job of registry.jobs) if (job.name === 'held-consents') await job.run(registry.registry);
    const sent = registry.sent.at(-1);
    expect(sent?.to.mobile).toBe(of.mobile);
    const link = linkIn(sent?.text ?? '');
    await askLinkOtp(registry.registry, link);
    const otp = otpOf(otpsTo(of.mobile).at(-1));
    const said = { link, otp, answer: 'approve' as const, address: '203.0.113.77' };
    expect(await answerLink(registry.registry, said)).toBe('granted');
    expect((await seller.answer('consent', { params: { id: consent_id } })).assurance).toBe('A2');
  });

  it('holds for three days what rests on words that were said only now, and tells the other known contacts', async () => {
    const of = await debtor(registry);
    const true_ = { ...of, mobile: '+919700660066' };
    await vouch(registry, await member(registry), true_);
    // Two who say the same of one telephone on one day may be one.
    await vouch(registry, other, of, 1);
    const before = registry.sent.length;
    const asked = await seller.answer('askConsent', { body: consentBody(registry, of) });
    expect(asked).toMatchObject({ status: 'held', assurance: 'A2' });
    expect(registry.sent.slice(before).map(({ to }) => to.mobile)).toEqual([true_.mobile]);
    const approve = { body: { consent_id: asked.consent_id, answer: 'approve' as const } };
    const early = await page(registry, { mobile: of.mobile, identifier: of.pan });
    expect((await early.call('answerConsent', approve)).problem?.code).toBe('held');
    const hold = registry.jobs.find(({ name }) => name === 'held-consents');
    registry.pass({ days: 2, minutes: 23 * 60 + 59 });
    await hold?.run(registry.registry);
    const asksOf = () =>
      registry.sent.filter(({ to, kind }) => to.mobile === of.mobile && kind === 'consent');
    expect(asksOf()).toEqual([]);
    registry.pass({ minutes: 1 });
    await hold?.run(registry.registry);
    expect(asksOf()).toHaveLength(1);
    const late = await page(registry, { mobile: of.mobile, identifier: of.pan });
    expect((await late.answer('answerConsent', approve)).state).toBe('granted');
  });

  it('waits on where another named the contact only while it was held', async () => {
    const of = await debtor(registry);
    const { consent_id } = await seller.answer('askConsent', { body: consentBody(registry, of) });
    registry.pass({ days: 2 });
    await vouch(registry, other, of, 0);
    const hold = registry.jobs.find(({ name }) => name === 'held-consents');
    registry.pass({ days: 1, minutes: 1 });
    await hold?.run(registry.registry);
    const stateOf = async (): Promise<string> =>
      (await seller.answer('consent', { params: { id: consent_id } })).state;
    expect(await stateOf()).toBe('held');
    registry.pass({ days: 2 });
    await hold?.run(registry.registry);
    expect(await stateOf()).toBe('sent');
  });

  it.each(['pending', 'probation'] as const)(
    'believes no contact on the word of a %s member',
    async (standing) => {
      const of = await debtor(registry);
      const newcomer = await member(registry, { [standing]: true });
      await vouch(registry, newcomer, of);
      await vouch(registry, seller, of);
      expect((await seller.answer('askConsent', { body: consentBody(registry, of) })).assurance).toBe('A0');
      await vouch(registry, other, of);
      const next = await other.answer('askConsent', { body: consentBody(registry, of) });
      expect(next).toMatchObject({ status: 'sent', assurance: 'A2' });
    },
  );

  it('is one request where the same one comes twice at the same moment', async () => {
    const of = await debtor(registry);
    for (const by of [seller, other]) await vouch(registry, by, of);
    const body = consentBody(registry, of);
    const before = registry.sent.length;
    const both = await Promise.all([0, 1, 2].map(() => seller.answer('askConsent', { body })));
    expect(new Set(both.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(registry.sent.slice(before)).toHaveLength(1);
  });

  it('leaves no key behind for subjects whom a member may not ask, or who blocked him', async () => {
    const asker = await member(registry);
    const keys = async (): Promise<readonly object[]> =>
      registry.registry.store.rows({ text: 'SELECT count(*) AS n FROM contact_vault' });
    const spent = {
      text: `INSERT INTO quota VALUES ($1, 'consents', $2, 50)`,
      values: [asker.memberNo, registry.registry.today()],
    };
    const blocked = await debtor(registry);
    await registry.registry.store.rows({
      text: 'INSERT INTO blocked_member VALUES ($1, $2, $3)',
      values: [blocked.key, asker.memberNo, '2026-11-22T00:00:00Z'],
    });
    const before = await keys();
    const asked = await asker.answer('askConsent', { body: consentBody(registry, blocked) });
    expect(asked).toMatchObject({ status: 'held', assurance: 'A0' });
    await registry.registry.store.rows({ text: 'DELETE FROM quota' });
    await registry.registry.store.rows(spent);
    const many = await asker.call('askConsent', { body: consentBody(registry, await debtor(registry)) });
    expect(many.problem?.code).toBe('too_many');
    expect(await keys()).toEqual(before);
  });

  it('knows a debtor of a mobile number alone by that very number', async () => {
    const mobile = '+919700880088';
    const [token = null] = await registry.registry.blinder.blind([{ kind: 'mobile', value: mobile }]);
    const subject = { pan: null, gstin: null, mobile: token, entity: 'unknown' as const };
    const body = { ...consentBody(registry, await debtor(registry), { mobile }), subject };
    expect(await seller.answer('askConsent', { body })).toMatchObject({ status: 'sent', assurance: 'A3' });
    const wrong = { ...consentBody(registry, await debtor(registry), { mobile: '+919700880089' }), subject };
    expect((await other.answer('askConsent', { body: wrong })).assurance).toBe('A0');
  });

  it('is one open request for each member and subject, and one for each id however often it is sent', async () => {
    const of = await debtor(registry);
    const body = consentBody(registry, of);
    const first = await seller.answer('askConsent', { body });
    expect(await seller.answer('askConsent', { body })).toEqual(first);
    const changed = { ...body, purpose: { ...body.purpose, text: 'Something else' } };
    expect((await seller.call('askConsent', { body: changed })).problem?.code).toBe('idempotency_mismatch');
    const second = consentBody(registry, of);
    expect((await seller.call('askConsent', { body: second })).problem?.code).toBe('conflict');
    const both = await Promise.all(
      [0, 1].map(() => other.call('askConsent', { body: consentBody(registry, of) })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await seller.answer('dropConsent', { params: { id: body.consent_id } });
    expect((await seller.call('askConsent', { body: second })).status).toBe(200);
  });

  it('is for thirty days at most, about somebody else, and with a way to reach him', async () => {
    const of = await debtor(registry);
    const body = consentBody(registry, of);
    const ask = async (change: object): Promise<string | undefined> =>
      (await seller.call('askConsent', { body: { ...body, ...change } })).problem?.at;
    expect(await ask({ expiry: '2027-03-01' })).toBe('body/expiry');
    expect(await ask({ expiry: '2026-11-01' })).toBe('body/expiry');
    expect(await ask({ contact: { mobile: null, email: null } })).toBe('body/contact');
    expect(await ask({ subject: { pan: null, gstin: null, mobile: null, entity: 'C' } })).toBe(
      'body/subject',
    );
    const self = { ...of.subject, pan: seller.member.member_token };
    expect(await ask({ subject: self })).toBe('body/subject');
  });

  it('stops at fifty a day', async () => {
    const asker = await member(registry);
    const of = await debtor(registry);
    const use = {
      text: `INSERT INTO quota VALUES ($1, 'consents', $2, 49)`,
      values: [asker.memberNo, registry.registry.today()],
    };
    await registry.registry.store.rows(use);
    expect((await asker.call('askConsent', { body: consentBody(registry, of) })).status).toBe(200);
    const next = await asker.call('askConsent', { body: consentBody(registry, await debtor(registry)) });
    expect(next.problem?.code).toBe('too_many');
    expect(Number(next.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('floods nobody: three messages a day to a contact, whoever asks', async () => {
    const of = await debtor(registry);
    for (const by of [seller, other]) await vouch(registry, by, of);
    const askers: TestMember[] = [];
    while (askers.length < 5) askers.push(await member(registry));
    const before = registry.sent.length;
    for (const asker of askers)
      expect((await asker.answer('askConsent', { body: consentBody(registry, of) })).status).toBe('sent');
    const got = registry.sent.slice(before).filter(({ to }) => to.mobile === of.mobile);
    expect(got).toHaveLength(3);
  });
});

describe('a consent that was given', () => {
  it('is signed, has its leaf in the log, and its receipt goes to every known contact with a way to take it back', async () => {
    const of = await debtor(registry);
    const before = registry.sent.length;
    const id = await granted(registry, seller, of, { vouchedBy: other });
    const status = await seller.answer('consent', { params: { id } });
    expect(status.state).toBe('granted');
    const { log_index, ...artefact } = artefactShape.parse(status.artefact);
    const key = publicKeyOf(registry.registry.receiptKey.publicKey);
    const sig = Buffer.from(artefact.sig, 'base64url');
    expect(isSigned(key, Buffer.from(signedText(artefact), 'utf8'), sig)).toBe(true);
    const forged = { ...artefact, consentTypes: ['SUMMARY'] };
    expect(isSigned(key, Buffer.from(signedText(forged), 'utf8'), sig)).toBe(false);
    expect(artefact).toMatchObject({
      consentMode: 'VIEW',
      Customer: { subject: of.subject.pan },
      DataConsumer: { id: seller.member.member_id },
      capture: { method: 'otp_sms', assurance: 'A3', ip_prefix: '127.0.0.0/24' },
    });
    const leaf = Buffer.from(leafHash(sha256, leafBytes(artefact)));
    const queued = await registry.registry.store.rows({
      text: 'SELECT 1 FROM log_queue WHERE leaf = $1',
      values: [leaf],
    });
    expect(queued.length + (log_index === null ? 0 : 1)).toBeGreaterThan(0);
    const receipts = registry.sent.slice(before).filter(({ text }) => text.startsWith('You agreed'));
    expect(receipts.map(({ to }) => to.mobile)).toEqual([of.mobile]);
    expect(linkIn(receipts[0]?.text ?? '')).not.toBe('');
  });

  it('is taken back with the link of the receipt as easily as it was given', async () => {
    const of = await debtor(registry);
    const id = await granted(registry, seller, of, { vouchedBy: other });
    const link = linkIn(registry.sent.at(-1)?.text ?? '');
    await askLinkOtp(registry.registry, link);
    const otp = otpOf(otpsTo(of.mobile).at(-1));
    expect(await answerLink(registry.registry, { link, otp, answer: 'withdraw', address: '::1' })).toBe(
      'revoked',
    );
    expect((await seller.answer('consent', { params: { id } })).state).toBe('revoked');
    const { changes } = await seller.answer('changes', { query: { cursor: '0' } });
    const types = changes.filter(({ consent_id }) => consent_id === id).map(({ type }) => type);
    expect(types).toEqual(['consent.granted', 'consent.revoked']);
  });

  it('is told to the debtor’s other contacts with an address that they can answer from', async () => {
    const of = await debtor(registry);
    await vouch(registry, other, { ...of, mobile: '+919700880088' });
    const before = registry.sent.length;
    await granted(registry, seller, of, { vouchedBy: other });
    const receipts = registry.sent.slice(before).filter(({ text }) => text.startsWith('You agreed'));
    const addresses = receipts.map(({ to, text }) => [to.mobile, /registry\.test\/(\w+)/.exec(text)?.[1]]);
    expect(new Map(addresses as [string, string][])).toEqual(
      new Map([
        [of.mobile, 'c'],
        ['+919700880088', 'login'],
      ]),
    );
  });

  it('is no more than its member’s: another one does not see it', async () => {
    const of = await debtor(registry);
    const id = await granted(registry, seller, of, { vouchedBy: other });
    expect((await other.call('consent', { params: { id } })).problem?.code).toBe('not_found');
    expect((await other.call('dropConsent', { params: { id } })).problem?.code).toBe('not_found');
  });

  it('cannot be given once it was refused, and ends by itself', async () => {
    const of = await debtor(registry);
    await vouch(registry, other, of);
    const { consent_id } = await seller.answer('askConsent', { body: consentBody(registry, of) });
    const own = await page(registry, { mobile: of.mobile, identifier: of.gstin });
    await own.answer('answerConsent', { body: { consent_id, answer: 'deny' } });
    const late = await own.call('answerConsent', { body: { consent_id, answer: 'approve' } });
    expect(late.problem?.code).toBe('conflict');
    const next = consentBody(registry, of);
    await seller.answer('askConsent', { body: next });
    registry.pass({ days: 15 });
    expect((await seller.answer('consent', { params: { id: next.consent_id } })).state).toBe('expired');
  });

  it('is lost with a block, and a blocked member’s request reaches nobody while he is told the same', async () => {
    const of = await debtor(registry);
    const id = await granted(registry, seller, of, { vouchedBy: other });
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const member_id = seller.member.member_id;
    expect(await own.answer('blockMember', { body: { member_id, is_blocked: true } })).toEqual({
      blocked: [member_id],
    });
    expect((await seller.answer('consent', { params: { id } })).state).toBe('revoked');
    registry.pass({ days: 1 });
    const before = registry.sent.length;
    const asked = await seller.answer('askConsent', { body: consentBody(registry, of) });
    expect(asked).toMatchObject({ status: 'sent', assurance: 'A3' });
    expect(registry.sent).toHaveLength(before);
    const free = await must(call(registry, 'meta'));
    expect(free.protocol).toBe('v1');
  });
});
