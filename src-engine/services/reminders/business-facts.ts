import { businessShape, type Business } from '#contract/engine/business.ts';
import { checkGstin } from '#domain/gstin.ts';
import { isVpa } from '#domain/reminders/upi.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import type { ReadTx } from '../../storage/database.ts';
import { reminderSetting } from '../../storage/reminder-settings.ts';
import { dialledPhones, emailsOf } from './reach.ts';

const someOfBusiness = businessShape.partial();

/** Who writes; the book's name until another one is set. */
export function businessNow(tx: ReadTx, bookName: string): Business {
  const text = reminderSetting(tx, 'business');
  const own = text === null ? null : someOfBusiness.safeParse(JSON.parse(text));
  const kept = own?.success === true ? own.data : {};
  const nothing = {
    address: null,
    gstin: null,
    phone: null,
    email: null,
    vpa: null,
    payeeName: null,
    merchantCode: null,
    bankLines: null,
    signatory: null,
    ownerPhone: null,
    ownerEmail: null,
  };
  const all = { ...nothing, name: '', ...kept };
  return { ...all, name: all.name.trim() === '' ? bookName : all.name };
}

/** Every line must be usable by whoever pays or is written to; empty lines are nothing. */
export function judgeBusiness(wish: Business): Result<Business> {
  const of = (text: string | null): string | null =>
    text === null || text.trim() === '' ? null : text.trim();
  const { vpa, merchantCode } = { vpa: of(wish.vpa), merchantCode: of(wish.merchantCode) };
  if (vpa !== null && !isVpa(vpa)) {
    const sentence = `“${vpa}” is no UPI address. It looks like name@bank.`;
    return refuse('vpa-not-valid', sentence, { field: 'vpa', values: { vpa } });
  }
  if (merchantCode !== null && !/^(?!0000)\d{4}$/u.test(merchantCode)) {
    const sentence = `“${merchantCode}” is no merchant category: it has four digits and is not 0000.`;
    return refuse('merchant-code-not-valid', sentence, { field: 'merchantCode', values: { merchantCode } });
  }
  const phones = { phone: of(wish.phone), ownerPhone: of(wish.ownerPhone) };
  for (const [field, phone] of Object.entries(phones)) {
    if (phone === null || dialledPhones(phone).length > 0) continue;
    const sentence = `“${phone}” is no telephone number that can be dialled.`;
    return refuse('phone-not-valid', sentence, { field, values: { phone } });
  }
  const emails = { email: of(wish.email), ownerEmail: of(wish.ownerEmail) };
  for (const [field, email] of Object.entries(emails)) {
    if (email === null || emailsOf(email).length > 0) continue;
    const sentence = `“${email}” is no e-mail address.`;
    return refuse('email-not-valid', sentence, { field, values: { email } });
  }
  const gstin = of(wish.gstin);
  const checked = gstin === null ? null : checkGstin(gstin);
  return ok({
    ...wish,
    ...phones,
    ...emails,
    vpa,
    merchantCode,
    // It is printed only: one that does not hold stays as it was written, as with customers.
    gstin: checked?.ok === true ? checked.value : gstin,
    address: of(wish.address),
    payeeName: of(wish.payeeName),
    bankLines: of(wish.bankLines),
    signatory: of(wish.signatory),
  });
}
