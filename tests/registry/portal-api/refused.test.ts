import { endpoints, type EndpointName } from '#contract/registry.ts';
import {
  checkBody,
  consentBody,
  debtor,
  granted,
  page,
  putDue,
  vouch,
  type Debtor,
  type Page,
} from '#tests/builders/registry/debtor.ts';
import { call, member, targetOf, type Ask, type TestMember } from '#tests/builders/registry/member.ts';
import { signedHeaders } from '#tests/builders/registry/sign.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

// Who may not is refused, at every endpoint and in every way that is known of (docs/registry.md 4).

let registry: TempRegistry;
let seller: TestMember;
let other: TestMember;
let of: Debtor;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
  other = await member(registry);
  of = await debtor(registry);
  await putDue(registry, of.key, { memberNo: other.memberNo });
});
beforeEach(async () => {
  await registry.registry.store.rows({ text: 'DELETE FROM quota' });
  await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
});

const names = Object.keys(endpoints).filter((name): name is EndpointName => name in endpoints);
const withCaller = (caller: string): EndpointName[] =>
  names.filter((name) => endpoints[name].caller === caller);

/** A request whose shape is right, so that nothing but who calls is refused. */
function askOf(name: EndpointName): Ask<EndpointName> {
  const id = registry.registry.newId();
  const bodies: Partial<Record<EndpointName, unknown>> = {
    enrol: { schema: 'device.v1', device_key: 'A'.repeat(43) },
    epoch: { schema: 'epoch.v1', device_id: 'd1', reason: 'restored' },
    blind: { schema: 'blind.v1', kv: 'h1', ids: [{ kind: 'pan', value: of.pan }] },
    askConsent: consentBody(registry, of),
    check: checkBody(registry, of, id),
    answerDispute: { schema: 'dispute-answer.v1', answer: 'accept', evidence_sha256: null },
    openDispute: {
      schema: 'dispute.v1',
      dispute_id: id,
      reporter: other.member.member_id,
      due_ref: 'A'.repeat(22),
      reason: 'not_mine',
      proof_sha256: null,
    },
    answerConsent: { consent_id: id, answer: 'approve' },
    blockMember: { member_id: other.member.member_id, is_blocked: true },
    erase: { schema: 'erase.v1', reason: '' },
    sendBatch: {},
  };
  return {
    params: { id, device: 'd1' },
    ...(name === 'changes' && { query: { cursor: '0' } }),
    ...(name in bodies && { body: bodies[name] as never }),
  };
}

describe('every endpoint of members', () => {
  it('refuses the very request again, at each of them', async () => {
    for (const name of withCaller('member')) {
      const by = await member(registry);
      const { method } = endpoints[name];
      const ask = askOf(name);
      const body = ask.body === undefined ? null : Buffer.from(JSON.stringify(ask.body));
      const headers = signedHeaders(
        { method, target: targetOf(name, ask), body },
        { key: by.key, keyId: by.keyId, now: registry.registry.now() },
      );
      const send = () =>
        registry.app.inject({ method, url: targetOf(name, ask), headers, ...(body && { payload: body }) });
      await send();
      const again = await send();
      // These take off the very machine that asked.
      const code = name === 'leave' || name === 'revoke' ? 'revoked_key' : 'replayed';
      expect([name, again.json<{ code: string }>().code]).toEqual([name, code]);
    }
  });
});

