import { checkGstin, checkPan, panOfGstin } from './gstin.ts';
import { readPhones } from './phone.ts';
import { ok, refuse, type Refusal, type Result } from './result.ts';

export type Identity = {
  readonly phone: string | null;
  readonly email: string | null;
  readonly gstin: string | null;
  readonly pan: string | null;
};

/**
 * The identity of a customer as it is kept: what holds in its tidy form, what does not as it was written, with a
 * warning. Work with half-known customers must go on, so nothing of this is refused.
 */
export function tidyIdentity(identity: Identity): Identity & { readonly warnings: readonly Refusal[] } {
  const { phone, warnings } = tidyReach(identity);
  const gstin = identity.gstin === null ? null : checkGstin(identity.gstin);
  const pan = identity.pan === null ? null : checkPan(identity.pan);
  const all = [...warnings];
  for (const checked of [gstin, pan]) if (checked?.ok === false) all.push(checked.refusal);
  if (gstin?.ok === true && pan?.ok === true) all.push(...otherPan(gstin.value, pan.value));
  return {
    phone,
    email: identity.email,
    gstin: gstin?.ok === true ? gstin.value : identity.gstin,
    pan: pan?.ok === true ? pan.value : identity.pan,
    warnings: all,
  };
}

/** The same for what a contact has: a phone and an e-mail address. */
export function tidyReach(reach: Pick<Identity, 'phone' | 'email'>): {
  readonly phone: string | null;
  readonly warnings: readonly Refusal[];
} {
  if (reach.phone === null) return { phone: null, warnings: emailWarnings(reach.email) };
  const read = readPhones(reach.phone);
  return { phone: read.text, warnings: [...read.refusals, ...emailWarnings(reach.email)] };
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function emailWarnings(email: string | null): readonly Refusal[] {
  const parts = (email ?? '').split(/[,;\s]+/).filter((part) => part !== '');
  const wrong = parts.find((part) => !EMAIL.test(part));
  if (wrong === undefined) return [];
  const text = wrong.length > 40 ? `${wrong.slice(0, 40)}…` : wrong;
  const sentence = `“${text}” is no e-mail address.`;
  return [refuse('email-form', sentence, { field: 'email', values: { text } }).refusal];
}

function otherPan(gstin: string, pan: string): readonly Refusal[] {
  const held = panOfGstin(gstin);
  if (held === null || held === pan) return [];
  const sentence = `The GSTIN ${gstin} holds the PAN ${held}, not ${pan}.`;
  return [refuse('pan-of-gstin', sentence, { field: 'pan', values: { gstin, held, pan } }).refusal];
}

/** A payer, his payer, and so on: so many customers stand in one line at most. */
const PAYER_LEVELS_MOST = 6;

export type PayerFacts = {
  /** Null for a customer who is just being entered. */
  readonly customerId: number | null;
  readonly parent: { readonly customerId: number; readonly name: string };
  /** The payer's own payers, nearest first. */
  readonly payersOfParent: readonly number[];
  readonly levelsBelow: number;
};

/** May this customer be paid for by that one? Not by himself, nor by one whom he pays for: a ring has no payer. */
export function judgePayer({
  customerId,
  parent,
  payersOfParent,
  levelsBelow,
}: PayerFacts): Result<PayerFacts['parent']> {
  const field = { field: 'parentId', values: { name: parent.name } };
  if (customerId === parent.customerId) {
    return refuse('payer-self', `“${parent.name}” cannot be the payer of himself.`, field);
  }
  if (customerId !== null && payersOfParent.includes(customerId)) {
    const sentence = `“${parent.name}” is himself paid for by this customer. Take that away first.`;
    return refuse('payer-ring', sentence, field);
  }
  const levels = payersOfParent.length + 2 + levelsBelow;
  if (levels <= PAYER_LEVELS_MOST) return ok(parent);
  const sentence = `With the payer “${parent.name}” ${levels} customers would stand in one line. There may be ${PAYER_LEVELS_MOST}.`;
  const values = { name: parent.name, levels, most: PAYER_LEVELS_MOST };
  return refuse('payer-levels', sentence, { field: 'parentId', values });
}
