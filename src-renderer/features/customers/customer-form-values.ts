import type { Customer, CustomerWish } from '#contract/engine/customers.ts';
import { onLimits } from '#contract/engine/customer-words.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { moneyInput } from '#kit/money-field.tsx';
import { readMoney } from '#kit/money-input.ts';

/** A customer as his form holds him: what is typed, as text. */
export type CustomerValues = {
  readonly name: string;
  readonly code: string;
  readonly phone: string;
  readonly email: string;
  readonly gstin: string;
  readonly pan: string;
  readonly address: string;
  readonly groupPath: string;
  readonly salesperson: string;
  readonly territory: string;
  readonly language: string | null;
  readonly creditDays: string;
  readonly creditLimit: string;
  readonly insuredLimit: string;
  readonly onLimit: string | null;
  readonly parentId: number | null;
  readonly doNotChaseReason: string;
};

export function customerValuesOf(customer: Customer | undefined, base: string): CustomerValues {
  return {
    name: customer?.name ?? '',
    code: customer?.code ?? '',
    phone: customer?.phone ?? '',
    email: customer?.email ?? '',
    gstin: customer?.gstin ?? '',
    pan: customer?.pan ?? '',
    address: customer?.address ?? '',
    groupPath: customer?.groupPath ?? '',
    salesperson: customer?.salesperson ?? '',
    territory: customer?.territory ?? '',
    language: customer?.language ?? null,
    creditDays: customer?.creditDays?.toString() ?? '',
    creditLimit: moneyInput(customer?.creditLimitPaise, base),
    insuredLimit: moneyInput(customer?.insuredLimitPaise, base),
    onLimit: customer?.onLimit ?? null,
    parentId: customer?.parentId ?? null,
    doNotChaseReason: customer?.doNotChaseReason ?? '',
  };
}

/** The form as the engine is told it: an empty field takes the value away. */
export function customerWishOf(values: CustomerValues, base: string): CustomerWish {
  const text = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());
  return {
    name: values.name.trim(),
    code: text(values.code),
    phone: text(values.phone),
    email: text(values.email),
    gstin: text(values.gstin)?.toUpperCase() ?? null,
    pan: text(values.pan)?.toUpperCase() ?? null,
    address: text(values.address),
    groupPath: text(values.groupPath),
    salesperson: text(values.salesperson),
    territory: text(values.territory),
    language: messageLanguages.find((one) => one === values.language) ?? null,
    creditDays: values.creditDays.trim() === '' ? null : Number(values.creditDays),
    creditLimitPaise: readMoney(values.creditLimit, base) ?? null,
    insuredLimitPaise: readMoney(values.insuredLimit, base) ?? null,
    onLimit: onLimits.find((one) => one === values.onLimit) ?? null,
    parentId: values.parentId,
    doNotChaseReason: text(values.doNotChaseReason),
  };
}

/** Field → key of the words that say what is wrong. */
export function customerFaults(values: CustomerValues, base: string): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  if (values.name.trim() === '') faults['name'] = 'form.fault.name';
  if (!/^\d{0,4}$/.test(values.creditDays.trim())) faults['creditDays'] = 'form.fault.creditDays';
  for (const field of ['creditLimit', 'insuredLimit'] as const) {
    if (readMoney(values[field], base) === undefined) faults[field] = 'form.fault.amount';
  }
  return faults;
}