describe('every endpoint of debtors', () => {
  it.each(withCaller('debtor'))(
    '%s is refused without a session, with a wrong cookie, a member’s signature and a wrong word of the page',
    async (name) => {
      expect((await call(registry, name, askOf(name))).problem?.code).toBe('no_session');
      expect((await seller.call(name, askOf(name))).problem?.code).toBe('no_session');
      const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
      const [id = ''] = own.cookie.split('.');
      for (const cookie of [id, `${id}.${'A'.repeat(43)}`, own.cookie.slice(0, -1), `x${own.cookie}`])
        expect(
          (await call(registry, name, { ...askOf(name), headers: { cookie, 'x-csrf-token': own.csrf } }))
            .problem?.code,
        ).toBe('no_session');
      if (endpoints[name].method === 'GET') return;
      for (const csrf of ['', own.csrf.slice(1), 'A'.repeat(43)]) {
        const headers = { cookie: own.cookie, 'x-csrf-token': csrf };
        expect((await call(registry, name, { ...askOf(name), headers })).problem?.code).toBe('not_allowed');
      }
      expect(
        (await call(registry, name, { ...askOf(name), headers: { cookie: own.cookie } })).problem?.code,
      ).toBe('not_allowed');
    },
  );

  it('tells and does nothing about another subject', async () => {
    const [mine, his] = [await debtor(registry), await debtor(registry)];
    for (const one of [mine, his]) for (const by of [seller, other]) await vouch(registry, by, one);
    const ref = await putDue(registry, his.key, { memberNo: other.memberNo });
    const { consent_id } = await seller.answer('askConsent', { body: consentBody(registry, his) });
    const own = await page(registry, { mobile: mine.mobile, identifier: mine.pan });
    for (const name of ['records', 'looks', 'consentsOfSubject', 'exportSubject'] as const)
      expect((await own.call(name)).text).not.toContain(ref.toString('base64url'));
    const dispute = {
      schema: 'dispute.v1',
      dispute_id: registry.registry.newId(),
      reporter: other.member.member_id,
      due_ref: ref.toString('base64url'),
      reason: 'not_mine',
      proof_sha256: null,
    } as const;
    expect((await own.call('openDispute', { body: dispute })).problem?.code).toBe('not_found');
    for (const answer of ['approve', 'deny', 'withdraw'] as const)
      expect((await own.call('answerConsent', { body: { consent_id, answer } })).problem?.code).toBe(
        'not_found',
      );
  });
});

