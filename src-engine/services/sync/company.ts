import type { Day } from '#domain/days.ts';
import { reportDay } from '#domain/tally/edu-days.ts';
import type { TallyCompany, TallyIdentity } from '#domain/tally/facts.ts';
import { sameCompany } from '#domain/tally/in-step.ts';
import type { TallyPeriod } from '../../adapters/ports.ts';
import type { ConnectionRow } from '../../storage/tally-connection.ts';
import { groupCompany, noCompany, otherCompany, sameName, TallyStopped } from './failures.ts';
import { isTwice } from './look.ts';
import { ask, type Talk } from './talk.ts';

export function identityOf(connection: ConnectionRow): TallyIdentity {
  const { companyGuid: guid, companyNumber, companyName: name, booksFrom } = connection;
  return { guid, companyNumber, name, booksFrom };
}

/** Our company among the open ones, by what it is known by and not by its name; what keeps it from us is thrown. */
export async function ourCompany(talk: Talk, known: TallyIdentity): Promise<TallyCompany> {
  const open = await ask(talk, talk.source.companies(talk.address, talk.signal));
  if (open.length === 0) throw new TallyStopped(noCompany());
  const ours = open.find((company) => sameCompany(known, company));
  if (!ours) throw new TallyStopped(otherCompany(known.name));
  if (ours.isGroup) throw new TallyStopped(groupCompany(ours.name));
  if (isTwice(ours, open)) throw new TallyStopped(sameName(ours.name));
  return ours;
}

export function dayAskedFor(company: TallyCompany, today: Day): Day {
  return reportDay(today, company.isEducational);
}

export function beginningOf({ booksFrom, startingFrom }: TallyCompany): Day | null {
  return booksFrom ?? startingFrom;
}

/** Every voucher there may be: those of days to come, too. */
export function wholePeriod(company: TallyCompany, today: Day): TallyPeriod {
  const ends = [today, company.endingAt, company.lastVoucherDay].filter((day) => day !== null).toSorted();
  const to = ends.at(-1) ?? today;
  return { from: beginningOf(company) ?? to, to };
}
