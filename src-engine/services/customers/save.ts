import { judgePayer, tidyIdentity, type Identity } from '#domain/customers.ts';
import { nameKeyOf } from '#domain/imports/names.ts';
import { ok, refuse, type Refusal, type Result } from '#domain/result.ts';
import {
  customerById,
  customerOfCode,
  insertCustomer,
  namesakeOf,
  updateCustomer,
  type CustomerFacts,
} from '../../storage/customers.ts';
import type { ReadTx } from '../../storage/database.ts';
import { fieldChanges, insertEdits } from '../../storage/edits.ts';
import { levelsBelow, payersOf } from '../../storage/customer-tree.ts';
import { bookDoor, refused } from '../door.ts';

/** Rows that a person entered bear this source. */
const MANUAL_SOURCE = 'manual';

type Facts = Omit<CustomerFacts, 'customerId'>;
type Wish = { readonly [Field in keyof Facts]?: Facts[Field] | undefined };
type Saved = { readonly customerId: number; readonly warnings: Refusal[] };

export const save = bookDoor.customers.save.handler(({ context, input: { customerId, ...wish } }) => {
  const now = context.now();
  const made = context.db.write((tx): Result<Saved> => {
    const before = customerId === undefined ? null : (customerById(tx, customerId) ?? null);
    if (customerId !== undefined && !before) return customerGone();
    const wished = applied(wish, before ?? NOBODY);
    const { warnings, ...tidy } = tidyIdentity(wished);
    const facts = { ...wished, ...entered(wish, tidy) };
    const judged = judge(tx, facts, before);
    if (!judged.ok) return judged;
    const told = [...warnings, ...judged.value];
    const nameKey = nameKeyOf(facts.name);
    if (!before) {
      const origin = { source: MANUAL_SOURCE, sourceKey: context.newId(), createdAt: now };
      return ok({ customerId: insertCustomer(tx, { ...facts, nameKey, ...origin }), warnings: told });
    }
    const { customerId: rowId, ...kept } = before;
    const of = { noun: 'customer', rowId, customerId: rowId, editedAt: now, importBatchId: null } as const;
    insertEdits(tx, of, fieldChanges(kept, facts));
    updateCustomer(tx, rowId, { ...facts, nameKey });
    return ok({ customerId: rowId, warnings: told });
  });
  if (!made.ok) throw refused(made.refusal);
  context.changed('customers', 'aging');
  return made.value;
});

export function customerGone(): ReturnType<typeof refuse> {
  return refuse('customer-gone', 'This customer is no longer in the book.');
}

const NOBODY: Facts = {
  name: '',
  code: null,
  phone: null,
  email: null,
  gstin: null,
  pan: null,
  address: null,
  groupPath: null,
  salesperson: null,
  territory: null,
  language: null,
  creditDays: null,
  creditLimitPaise: null,
  insuredLimitPaise: null,
  onLimit: null,
  parentId: null,
  doNotChaseReason: null,
};

/** What is left out stays as it is. */
function applied(wish: Wish, before: Facts): Facts {
  const or = <T>(wished: T | undefined, kept: T): T => (wished === undefined ? kept : wished);
  return {
    name: or(wish.name, before.name),
    code: or(wish.code, before.code),
    phone: or(wish.phone, before.phone),
    email: or(wish.email, before.email),
    gstin: or(wish.gstin, before.gstin),
    pan: or(wish.pan, before.pan),
    address: or(wish.address, before.address),
    groupPath: or(wish.groupPath, before.groupPath),
    salesperson: or(wish.salesperson, before.salesperson),
    territory: or(wish.territory, before.territory),
    language: or(wish.language, before.language),
    creditDays: or(wish.creditDays, before.creditDays),
    creditLimitPaise: or(wish.creditLimitPaise, before.creditLimitPaise),
    insuredLimitPaise: or(wish.insuredLimitPaise, before.insuredLimitPaise),
    onLimit: or(wish.onLimit, before.onLimit),
    parentId: or(wish.parentId, before.parentId),
    doNotChaseReason: or(wish.doNotChaseReason, before.doNotChaseReason),
  };
}

/** Only what was entered now is tidied: an import's own writing stays while nobody touches it. */
function entered(wish: Wish, tidy: Identity): Partial<Identity> {
  return {
    ...(wish.phone !== undefined && { phone: tidy.phone }),
    ...(wish.gstin !== undefined && { gstin: tidy.gstin }),
    ...(wish.pan !== undefined && { pan: tidy.pan }),
  };
}

/** Refuses what cannot be; the value is what the user should know though it is saved. */
function judge(tx: ReadTx, facts: Facts, before: CustomerFacts | null): Result<readonly Refusal[]> {
  const exceptId = before?.customerId ?? null;
  if (facts.name === '') {
    return refuse('name-missing', 'A customer needs a name.', { field: 'name' });
  }
  const { code } = facts;
  const holder = code === null || code === before?.code ? undefined : customerOfCode(tx, { code, exceptId });
  if (code !== null && holder) {
    const sentence = `The code ${code} is ${holder.name}’s already.`;
    return refuse('code-taken', sentence, { field: 'code', values: { code, name: holder.name } });
  }
  const payer = judgeParent(tx, facts, before);
  if (!payer.ok) return payer;
  return ok(facts.name === before?.name ? [] : namesakes(tx, facts.name, exceptId));
}

function judgeParent(tx: ReadTx, { parentId }: Facts, before: CustomerFacts | null): Result<unknown> {
  if (parentId === null || parentId === before?.parentId) return ok(null);
  const parent = customerById(tx, parentId);
  if (!parent) return refuse('payer-gone', 'The payer is no longer in the book.', { field: 'parentId' });
  return judgePayer({
    customerId: before?.customerId ?? null,
    parent,
    payersOfParent: payersOf(tx, parentId),
    levelsBelow: before ? levelsBelow(tx, before.customerId) : 0,
  });
}

/** Two customers may bear one name, e.g. in two towns; the user should know. */
function namesakes(tx: ReadTx, name: string, exceptId: number | null): readonly Refusal[] {
  const other = namesakeOf(tx, { nameKey: nameKeyOf(name), exceptId });
  if (!other) return [];
  const sentence = `There is another customer of this name: “${other.name}”.`;
  const more = { field: 'name', values: { name: other.name, customerId: other.customerId } };
  return [refuse('name-taken', sentence, more).refusal];
}