describe('a check', () => {
  const codeOf = async (
    by: TestMember,
    consent: string,
    subject: Pick<Debtor, 'subject'> = of,
  ): Promise<string> =>
    (await by.call('check', { body: checkBody(registry, subject, consent) })).problem?.code ?? 'told';

  it('is refused without a consent, with one of another member, of another subject, expired, revoked, denied, held, used, or for reporting', async () => {
    const asker = await member(registry);
    const ask = (more: object = {}): Promise<string> =>
      granted(registry, asker, of, { vouchedBy: other, ...more });
    const free = async (): Promise<void> => {
      await registry.registry.store.rows({ text: 'DELETE FROM quota' });
      await registry.registry.store.rows({ text: 'DELETE FROM otp_count' });
    };
    expect(await codeOf(asker, registry.registry.newId())).toBe('no_consent');
    const good = await ask();
    expect(await codeOf(other, good)).toBe('no_consent');
    expect(await codeOf(asker, good, await debtor(registry))).toBe('no_consent');
    // The same debtor named by his mobile as well is the same subject; named by the mobile alone he is not.
    const [mobile = null] = await registry.registry.blinder.blind([{ kind: 'mobile', value: of.mobile }]);
    expect(await codeOf(asker, good, { subject: { ...of.subject, pan: null, mobile } })).toBe('no_consent');
    await free();
    const own: Page = await page(registry, { mobile: of.mobile, identifier: of.pan });
    await own.answer('answerConsent', { body: { consent_id: good, answer: 'withdraw' } });
    expect(await codeOf(asker, good)).toBe('no_consent');
    await free();
    const dropped = await ask();
    await asker.answer('dropConsent', { params: { id: dropped } });
    expect(await codeOf(asker, dropped)).toBe('no_consent');
    await free();
    const toReport = await ask({ purpose: 'TC02' });
    expect(await codeOf(asker, toReport)).toBe('no_consent');
    const waiting = consentBody(registry, of);
    await asker.answer('askConsent', { body: waiting });
    expect(await codeOf(asker, waiting.consent_id)).toBe('no_consent');
    await own.answer('answerConsent', { body: { consent_id: waiting.consent_id, answer: 'deny' } });
    expect(await codeOf(asker, waiting.consent_id)).toBe('no_consent');
    const held = consentBody(registry, of, { mobile: '+919822200000' });
    expect((await asker.answer('askConsent', { body: held })).assurance).toBe('A0');
    expect(await codeOf(asker, held.consent_id)).toBe('no_consent');
    // Not even where somebody had written that it was granted.
    const forged = `UPDATE consent SET state = 'granted' WHERE consent_id = $1`;
    await registry.registry.store.rows({ text: forged, values: [held.consent_id] });
    expect(await codeOf(asker, held.consent_id)).toBe('no_consent');
    await free();
    const used = await ask();
    expect(await codeOf(asker, used)).toBe('told');
    expect(await codeOf(asker, used)).toBe('already_used');
    await free();
    const late = await ask({ expiry: registry.registry.today() });
    registry.pass({ days: 1 });
    expect(await codeOf(asker, late)).toBe('no_consent');
    const told = await registry.registry.store.rows<{ told: number; refused: number }>({
      text: `SELECT count(*) FILTER (WHERE outcome = 'told')::int AS told,
               count(*) FILTER (WHERE outcome = 'refused')::int AS refused FROM access_log WHERE member_no = $1`,
      values: [asker.memberNo],
    });
    expect(told).toEqual([{ told: 1, refused: 12 }]);
  });

  it('is refused in the same words whether or not anything stands about the subject, and takes the same statements', async () => {
    const nobody = await debtor(registry);
    const asked: string[][] = [];
    const { store } = registry.registry;
    // The key of a machine is read once.
    await seller.answer('me');
    for (const one of [of, nobody]) {
      const names: string[] = [];
      const rows = store.rows;
      Object.assign(store, {
        rows: (query: { name?: string }) => {
          names.push(query.name ?? '');
          return rows(query as never);
        },
      });
      const refused = await seller.call('check', {
        body: checkBody(registry, one, registry.registry.newId()),
      });
      Object.assign(store, { rows });
      asked.push([refused.text, ...names]);
    }
    expect(asked[0]).toEqual(asked[1]);
    expect(asked[0]?.[0]).toContain('no_consent');
  });

  it('is given ten times a day in the first sixty days, and fifty times after', async () => {
    for (const [probation, most] of [
      [true, 10],
      [false, 50],
    ] as const) {
      const by = await member(registry, { probation });
      await registry.registry.store.rows({
        text: `INSERT INTO quota VALUES ($1, 'checks', $2, $3)`,
        values: [by.memberNo, registry.registry.today(), most - 1],
      });
      expect(await codeOf(by, registry.registry.newId())).toBe('no_consent');
      expect(await codeOf(by, registry.registry.newId())).toBe('too_many');
    }
  });

  it('is refused to a suspended member, and beyond the day’s quota', async () => {
    const bad = await member(registry);
    const consent = await granted(registry, bad, of, { vouchedBy: other });
    await registry.registry.store.rows({
      text: `INSERT INTO quota VALUES ($1, 'checks', $2, 50)`,
      values: [bad.memberNo, registry.registry.today()],
    });
    expect(await codeOf(bad, consent)).toBe('too_many');
    await registry.registry.store.rows({ text: 'DELETE FROM quota' });
    const text = `UPDATE member SET status = 'suspended' WHERE member_no = $1`;
    await registry.registry.store.rows({ text, values: [bad.memberNo] });
    expect(await codeOf(bad, consent)).toBe('suspended');
    expect((await bad.call('askConsent', { body: consentBody(registry, of) })).problem?.code).toBe(
      'suspended',
    );
  });
});

// BAAKI_SYBILS=10: so many of them.
const SYBILS = Number(process.env['BAAKI_SYBILS'] ?? 4);

