import type { Customer } from '#contract/engine/customers.ts';
import { checkGstin, checkPan } from '#domain/gstin.ts';
import { purposeCodes, type PurposeCode } from '#domain/registry/words.ts';
import type { Refusal } from '#domain/result.ts';

export type AskValues = {
  readonly who: 'customer' | 'prospect';
  readonly customerId: number | null;
  readonly name: string;
  readonly gstin: string;
  readonly pan: string;
  readonly mobile: string;
  readonly email: string;
  readonly purpose: PurposeCode;
  readonly withTrend: boolean;
  readonly language: 'en' | 'hi';
};

export const NOBODY: AskValues = {
  who: 'customer',
  customerId: null,
  name: '',
  gstin: '',
  pan: '',
  mobile: '',
  email: '',
  purpose: 'TC01',
  withTrend: true,
  language: 'en',
};

/** What a member may ask for: who joined only to publish, or only to check, is refused the other by the registry. */
export function purposesOf(
  joinedFor: 'both' | 'publish' | 'check' | null | undefined,
): readonly PurposeCode[] {
  if (joinedFor === 'publish') return ['TC02'];
  return joinedFor === 'check' ? ['TC01'] : purposeCodes;
}

type Known = Pick<Customer, 'customerId' | 'name' | 'gstin' | 'pan' | 'phone' | 'email' | 'language'>;

/** What the book knows of a customer is filled in, to be looked over. */
export function valuesOfCustomer(before: AskValues, known: Known): AskValues {
  return {
    ...before,
    who: 'customer',
    customerId: known.customerId,
    name: known.name,
    gstin: known.gstin ?? '',
    pan: known.pan ?? '',
    mobile: known.phone ?? '',
    email: known.email ?? '',
    language: known.language === 'hi' ? 'hi' : known.language === 'en' ? 'en' : before.language,
  };
}

export type AskFaults = Partial<Record<keyof AskValues, 'required' | 'contact' | 'identifier' | Refusal>>;

export function askFaults({ who, customerId, name, gstin, pan, mobile, email }: AskValues): AskFaults {
  const isBlank = (text: string): boolean => text.trim() === '';
  const [number, taxNumber] = [checkGstin(gstin), checkPan(pan)];
  return {
    ...(who === 'customer' && customerId === null && { customerId: 'required' }),
    ...(who === 'prospect' && name.trim().length < 2 && { name: 'required' }),
    ...(!isBlank(gstin) && !number.ok && { gstin: number.refusal }),
    ...(!isBlank(pan) && !taxNumber.ok && { pan: taxNumber.refusal }),
    ...(isBlank(gstin) && isBlank(pan) && isBlank(mobile) && { gstin: 'identifier' }),
    ...(isBlank(mobile) && isBlank(email) && { mobile: 'contact' }),
  };
}

type AskWish = {
  readonly customerId: number | null;
  readonly name: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly contact: { readonly mobile: string | null; readonly email: string | null };
  readonly purpose: PurposeCode;
  readonly withTrend: boolean;
  readonly language: 'en' | 'hi';
};

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function askWish(values: AskValues): AskWish {
  const { who, customerId, name, gstin, pan, mobile, email, purpose, withTrend, language } = values;
  return {
    customerId: who === 'customer' ? customerId : null,
    name: name.trim(),
    gstin: orNull(gstin),
    pan: orNull(pan),
    contact: { mobile: orNull(mobile), email: orNull(email) },
    purpose,
    withTrend: purpose === 'TC01' && withTrend,
    language,
  };
}
