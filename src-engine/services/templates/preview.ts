import type { Rendered } from '#contract/engine/templates.ts';
import { sumOf, paise, ZERO } from '#domain/money.ts';
import { balanceOf } from '#domain/reminders/plan-stops.ts';
import type { PlanCustomer, PlanFacts } from '#domain/reminders/plan-facts.ts';
import { hasPayPlace } from '#domain/reminders/pay-place.ts';
import { writeText, type Written } from '#domain/reminders/plan-text.ts';
import { mergeFields, type MessageTemplate } from '#domain/reminders/template-facts.ts';
import { htmlOf } from '#domain/reminders/texts/render.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import type { Result } from '#domain/result.ts';
import { brandOf, templateProblems } from './check.ts';
import { linkLater, refusalShown } from './problem-words.ts';

/** Whoever is asked for, else the one with the most overdue; null in a book in which nobody owes anything. */
export function exampleCustomer(facts: PlanFacts, customerId: number | undefined): PlanCustomer | null {
  if (customerId !== undefined) return facts.customers.find((one) => one.customerId === customerId) ?? null;
  const late = Map.groupBy(
    facts.items.filter((item) => item.dueDay < facts.day),
    (item) => item.customerId,
  );
  const amounts = [...late].map(([id, items]) => ({ id, amount: sumOf(items, (item) => item.openPaise) }));
  const [most] = amounts.toSorted((a, b) => b.amount - a.amount || a.id - b.id);
  return facts.customers.find((one) => one.customerId === most?.id) ?? facts.customers[0] ?? null;
}

/** A text as one customer would get it, with everything that is wrong with it. */
export function renderedFor(
  facts: PlanFacts,
  customer: PlanCustomer | null,
  template: MessageTemplate,
): Rendered {
  const { problems } = templateProblems(template, { brand: brandOf(facts.business) });
  const written = customer === null ? null : writtenFor(facts, customer, template);
  const text = written?.ok === true ? written.value.text : template.body;
  const isRefusedAnew = written?.ok === false && !problems.some((one) => one.code === written.refusal.code);
  return {
    subject: written?.ok === true ? written.value.subject : template.subject,
    text,
    html: template.channel === 'email' ? htmlOf(text) : null,
    values: written?.ok === true ? written.value.values.map((one) => ({ ...one })) : [],
    sms: template.channel === 'sms' ? smsShown(text) : null,
    problems: [
      ...problems,
      ...(isRefusedAnew && written?.ok === false ? [refusalShown(written.refusal)] : []),
      ...(hasPayPlace(text) ? [linkLater] : []),
    ],
  };
}

function smsShown(text: string): NonNullable<Rendered['sms']> {
  const { encoding, units, parts, unicodeLetters } = smsShape(text);
  return {
    encoding: encoding === 'GSM-7' ? 'gsm-7' : 'ucs-2',
    units,
    parts,
    culprits: [...unicodeLetters],
  };
}

/** An amount for the preview of a thank-you to somebody who owes nothing. */
const EXAMPLE_RECEIPT = paise(1_000_00);

function writtenFor(facts: PlanFacts, customer: PlanCustomer, template: MessageTemplate): Result<Written> {
  const items = facts.items.filter((item) => item.customerId === customer.customerId);
  const balancePaise = balanceOf(customer, items);
  const amountPaise = balancePaise > ZERO ? balancePaise : EXAMPLE_RECEIPT;
  const receipt = { amountPaise, receiptDay: facts.day };
  const hasReceipt = template.purpose === 'thanks';
  const wish = { facts, customer, items, balancePaise, template, gateway: null, day: facts.day };
  return writeText(hasReceipt ? { ...wish, receipt } : wish);
}

/** What each field would say; null where there is nothing to say. */
export function fieldValues(
  facts: PlanFacts,
  customer: PlanCustomer | null,
  template: MessageTemplate,
): { readonly field: string; readonly value: string | null }[] {
  return mergeFields.map((field) => {
    const only = { ...template, purpose: 'thanks', subject: null, body: `{{${field}}}` } as const;
    const written = customer === null ? null : writtenFor(facts, customer, only);
    return { field, value: written?.ok === true ? written.value.text : null };
  });
}