describe(`${SYBILS} members who are one`, () => {
  it('learn in a day no more tokens than their quotas, and nothing of anybody without his consent', async () => {
    const apart = await tempRegistry();
    // From midnight to midnight of India.
    apart.pass({ minutes: 14 * 60 });
    const honest = await member(apart);
    const victims = await Promise.all([1, 2, 3].map(() => debtor(apart)));
    for (const one of victims) {
      await putDue(apart, one.key, { memberNo: honest.memberNo });
      await vouch(apart, honest, one);
    }
    const sybils: TestMember[] = [];
    while (sybils.length < SYBILS) sybils.push(await member(apart, { probation: true, isSilent: true }));
    await apart.registry.store.rows({
      text: `UPDATE member SET joined_on = '2026-09-01' WHERE member_no = ANY ($1)`,
      values: [sybils.map(({ memberNo }) => memberNo)],
    });
    const phone = '+919833300000';
    const tokens = new Map<TestMember, string[]>(sybils.map((one) => [one, []]));
    const codes = { asked: new Map<string, number>(), looked: new Map<string, number>() };
    const count = (of: Map<string, number>, problem: { readonly code: string } | null): void => {
      const code = problem?.code ?? 'ok';
      of.set(code, (of.get(code) ?? 0) + 1);
    };
    for (let hour = 0; hour < 24; hour += 1) {
      const hourly = sybils.map(async (sybil, at) => {
        const own = tokens.get(sybil) ?? [];
        if (hour < 6) own.push(...(await blinded(sybil, (at * 6 + hour) * 500)));
        // His phone is the sybils' own: all of them say so of every victim, and of whomever they made a token for.
        const told = hour < 4 ? [victims[hour % 3]?.subject.pan ?? ''] : [];
        const subjects = [...told, own[hour * 2] ?? '', own[hour * 2 + 1] ?? ''];
        const body = (pan: string) => ({
          ...consentBody(apart, victims[0] ?? of, { mobile: phone }),
          subject: { pan, gstin: null, mobile: null, entity: 'C' as const },
        });
        for (const pan of subjects)
          count(codes.asked, (await sybil.call('askConsent', { body: body(pan) })).problem);
        const victim = victims[(at + hour) % 3] ?? of;
        const look = checkBody(apart, victim, apart.registry.newId());
        count(codes.looked, (await sybil.call('check', { body: look })).problem);
      });
      await Promise.all(hourly);
      apart.pass({ minutes: 59 });
      if (hour === 23) await approvesAll(apart, phone, victims);
      apart.pass({ minutes: 1 });
    }
    for (const own of tokens.values()) expect(new Set(own).size).toBe(2_000);
    expect(codes.asked.get('ok')).toBeLessThanOrEqual(SYBILS * 50);
    expect(codes.asked.get('too_many')).toBeGreaterThan(0);
    expect(Object.fromEntries(codes.looked)).toEqual({
      no_consent: SYBILS * 2,
      too_many: SYBILS * 22,
    });
    const told = { text: `SELECT count(*) AS n FROM access_log WHERE outcome <> 'refused'` };
    expect(await apart.registry.store.rows(told)).toEqual([{ n: 0 }]);
  }, 90_000);

  async function blinded(by: TestMember, from: number): Promise<readonly string[]> {
    const ids = Array.from({ length: 500 }, (_, at) => ({
      kind: 'mobile' as const,
      value: `98${String(from + at).padStart(8, '0')}`,
    }));
    const { answer } = await by.call('blind', { body: { schema: 'blind.v1', kv: 'h1', ids } });
    return (answer?.tokens ?? []).filter((token) => token !== null);
  }

  /** Whoever holds the telephone says yes to all that he sees, in each victim's name. */
  async function approvesAll(apart: TempRegistry, mobile: string, victims: readonly Debtor[]): Promise<void> {
    for (const victim of victims) {
      await apart.registry.store.rows({ text: 'DELETE FROM otp_count' });
      const own = await page(apart, { mobile, identifier: victim.pan });
      expect((await own.answer('records')).records).toEqual([]);
      const { consents } = await own.answer('consentsOfSubject');
      expect(consents.length).toBeGreaterThan(0);
      for (const { consent_id } of consents.slice(0, 10)) {
        const said = await own.call('answerConsent', { body: { consent_id, answer: 'approve' } });
        expect(said.problem?.code).toBe('held');
      }
    }
  }
});
