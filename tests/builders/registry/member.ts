import { gzipSync } from 'node:zlib';
import { toBase64Url } from '#domain/registry/bytes.ts';
import type { Member } from '#contract/registry/members.ts';
import { endpoints, type AnswerOf, type BodyOf, type EndpointName } from '#contract/registry.ts';
import type { Problem } from '#contract/registry/fields.ts';
import { newSeed, signingKey, type SigningKey } from '#registry/crypto.ts';
import { admit } from '#registry/operator/acts.ts';
import { asIfBlinded } from './batch.ts';
import { AUTHORITY, signedHeaders } from './sign.ts';
import type { TempRegistry } from './temp-registry.ts';

export type Ask<N extends EndpointName> = {
  readonly body?: BodyOf<N>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isZipped?: boolean;
};

export type Answered<N extends EndpointName> = {
  readonly status: number;
  /** Of status 200; a text where the table says null. */
  readonly answer: AnswerOf<N> | null;
  readonly problem: Problem | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};

/** Calls as anybody. */
export async function call<N extends EndpointName>(
  { app }: Pick<TempRegistry, 'app'>,
  name: N,
  ask: Ask<N> = {},
  sign?: (request: {
    readonly method: string;
    readonly target: string;
    readonly body: Uint8Array | null;
    readonly idempotencyKey: string;
  }) => Record<string, string>,
): Promise<Answered<N>> {
  const { method, answer } = endpoints[name];
  const target = targetOf(name, ask);
  const plain = ask.body === undefined || ask.body === null ? null : Buffer.from(JSON.stringify(ask.body));
  const body = plain !== null && ask.isZipped === true ? gzipSync(plain) : plain;
  const headers = {
    host: AUTHORITY,
    ...(body !== null && { 'content-type': 'application/json' }),
    ...(ask.isZipped === true && { 'content-encoding': 'gzip' }),
    ...sign?.({ method, target, body, idempotencyKey: idempotencyKeyOf(ask.body) }),
    ...ask.headers,
  };
  const response = await app.inject({
    method,
    url: target,
    headers,
    ...(body !== null && { payload: body }),
  });
  const isFine = response.statusCode === 200;
  const read = (): never => JSON.parse(response.body) as never;
  return {
    status: response.statusCode,
    answer: isFine ? (answer === null ? (response.body as never) : read()) : null,
    problem: !isFine && response.body !== '' ? read() : null,
    headers: response.headers,
    text: response.body,
  };
}

/** The path below /v1 with what varies filled in, and the query behind it. */
export function targetOf<N extends EndpointName>(name: N, { params = {}, query = {} }: Ask<N>): string {
  const path = endpoints[name].path.replaceAll(/:([a-z]+)/g, (_all, key: string) => params[key] ?? '');
  const search = new URLSearchParams(query).toString();
  return `/v1${path}${search === '' ? '' : `?${search}`}`;
}

/** The id that a body carries; a desktop sends it as its Idempotency-Key. */
function idempotencyKeyOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const found = ['batch_id', 'check_id', 'consent_id'].flatMap((name) =>
    name in body ? [String(body[name as keyof typeof body])] : [],
  );
  return found[0] ?? '';
}

export type TestMember = {
  readonly member: Member;
  readonly memberNo: number;
  readonly key: SigningKey;
  readonly keyId: string;
  /** Calls as the member, signed. Never throws: look at `problem`. */
  readonly call: <N extends EndpointName>(name: N, ask?: Ask<N>) => Promise<Answered<N>>;
  /** The same, where only an answer will do. */
  readonly answer: <N extends EndpointName>(name: N, ask?: Ask<N>) => Promise<AnswerOf<N>>;
  /** Another device of this member. */
  readonly withDevice: (deviceId: string, key: SigningKey) => TestMember;
};

export type MemberWish = {
  readonly gstin?: string;
  readonly legalName?: string;
  readonly purpose?: 'publish' | 'check' | 'both';
  readonly mobile?: string;
  readonly email?: string | null;
  readonly lang?: 'en' | 'hi';
  readonly key?: SigningKey;
  /** Nobody has admitted him yet. */
  readonly pending?: boolean;
  /** Admitted, but not known to the operator. */
  readonly probation?: boolean;
  /** Nothing of his was ever seen by others: he may look twice a day. */
  readonly isSilent?: boolean;
};

/** They go on over the files of a run: what members have is nobody else's, however many there are. */
let joined = 0;

