import type { ProbeReport } from '#contract/engine/sync.ts';
import type { TallyCompany } from '#domain/tally/facts.ts';
import type { TallyAddress, TallyFailure } from '../../adapters/ports.ts';
import { failed, type Context } from '../door.ts';
import { groupCompany, noCompany, otherCompany, sameName } from './failures.ts';
import { isTwice } from './look.ts';

type ProbeWish = TallyAddress & {
  /** The company on Tally's screen where none is named. */
  readonly company: string | null;
};

/** What a Tally answers to the questions that no public source settles; nothing of a book is read or written. */
export async function probeTally(
  { tally, now, dayAt }: Pick<Context, 'tally' | 'now' | 'dayAt'>,
  { host, port, company: named }: ProbeWish,
  signal?: AbortSignal,
): Promise<ProbeReport> {
  const address = { host, port };
  const greeted = await tally.greet(address, signal);
  if (!greeted.ok) throw failed(greeted.failure);
  const listed = await tally.companies(address, signal);
  if (!listed.ok) throw failed(listed.failure);
  const company = pick(listed.value, named);
  if ('code' in company) throw failed(company);
  const { name, guid, isEducational, lastVoucherDay } = company;
  const wish = {
    companyGuid: guid,
    asOf: lastVoucherDay ?? dayAt(now(), 'Asia/Kolkata'),
    voucherDay: lastVoucherDay,
  };
  const probed = await tally.probe({ address, company: name, signal }, wish);
  if (!probed.ok) throw failed(probed.failure);
  const { companyHash, probes } = probed.value;
  return {
    at: now(),
    product: greeted.value.product,
    isEducational,
    companyCount: listed.value.length,
    companyHash,
    probes: probes.map(({ evidence, ...probe }) => ({ ...probe, evidence: { ...evidence } })),
  };
}

/** A company that can be asked by its name, or why there is none. */
function pick(companies: readonly TallyCompany[], named: string | null): TallyCompany | TallyFailure {
  if (companies.length === 0) return noCompany();
  const key = (name: string): string => name.trim().toLowerCase();
  const company =
    named === null
      ? (companies.find(({ isActive }) => isActive) ?? companies[0])
      : companies.find(({ name }) => key(name) === key(named));
  if (!company) return otherCompany(named ?? '');
  if (company.isGroup) return groupCompany(company.name);
  return isTwice(company, companies) ? sameName(company.name) : company;
}
