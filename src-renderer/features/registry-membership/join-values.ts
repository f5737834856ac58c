import type { Business } from '#contract/engine/business.ts';
import { checkGstin } from '#domain/gstin.ts';
import type { Refusal } from '#domain/result.ts';

export const joinSteps = ['address', 'terms', 'who', 'accept', 'password'] as const;
export type JoinStep = (typeof joinSteps)[number];

export const joinPurposes = ['both', 'publish', 'check'] as const;
export type JoinPurpose = (typeof joinPurposes)[number];

export type JoinValues = {
  readonly address: string;
  readonly legalName: string;
  readonly gstin: string;
  readonly mobile: string;
  readonly email: string;
  readonly purpose: JoinPurpose;
  readonly isAccepted: boolean;
  readonly password: string;
};

/** A fault is a word of the form, or what a rule says of the field. */
export type JoinFaults = Partial<Record<keyof JoinValues, 'required' | 'address' | 'contact' | Refusal>>;

/** What the business has told already is not asked again. */
export function valuesFrom(business: Business | undefined, address: string | null): JoinValues {
  return {
    address: address ?? '',
    legalName: business?.name ?? '',
    gstin: business?.gstin ?? '',
    mobile: business?.ownerPhone ?? business?.phone ?? '',
    email: business?.ownerEmail ?? business?.email ?? '',
    purpose: 'both',
    isAccepted: false,
    password: '',
  };
}

const THIS_MACHINE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::|\/|$)/i;

/** 'registry.example' → 'https://registry.example'; plain HTTP only for a registry on this machine. */
export function tidyAddress(typed: string): string {
  const text = typed.trim();
  if (/^https?:\/\//i.test(text)) return text.replace(/\/+$/, '');
  if (text === '') return text;
  return `${THIS_MACHINE.test(text) ? 'http' : 'https'}://${text.replace(/\/+$/, '')}`;
}

function isAddress(typed: string): boolean {
  const url = URL.parse(tidyAddress(typed));
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '';
}

/** What is missing before the step may be left. */
export function faultsOf(step: JoinStep, values: JoinValues): JoinFaults {
  switch (step) {
    case 'address':
      return isAddress(values.address)
        ? {}
        : { address: values.address.trim() === '' ? 'required' : 'address' };
    case 'terms':
      return {};
    case 'who':
      return whoFaults(values);
    case 'accept':
      return values.isAccepted ? {} : { isAccepted: 'required' };
    case 'password':
      return /^\d{6}$/.test(values.password.trim()) ? {} : { password: 'required' };
  }
}

function whoFaults({ legalName, gstin, mobile, email }: JoinValues): JoinFaults {
  const number = checkGstin(gstin);
  return {
    ...(legalName.trim().length < 2 && { legalName: 'required' }),
    ...(gstin.trim() === '' ? { gstin: 'required' } : !number.ok && { gstin: number.refusal }),
    ...(mobile.trim() === '' && email.trim() === '' && { mobile: 'contact' }),
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What the engine is asked with. */
export function joinWish(
  values: JoinValues,
  { termsVersion, language }: { readonly termsVersion: string; readonly language: string },
): {
  readonly address: string;
  readonly legalName: string;
  readonly gstin: string;
  readonly contact: { readonly mobile: string | null; readonly email: string | null };
  readonly purpose: JoinPurpose;
  readonly termsVersion: string;
  readonly language: 'en' | 'hi';
} {
  return {
    address: tidyAddress(values.address),
    legalName: values.legalName.trim(),
    gstin: values.gstin.trim(),
    contact: { mobile: orNull(values.mobile), email: orNull(values.email) },
    purpose: values.purpose,
    termsVersion,
    language: language === 'hi' ? 'hi' : 'en',
  };
}

export function stepAfter(step: JoinStep, by: 1 | -1): JoinStep {
  return joinSteps[joinSteps.indexOf(step) + by] ?? step;
}
