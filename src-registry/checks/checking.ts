import type { AnswerOf, BodyOf } from '#contract/registry.ts';
import { reportShape } from '#contract/registry/consents.ts';
import { addDays, type Day } from '#domain/days.ts';
import { tallyOf } from '#domain/registry/tally.ts';
import { keyVersionOf, subjectKey } from '#domain/registry/subjects.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { KEY_VERSION } from '../blinder/blind.ts';
import { nextDayAt } from '../clock.ts';
import { scopeOf } from '../consents/requests.ts';
import { keyOfToken } from '../ids.ts';
import { headNow } from '../log/checkpoints.ts';
import { refuseSuspended } from '../members/refuse-suspended.ts';
import { limitOf } from '../members/spend-quota.ts';
import type { Registry } from '../registry.ts';
import { COUNTED_FROM, isAnswered, resultOf, subjectOfCheck, writeRefusal } from '../store/checks.ts';
import { consentOf, type ConsentRow } from '../store/consents.ts';
import { seenOf } from './accounts.ts';
import { asking, type Asking } from './asking.ts';
import { signedReport } from './report-answer.ts';
import {
  counting,
  reporting,
  withoutMember,
  type Counted,
  type Counting,
  type Reporting,
} from './summaries.ts';

type Body = BodyOf<'check'>;
type Report = AnswerOf<'check'>;
type Check = (caller: Caller, body: Body) => Promise<Report>;

/**
 * One look at one subject with one consent. In this order: may he look at all, which uses the consent up; what is there;
 * the look is written down where the debtor sees it; only then the answer.
 */
export function checking(registry: Registry): Check {
  const from = { counts: counting(registry), who: reporting(registry), asking: asking(registry.store) };
  const checkpoint = checkpointNow(registry);
  return async (caller, body) => {
    refuseSuspended(caller);
    const key = keyOf(body);
    const use = await used(registry, from.asking, { caller, body, key });
    if ('report' in use) return use.report;
    const today = registry.today();
    const counted = await countedFor(registry, from, { key, memberNo: caller.memberNo, today });
    const report = signedReport(registry, {
      checkId: body.check_id,
      consentId: body.consent_id,
      subject: body.subject,
      today,
      lifeDays: use.lifeDays,
      hasTrend: scopeOf(use.request).includes('TREND_24M'),
      counted,
      checkpoint: await checkpoint(),
    });
    await from.asking.write({
      subjectKey: key,
      lookId: registry.newId(),
      memberNo: caller.memberNo,
      at: registry.now(),
      consentId: body.consent_id,
      outcome: report.result === 'record' ? 'told' : 'no_record',
      checkId: body.check_id,
      report: JSON.stringify(report),
      validUntil: addDays(today, use.lifeDays),
    });
    return report;
  };
}

function keyOf({ subject }: Body): Buffer {
  const token = subjectKey(subject);
  if (token === null || keyVersionOf(token) !== KEY_VERSION)
    throw new ProblemError('bad_request', 'Whom it is about is not said.', { at: 'body/subject' });
  return keyOfToken(token);
}

type Asked = { readonly caller: Caller; readonly body: Body; readonly key: Buffer };
type Use = { readonly request: string; readonly lifeDays: number };

/**
 * The consent, used up by this check; or the report, where this very check was made before and its answer was lost. Everything
 * else is refused in the same words after the same steps, whether or not anything stands about the subject.
 */
