import { performance } from 'node:perf_hooks';
import type { TallyCompany } from '#domain/tally/facts.ts';
import type { FailedTally, TallyAddress, TallyAnswer, TallyCost, TallyTarget } from '../ports.ts';
import { collectionFailure } from './diagnose-reply.ts';
import { groupCompany, movedWhileRead, noCompany, otherCompany, refusedBy, sameName } from './diagnose.ts';
import { companyReader } from './readers.ts';
import type { ReplyReader } from './reply.ts';
import { isPlain } from './requests-form.ts';
import { requestBytes, type TallyRequest } from './requests.ts';
import { ask, type Asked, type TallyTimings } from './transport-turn.ts';
import type { VoucherKinds } from './voucher-kinds.ts';

// "STATUS 1 and no rows" is what Tally says of a company that is not open, so each read stands between two looks at the
// list of open companies. The look that ended one read serves the next one too when it follows at once.

type Look = { readonly at: number; readonly companies: readonly TallyCompany[] };

/** The types of vouchers of one company, as they were when its masters had this counter. */
export type KnownKinds = {
  readonly masterCounter: number | null;
  readonly kinds: VoucherKinds;
  readonly names: ReadonlySet<string>;
};

export type Session = {
  readonly timings: TallyTimings;
  readonly looks: Map<string, Look>;
  readonly kinds: Map<string, KnownKinds>;
};

/** Who asks where. */
export type Asking = Pick<TallyTarget, 'address' | 'signal' | 'isPatient'>;

export type RowsWish = {
  readonly request: TallyRequest;
  /** A reader for each time that it is asked. */
  readonly open: () => ReplyReader;
  readonly expected?: number | undefined;
};

export function openSession(timings: TallyTimings): Session {
  return { timings, looks: new Map(), kinds: new Map() };
}

export function send(
  { timings }: Session,
  on: Asking,
  request: TallyRequest,
  reader: ReplyReader,
): Promise<Asked> {
  const { address, signal, isPatient = false } = on;
  const isLight = request.kind === 'companies';
  return ask({ address, body: requestBytes(request), reader, isPatient, isLight, signal, timings });
}

/** The rows of a collection. One without rows is asked for twice, unless none were counted. */
export async function readRows(session: Session, on: Asking, wish: RowsWish): Promise<TallyAnswer<null>> {
  const first = await readOnce(session, on, wish);
  if (!first.ok || first.cost.rowCount > 0 || wish.expected !== undefined) return first;
  const second = await readOnce(session, on, wish);
  return second.ok ? { ...second, cost: costOf(first.cost, second.cost) } : second;
}

async function readOnce(session: Session, on: Asking, wish: RowsWish): Promise<TallyAnswer<null>> {
  const asked = await send(session, on, wish.request, wish.open());
  if (!asked.ok) return asked;
  return collectionFailure(asked.end, wish.expected) ?? { ok: true, value: null, cost: asked.cost };
}

export function costOf(...costs: readonly TallyCost[]): TallyCost {
  const sum = (of: (cost: TallyCost) => number): number => costs.reduce((total, cost) => total + of(cost), 0);
  return {
    rowCount: sum((cost) => cost.rowCount),
    byteCount: sum((cost) => cost.byteCount),
    milliseconds: sum((cost) => cost.milliseconds),
  };
}

export async function readCompanies(
  session: Session,
  on: Asking,
): Promise<TallyAnswer<readonly TallyCompany[]>> {
  const key = addressKey(on.address);
  session.looks.delete(key);
  const companies: TallyCompany[] = [];
  const asked = await send(
    session,
    on,
    { kind: 'companies' },
    companyReader((row) => companies.push(row)),
  );
  if (!asked.ok) return asked;
  const failure = collectionFailure(asked.end);
  if (failure) return failure;
  session.looks.set(key, { at: performance.now(), companies });
  return { ok: true, value: companies, cost: asked.cost };
}

/** A read of one company: believed only where that company was open before it and is the same one after it. */
export async function guarded<T>(
  session: Session,
  on: TallyTarget,
  read: (company: TallyCompany) => Promise<TallyAnswer<T>>,
): Promise<TallyAnswer<T>> {
  if (!isPlain(on.company)) return refusedBy('the name of the company holds control characters');
  const before = await openCompany(session, on, trusted(session, on.address));
  if (!before.ok) return before;
  const answer = await read(before.company);
  if (!answer.ok && !isDoubtful(answer)) return answer;
  const after = await openCompany(session, on);
  if (!after.ok) return after;
  if (!isSame(before.company, after.company)) return movedWhileRead(on.company);
  return answer;
}

/** What a closed company may be behind; the others say for themselves what is wrong. */
function isDoubtful({ failure }: FailedTally): boolean {
  return failure.code === 'tally-refused' || failure.code === 'tally-truncated';
}

function trusted({ looks, timings }: Session, address: TallyAddress): Look | undefined {
  const look = looks.get(addressKey(address));
  return look && performance.now() - look.at <= timings.trustMs ? look : undefined;
}

type OpenCompany = { readonly ok: true; readonly company: TallyCompany } | FailedTally;

async function openCompany(session: Session, on: TallyTarget, look?: Look): Promise<OpenCompany> {
  if (look) return picked(on, look.companies);
  const answer = await readCompanies(session, on);
  return answer.ok ? picked(on, answer.value) : answer;
}

function picked(on: TallyTarget, companies: readonly TallyCompany[]): OpenCompany {
  if (companies.length === 0) return noCompany(on.address);
  const key = companyKey(on.company);
  const named = companies.filter((company) => companyKey(company.name) === key);
  const [company] = named;
  if (!company) return otherCompany(on.company, companies.length);
  if (named.length > 1) return sameName(on.company, named.length);
  return company.isGroup ? groupCompany(on.company) : { ok: true, company };
}

function isSame(a: TallyCompany, b: TallyCompany): boolean {
  return a.guid === b.guid && a.companyNumber === b.companyNumber && a.booksFrom === b.booksFrom;
}

/** Tally's own matching: case and white space around a name do not count. */
function companyKey(name: string): string {
  return name.trim().toLowerCase();
}

export function addressKey({ host, port }: TallyAddress): string {
  return `${host.toLowerCase()}:${port}`;
}
