import { endpoints, type CallerKind, type EndpointName } from '#contract/registry.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { newSeed, signingKey } from '#registry/crypto.ts';
import { setStatus } from '#registry/store/members.ts';
import { batcher, due } from '#tests/builders/registry/batch.ts';
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
import { call, member, type Ask, type TestMember } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

// Every endpoint with every kind of caller. What each asks for is another's, who gets it by the very same words: so nothing
// but who calls is refused.

const membersKinds = ['pending', 'probation', 'active', 'suspended', 'check', 'publish'] as const;
type MemberKind = (typeof membersKinds)[number];
/** What each kind of member is told about a thing that is another's, or 'ok' where it is his own. */
type OfMember = Readonly<Record<MemberKind, string>>;

const all = (code: string, other: Partial<OfMember> = {}): OfMember => ({
  pending: 'member_pending',
  probation: code,
  active: code,
  suspended: code,
  check: code,
  publish: code,
  ...other,
});

/** 'none': he is answered, and nothing of the other subject's, or of members he may not see, is in it. */
type OfDebtor = { readonly stranger: string; readonly partial: string };
const nothing: OfDebtor = { stranger: 'none', partial: 'none' };
const notFound: OfDebtor = { stranger: 'not_found', partial: 'not_found' };

type Row =
  | { readonly caller: 'anybody' }
  | { readonly caller: 'member'; readonly says: OfMember }
  | { readonly caller: 'debtor'; readonly says: OfDebtor };

const anybody = { caller: 'anybody' } as const;
const ofMember = (says: OfMember): Row => ({ caller: 'member', says });
const ofDebtor = (says: OfDebtor): Row => ({ caller: 'debtor', says });

/** An endpoint that is added has no row, and the first test fails. */
const MATRIX: Readonly<Record<EndpointName, Row>> = {
  meta: anybody,
  join: anybody,
  confirmJoin: anybody,
  checkpoint: anybody,
  logProof: anybody,
  askSession: anybody,
  openSession: anybody,
  askLinkOtp: anybody,
  answerLink: anybody,
  me: ofMember(all('ok', { pending: 'ok' })),
  enrol: ofMember(all('ok', { pending: 'ok', suspended: 'suspended' })),
  epoch: ofMember(all('ok', { pending: 'ok' })),
  revoke: ofMember(all('not_found', { pending: 'not_found' })),
  blind: ofMember(all('ok', { suspended: 'suspended' })),
  sendBatch: ofMember(all('ok', { suspended: 'suspended' })),
  batch: ofMember(all('not_found')),
  batchProof: ofMember(all('not_found')),
  changes: ofMember(all('ok')),
  askConsent: ofMember(all('ok', { suspended: 'suspended', publish: 'purpose' })),
  consent: ofMember(all('not_found')),
  dropConsent: ofMember(all('not_found')),
  check: ofMember(all('no_consent', { suspended: 'suspended', publish: 'purpose' })),
  report: ofMember(all('not_found')),
  answerDispute: ofMember(all('not_found')),
  leave: ofMember(all('ok', { pending: 'ok' })),
  records: ofDebtor(nothing),
  looks: ofDebtor(nothing),
  consentsOfSubject: ofDebtor(nothing),
  exportSubject: ofDebtor(nothing),
  openDispute: ofDebtor(notFound),
  answerConsent: ofDebtor(notFound),
  // Another subject may block whom it likes from asking about itself.
  blockMember: ofDebtor({ stranger: 'ok', partial: 'not_found' }),
  erase: ofDebtor(nothing),
  closeSession: ofDebtor(nothing),
};

const named = (caller: CallerKind): EndpointName[] =>
  Object.keys(MATRIX).filter(
    (name): name is EndpointName => name in MATRIX && MATRIX[name as EndpointName].caller === caller,
  );

let registry: TempRegistry;
let owner: TestMember;
let vouching: TestMember;
let of: Debtor;
/** Ids of what is the owner's and the debtor's: none of it may stand in anybody else's answer. */
let theirs: { batch: string; consent: string; used: string; waiting: string; check: string; dispute: string };
let dueRef: string;