async function used(
  registry: Registry,
  { take }: Asking,
  { caller, body, key }: Asked,
): Promise<Use | { readonly report: Report }> {
  const { store, now, today } = registry;
  const { memberNo } = caller;
  const limit = limitOf(registry, 'checks', caller);
  // Nothing is answered before the look itself is on the disk, and this before it.
  const taken = await take({
    memberNo,
    consentId: body.consent_id,
    checkId: body.check_id,
    subjectKey: key,
    now: now(),
    day: today(),
    limit,
  });
  if (taken.used === null)
    throw new ProblemError('too_many', `More than ${limit} a day are not given.`, {
      retryAfterSeconds: Math.ceil((nextDayAt(now()) - now()) / 1000),
    });
  if (taken.request !== null) return { request: taken.request, lifeDays: taken.life_days ?? 1 };
  const consent = await consentOf(store, memberNo, body.consent_id);
  const isSame =
    consent?.state === 'used' && consent.check_id === body.check_id && consent.subject_key.equals(key);
  if (!consent || !isSame) return await refused(registry, { caller, body, key }, consent);
  const wish = { subjectKey: key, memberNo, checkId: body.check_id };
  const isTold = await isAnswered(store, { ...wish, consentId: body.consent_id });
  const before = await resultOf(store, { ...wish, today: today() });
  if (before !== null) return { report: reportShape.parse(JSON.parse(before)) };
  // The server may have stopped between using the consent and answering: then it is answered now. What was answered and may be
  // kept no longer is over: it was one look.
  if (isTold || now() >= consent.expires_at) return await refused(registry, { caller, body, key }, consent);
  return { request: consent.request, lifeDays: consent.life_days };
}

async function refused(
  registry: Registry,
  { caller, key }: Asked,
  consent: ConsentRow | null,
): Promise<never> {
  await writeRefusal(registry.store, {
    subjectKey: key,
    lookId: registry.newId(),
    memberNo: caller.memberNo,
    at: registry.now(),
  });
  if (consent?.state === 'used' && consent.subject_key.equals(key))
    throw new ProblemError('already_used', 'This consent was for one look, and that was taken.');
  throw new ProblemError('no_consent', 'There is no consent for this look.');
}

type From = { readonly counts: Counting; readonly who: Reporting; readonly asking: Asking };

/** What others say of the subject, and not the subject of itself. */
async function countedFor(
  registry: Registry,
  { counts, who, asking: { dues } }: From,
  { key, memberNo, today }: { readonly key: Buffer; readonly memberNo: number; readonly today: Day },
): Promise<Counted> {
  const rows = await dues(key);
  const [first] = rows;
  if (first !== undefined && (first.tally !== null || rows.length > COUNTED_FROM)) {
    const { as_of, made_at, tally } = first;
    const stored = as_of === null || made_at === null || tally === null ? null : { as_of, made_at, tally };
    const counted = await counts.asked(key, stored);
    return await withoutMember(registry, counted, { subjectKey: key, memberNo, today, who });
  }
  const reporters = await who(rows, rows.length === 0 ? [] : [memberNo]);
  const own = reporters.get(memberNo)?.pan_key;
  const seen = seenOf(rows, { reporters, today, leftOut: own ? [key, own] : [key] });
  return { tally: tallyOf(seen.accounts, today), disputes: seen.disputes, branches: seen.branches.size };
}

/** What was answered, for as long as it may be kept. */
export async function storedReport(
  registry: Registry,
  { memberNo }: Caller,
  checkId: string,
): Promise<Report> {
  const subjectKeyOf = await subjectOfCheck(registry.store, memberNo, checkId);
  const text =
    subjectKeyOf &&
    (await resultOf(registry.store, {
      subjectKey: subjectKeyOf,
      memberNo,
      checkId,
      today: registry.today(),
    }));
  if (!text) throw new ProblemError('not_found', 'There is no such report any more.');
  return reportShape.parse(JSON.parse(text));
}

const CHECKPOINT_MS = 1_000;

/** Read once a second at most: it changes as the log does. */
function checkpointNow(registry: Registry): () => Promise<string> {
  let last: { readonly at: number; readonly text: string } | null = null;
  return async () => {
    const now = registry.now();
    if (last === null || now < last.at || now - last.at >= CHECKPOINT_MS)
      last = { at: now, text: (await headNow(registry)).checkpoint };
    return last.text;
  };
}
