import type { InferSelectModel } from 'drizzle-orm';
import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { registryChecks, registryConsents } from './schema-registry.ts';
import { rowInserter, rowPatcher, rowReader } from './statements.ts';

export type RegistryConsentRow = InferSelectModel<typeof registryConsents>;
export type NewRegistryConsent = typeof registryConsents.$inferInsert;
export type CheckRow = InferSelectModel<typeof registryChecks>;
type NewCheck = typeof registryChecks.$inferInsert;

const consentsOf = rowReader<typeof registryConsents, [number | null, number | null]>(
  registryConsents,
  'where ? is null or customer_id = ? order by asked_at desc, id desc',
);

/** Newest first; of one customer or of all. */
export function registryConsentRows(tx: ReadTx, customerId: number | null): readonly RegistryConsentRow[] {
  return consentsOf(tx, customerId, customerId);
}

const byId = rowReader<typeof registryConsents, [string]>(registryConsents, 'where consent_id = ?');

export function registryConsentById(tx: ReadTx, consentId: string): RegistryConsentRow | undefined {
  return byId(tx, consentId)[0];
}

const queued = rowReader(registryConsents, `where state = 'queued' order by id`);

/** Asked for here, and not at the registry yet. */
export function queuedConsents(tx: ReadTx): readonly RegistryConsentRow[] {
  return queued(tx);
}

const undecided = rowReader<typeof registryConsents, [Day]>(
  registryConsents,
  `where (state in ('sent', 'held') or (state = 'granted' and artefact is null)) and expires_day >= ? order by id`,
);

/** Those that the debtor may have answered, or whose paper is not here yet. */
export function undecidedConsents(tx: ReadTx, asOf: Day): readonly RegistryConsentRow[] {
  return undecided(tx, asOf);
}

const addConsent = rowInserter<NewRegistryConsent>(registryConsents);

export function insertRegistryConsent(tx: WriteTx, row: NewRegistryConsent): void {
  if (addConsent(tx, row) === null) throw new Error('A consent with this id is there already.');
}

export const patchRegistryConsent: (tx: WriteTx, id: number, fields: Partial<NewRegistryConsent>) => number =
  rowPatcher<Partial<NewRegistryConsent>>(registryConsents);

const checksOf = rowReader<typeof registryChecks, [number | null, number | null]>(
  registryChecks,
  'where report is not null and (? is null or customer_id = ?) order by at desc, id desc',
);

/** Results that are still here. */
export function checkRows(tx: ReadTx, customerId: number | null): readonly CheckRow[] {
  return checksOf(tx, customerId, customerId);
}

const ofConsent = rowReader<typeof registryChecks, [string]>(registryChecks, 'where consent_id = ?');

/** One consent is good for one look. */
export function checkOfConsent(tx: ReadTx, consentId: string): CheckRow | undefined {
  return ofConsent(tx, consentId)[0];
}

const addCheck = rowInserter<NewCheck>(registryChecks);

export function insertCheck(tx: WriteTx, row: NewCheck): void {
  if (addCheck(tx, row) === null) throw new Error('This consent has a check already.');
}

export const patchCheck: (tx: WriteTx, id: number, fields: Partial<NewCheck>) => number =
  rowPatcher<Partial<NewCheck>>(registryChecks);

const overdue = rowReader<typeof registryChecks, [Day]>(
  registryChecks,
  'where report is not null and valid_until < ?',
);

/** Results whose time is over. */
export function endedChecks(tx: ReadTx, asOf: Day): readonly CheckRow[] {
  return overdue(tx, asOf);
}