/**
 * A member who joined as anybody does: asked, got his one-time password, confirmed. Unless it is wished otherwise the operator
 * knows him, and something of his was seen, so that no limit of newcomers is in the way.
 */
export async function member(registry: TempRegistry, wish: MemberWish = {}): Promise<TestMember> {
  joined += 1;
  const key = wish.key ?? signingKey(newSeed());
  const applicationId = registry.registry.newId();
  const before = registry.sent.length;
  await must(
    call(registry, 'join', {
      body: {
        schema: 'join.v1',
        application_id: applicationId,
        legal_name: wish.legalName ?? `Member ${joined} Traders`,
        gstin: wish.gstin ?? gstinOf(1_000_000 + joined),
        contact: {
          mobile: wish.mobile ?? `+9198${50_000_000 + joined}`,
          email: wish.email ?? null,
        },
        purpose: wish.purpose ?? 'both',
        terms_version: '2026-11',
        device_key: toBase64Url(key.publicKey),
        lang: wish.lang ?? 'en',
      },
    }),
  );
  const otp = otpIn(registry.sent[before]?.text ?? '');
  const made = await must(
    call(registry, 'confirmJoin', {
      body: { schema: 'join-confirm.v1', application_id: applicationId, otp },
    }),
  );
  const found = memberWith(registry, made, key);
  await settle(registry, found, wish);
  return found;
}

async function settle(
  registry: TempRegistry,
  { member, memberNo }: TestMember,
  wish: MemberWish,
): Promise<void> {
  const { store, today } = registry.registry;
  const set = (what: string): Promise<readonly object[]> =>
    store.rows({ text: `UPDATE member SET ${what} WHERE member_no = $1`, values: [memberNo, today()] });
  const isWaiting = member.status === 'pending';
  if (wish.pending === true && !isWaiting)
    await set(`status = 'pending', pending_on = $2, admitted_on = NULL`);
  else if (isWaiting && wish.pending !== true)
    await admit(registry.registry, memberNo, { isKnown: wish.probation !== true });
  else if (wish.pending !== true && wish.probation !== true && member.status === 'probation')
    await set(`status = 'active', probation_until = $2`);
  if (wish.isSilent !== true) await set('contributed_on = $2');
}

/** The first six digits in a row. */
export function otpIn(text: string): string {
  const otp = /(?<![0-9])[0-9]{6}(?![0-9])/.exec(text)?.[0];
  if (otp === undefined) throw new Error('There is no one-time password in what was sent.');
  return otp;
}

export function memberWith(registry: TempRegistry, made: Member, key: SigningKey): TestMember {
  const keyId = `${made.member_id}/${made.device_id}`;
  const asMember: TestMember['call'] = async (name, ask = {}) => {
    const { body } = ask;
    const items = typeof body === 'object' && body !== null && 'items' in body ? body.items : null;
    if (Array.isArray(items)) await asIfBlinded(registry.registry, items);
    return await call(registry, name, ask, (request) =>
      signedHeaders(request, { key, keyId, now: registry.registry.now() }),
    );
  };
  return {
    member: made,
    memberNo: Number(Buffer.from(made.member_id.slice(2), 'base64url').readBigUInt64BE()),
    key,
    keyId,
    call: asMember,
    answer: (name, ask) => must(asMember(name, ask)),
    withDevice: (deviceId, other) => memberWith(registry, { ...made, device_id: deviceId }, other),
  };
}

/** The answer of a call that must have gone well. */
export async function must<N extends EndpointName>(asked: Promise<Answered<N>>): Promise<AnswerOf<N>> {
  const { answer, problem, status } = await asked;
  if (answer === null) throw new Error(`${status} ${problem?.code}: ${problem?.detail} ${problem?.at ?? ''}`);
  return answer;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A GSTIN with a right check character, each number another PAN; the fourth letter says what kind of debtor. */
export function gstinOf(number: number, entity = 'C'): string {
  const letters = ['A', 'B', 'C'].map((_, at) => DIGITS[10 + (Math.floor(number / 26 ** at / 10_000) % 26)]);
  const pan = `${letters.toReversed().join('')}${entity}T${String(number % 10_000).padStart(4, '0')}K`;
  const body = `27${pan}1Z`;
  let sum = 0;
  for (let at = 0; at < body.length; at += 1) {
    const product = DIGITS.indexOf(body.charAt(at)) * (at % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return `${body}${DIGITS[(36 - (sum % 36)) % 36]}`;
}

export function panOf(gstin: string): string {
  return gstin.slice(2, 12);
}