beforeAll(async () => {
  registry = await tempRegistry();
  owner = await member(registry, { legalName: 'Owner of the secret' });
  vouching = await member(registry);
  of = await debtor(registry);
  dueRef = (await putDue(registry, of.key, { memberNo: owner.memberNo })).toString('base64url');
  const [used, consent] = [
    await granted(registry, owner, of, { vouchedBy: vouching }),
    await granted(registry, owner, of, { vouchedBy: vouching }),
  ];
  const look = checkBody(registry, of, used);
  await owner.answer('check', { body: look });
  const sent = await owner.answer('sendBatch', { body: batchOf(owner) });
  for (let round = 0; round < 2; round += 1) await runJob(registry, 'log.sequence');
  await free();
  const waiting = (await owner.answer('askConsent', { body: consentBody(registry, of) })).consent_id;
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  const disputed = (await putDue(registry, of.key, { memberNo: owner.memberNo })).toString('base64url');
  const { dispute_id: dispute } = await own.answer('openDispute', { body: disputeBody(disputed) });
  theirs = { batch: sent.batch_id, consent, used, waiting, check: look.check_id, dispute };
});
beforeEach(free);

async function free(): Promise<void> {
  for (const table of ['quota', 'otp_count'])
    await registry.registry.store.rows({ text: `DELETE FROM ${table}` });
}

function batchOf({ member: { member_id: memberId, device_id: deviceId }, key }: TestMember) {
  const { origin, now } = registry.registry;
  return batcher({ origin, memberId, deviceId, key, now }).batch([due({ ref: memberId, of: memberId })]);
}

const disputeBody = (ref: string) => ({
  schema: 'dispute.v1' as const,
  dispute_id: registry.registry.newId(),
  reporter: owner.member.member_id,
  due_ref: ref,
  reason: 'not_mine' as const,
  proof_sha256: null,
});

/** The owner's things, in the words in which the owner himself gets them. */
function askFor(name: EndpointName, by: TestMember | null): Ask<EndpointName> {
  const ids: Partial<Record<EndpointName, string>> = {
    batch: theirs.batch,
    batchProof: theirs.batch,
    consent: theirs.consent,
    dropConsent: theirs.used,
    report: theirs.check,
    answerDispute: theirs.dispute,
  };
  const bodies: Partial<Record<EndpointName, () => unknown>> = {
    enrol: () => ({ schema: 'device.v1', device_key: toBase64Url(signingKey(newSeed()).publicKey) }),
    epoch: () => ({ schema: 'epoch.v1', device_id: 'd1', reason: 'restored' }),
    blind: () => ({ schema: 'blind.v1', kv: 'h1', ids: [{ kind: 'pan', value: of.pan }] }),
    sendBatch: () => batchOf(by ?? owner),
    askConsent: () => consentBody(registry, stranger),
    check: () => checkBody(registry, of, theirs.consent),
    answerDispute: () => ({ schema: 'dispute-answer.v1', answer: 'contest', evidence_sha256: null }),
    openDispute: () => disputeBody(dueRef),
    answerConsent: () => ({ consent_id: theirs.waiting, answer: 'deny' }),
    blockMember: () => ({ member_id: owner.member.member_id, is_blocked: true }),
    erase: () => ({ schema: 'erase.v1', reason: '' }),
  };
  const body = bodies[name]?.();
  return {
    params: { id: ids[name] ?? '', device: 'd9' },
    ...(name === 'changes' && { query: { cursor: '0' } }),
    ...(body !== undefined && { body: body as never }),
  };
}

let stranger: Debtor;
beforeAll(async () => {
  stranger = await debtor(registry);
});

const codeOf = async (asked: ReturnType<TestMember['call']>): Promise<string> =>
  (await asked).problem?.code ?? 'ok';

it('has a row for every call there is, and no other way leads in', () => {
  const kinds = (table: Readonly<Record<string, { readonly caller: string }>>): unknown =>
    Object.fromEntries(Object.entries(table).map(([name, { caller }]) => [name, caller]));
  expect(kinds(MATRIX)).toEqual(kinds(endpoints));
  const known = Object.values(endpoints).map(({ method, path }) => `${method} /v1${path}`);
  const routes = routesOf(registry.app.printRoutes({ commonPrefix: false }));
  // Only the log's tiles stand beside the table; no handler may be put there that the table does not know.
  expect(routes.filter((route) => route.includes(' /v1')).toSorted()).toEqual(known.toSorted());
  expect(routes.filter((route) => route.includes('*'))).toEqual(['GET /*']);
});

