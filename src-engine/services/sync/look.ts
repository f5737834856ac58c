import type { TallyCompanyShown, TallyLook } from '#contract/engine/sync.ts';
import { TALLY_HOST, TALLY_PORT } from '#contract/engine/sync-words.ts';
import type { TallyCompany } from '#domain/tally/facts.ts';
import { tallyNameKey } from '#domain/tally/groups.ts';
import type { TallyAddress, TallyFailure } from '../../adapters/ports.ts';
import type { Context } from '../door.ts';
import { noCompany, showFailure } from './failures.ts';

/** Where Tallies of one machine are set to listen when the usual port is taken. */
const USUAL_PORTS = [TALLY_PORT, 9001, 9002, 9999] as const;

/** What stands at an address; nothing of a book is read or written. */
export async function lookAt(
  { tally }: Pick<Context, 'tally'>,
  address: TallyAddress,
  signal?: AbortSignal,
): Promise<TallyLook> {
  const greeted = await tally.greet(address, signal);
  if (!greeted.ok) return looked(address, { failure: greeted.failure });
  const { product } = greeted.value;
  const listed = await tally.companies(address, signal);
  if (!listed.ok) return looked(address, { product, failure: listed.failure });
  if (listed.value.length === 0) return looked(address, { product, failure: noCompany() });
  return looked(address, { product, companies: listed.value });
}

type Seen = {
  readonly product?: TallyLook['product'];
  readonly companies?: readonly TallyCompany[];
  readonly failure?: TallyFailure;
};

function looked({ host, port }: TallyAddress, { product, companies = [], failure }: Seen): TallyLook {
  const shown = companies.map((company) => showCompany(company, companies));
  return {
    host,
    port,
    product: product ?? null,
    companies: shown,
    failure: failure ? showFailure(failure) : null,
  };
}

function showCompany(company: TallyCompany, all: readonly TallyCompany[]): TallyCompanyShown {
  const { guid, companyNumber, name, booksFrom, lastVoucherDay, isActive, isEducational, isGroup } = company;
  const isNameTwice = isTwice(company, all);
  return {
    guid,
    companyNumber,
    name,
    booksFrom,
    lastVoucherDay,
    isActive,
    isEducational,
    isGroup,
    isNameTwice,
  };
}

/** Tally is asked by name: two open companies of one name cannot be told apart. */
export function isTwice({ name }: TallyCompany, all: readonly TallyCompany[]): boolean {
  return all.filter((one) => tallyNameKey(one.name) === tallyNameKey(name)).length > 1;
}

/** The usual ports of this machine: those where something answers, or the usual one with the reason why not. */
export async function findTallies(
  context: Pick<Context, 'tally'>,
  signal?: AbortSignal,
): Promise<TallyLook[]> {
  const looks = await Promise.all(
    USUAL_PORTS.map((port) => lookAt(context, { host: TALLY_HOST, port }, signal)),
  );
  const answering = looks.filter((look) => look.product !== null);
  return answering.length > 0 ? answering : looks.slice(0, 1);
}