/** 'GET /v1/meta' of a printed tree, in which each branch stands four further in than what it hangs from. */
function routesOf(tree: string): readonly string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, branches = '', part = '', methods = ''] = /^(.*?)[├└]── (\S+) \((.+)\)$/.exec(line) ?? [];
    const depth = branches.length / 4;
    if (part === '') return [];
    const whole = `${depth > 0 ? (above[depth - 1] ?? '') : ''}${part}`;
    above[depth] = whole === '/' ? whole : whole.replace(/^(?!\/)/, '/');
    return methods.split(', ').map((method) => `${method} ${above[depth] ?? ''}`);
  });
}

describe('a call of members', () => {
  it.each(named('member'))('%s is nobody’s without a signature, and no debtor’s', async (name) => {
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    expect(await codeOf(call(registry, name, askFor(name, null)))).toBe('bad_signature');
    expect(await codeOf(own.call(name, askFor(name, null)))).toBe('bad_signature');
  });

  it.each(membersKinds)('of another’s things tells and does nothing to a member who is %s', async (kind) => {
    const by = await member(registry, {
      ...(kind === 'pending' && { pending: true }),
      ...(kind === 'probation' && { probation: true }),
      ...((kind === 'check' || kind === 'publish') && { purpose: kind }),
    });
    if (kind === 'suspended') await setStatus(registry.registry.store, by.memberNo, 'suspended');
    for (const name of named('member')) {
      const row = MATRIX[name];
      const { problem, text } = await by.call(name, askFor(name, by));
      expect([name, problem?.code ?? 'ok']).toEqual([name, row.caller === 'member' && row.says[kind]]);
      for (const secret of [...Object.values(theirs), dueRef, owner.member.member_id])
        expect(name === 'askConsent' || !text.includes(secret), `${name} ${secret}`).toBe(true);
    }
  });

  it('is refused to a machine that was taken off, and to who left', async () => {
    const [robbed, gone] = [await member(registry), await member(registry)];
    await robbed.answer('revoke', { params: { device: 'd1' } });
    await gone.answer('leave');
    for (const by of [robbed, gone])
      for (const name of named('member'))
        expect([name, await codeOf(by.call(name, askFor(name, by)))]).toEqual([name, 'revoked_key']);
  });
});

describe('a call of debtors', () => {
  it.each(named('debtor'))('%s is nobody’s without a session, and no member’s', async (name) => {
    expect(await codeOf(call(registry, name, askFor(name, null)))).toBe('no_session');
    expect(await codeOf(owner.call(name, askFor(name, owner)))).toBe('no_session');
  });

  it.each(['stranger', 'partial'] as const)('tells and does nothing to one who is a %s', async (kind) => {
    // One of another subject, whose number is believed; one of this subject, whom another reporter alone knows by it.
    const who = kind === 'stranger' ? stranger : { ...of, mobile: '+919855500000' };
    for (const by of kind === 'stranger' ? [vouching, owner] : [vouching]) await vouch(registry, by, who);
    const own: Page = await page(registry, { mobile: who.mobile, identifier: who.pan });
    for (const name of named('debtor')) {
      const row = MATRIX[name];
      const { problem, text } = await own.call(name, askFor(name, null));
      const wanted = row.caller === 'debtor' ? row.says[kind] : '';
      expect([name, problem?.code ?? 'ok']).toEqual([name, wanted === 'none' ? 'ok' : wanted]);
      if (wanted !== 'none') continue;
      for (const secret of [...Object.values(theirs), dueRef, owner.member.member_id, 'Owner of the secret'])
        expect(text, name).not.toContain(secret);
    }
    const asked = await registry.registry.store.rows({
      text: 'SELECT is_whole FROM erase_request WHERE subject_key = $1',
      values: [who.key],
    });
    expect(asked).toEqual([{ is_whole: kind === 'stranger' }]);
  });
});

it('gives its own to the owner and to the debtor, by the same words', async () => {
  const others = ['revoke', 'leave', 'sendBatch', 'epoch'];
  for (const name of named('member').filter((one) => !others.includes(one)))
    expect([name, await codeOf(owner.call(name, askFor(name, owner)))]).toEqual([name, 'ok']);
  const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
  for (const name of named('debtor'))
    expect([name, await codeOf(own.call(name, askFor(name, null)))]).toEqual([name, 'ok']);
});
