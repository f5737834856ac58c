import type { Day } from '../days.ts';
import { paise, sumOf, type Paise } from '../money.ts';
import { ok, type Result } from '../result.ts';
import { daysApart } from './day-counts.ts';
import { payPlace } from './pay-place.ts';
import type { PlanCustomer, PlanFacts, PlanGateway, PlanItem, PlannedMessage } from './plan-facts.ts';
import type { MessageTemplate } from './template-facts.ts';
import { variablesByField } from './texts/dlt.ts';
import { fieldsOf } from './texts/fields.ts';
import { renderTemplate } from './texts/render.ts';
import { creditLine } from './texts/lists.ts';
import { smsShape } from './texts/sms.ts';
import type { TextBill, TextFacts, TextReceipt } from './texts/text-facts.ts';
import { mergeValues, type FieldVariables } from './texts/values.ts';
import { upiLink, upiNote } from './upi.ts';
import type { Channel } from './words.ts';

export type TextWish = {
  readonly facts: Pick<PlanFacts, 'business' | 'baseCurrency'>;
  readonly customer: PlanCustomer;
  readonly items: readonly PlanItem[];
  readonly balancePaise: Paise;
  readonly template: MessageTemplate;
  readonly gateway: PlanGateway | null;
  readonly day: Day;
  readonly receipt?: TextReceipt;
};

export type Written = Pick<PlannedMessage, 'subject' | 'text' | 'values' | 'parts' | 'costMicros'>;

/** The text of a message with the amounts of its items, its parts and what they cost. */
export function writeText(wish: TextWish): Result<Written> {
  const { facts, customer, items, template, gateway, day } = wish;
  const bills = items.map((item) => textBill(item, day));
  const own = items.filter((item) => item.currency === null);
  const late = own.filter((item) => item.dueDay < day);
  const totalPaise = sumOf(own, (item) => item.openPaise);
  const text = {
    businessName: facts.business.name,
    businessPhone: facts.business.phone,
    customerName: customer.name,
    bills,
    creditPaise: customer.unallocatedPaise,
    baseCurrency: facts.baseCurrency,
    overduePaise: sumOf(late, (item) => item.openPaise),
    totalPaise,
    upiLink: linkOf(wish, totalPaise),
    payLink: payPlaceOf(wish, totalPaise),
    receipt: wish.receipt ?? null,
    today: day,
  };
  const { language, channel } = template;
  const rendered = renderTemplate(template, mergeValues(text, { language, channel, ...needsOf(template) }));
  if (!rendered.ok) return rendered;
  const body = items.length === 0 ? rendered.value.text : withCredit(rendered.value.text, text, template);
  const parts = partsOf(template, body, gateway);
  const price = gateway?.pricePerPartMicros ?? null;
  // A person prints or speaks: nobody is paid for the message.
  const isFree = template.channel === 'letter' || template.channel === 'call';
  return ok({
    subject: rendered.value.subject,
    text: body,
    values: rendered.value.values,
    parts,
    costMicros: isFree ? 0 : parts === null || price === null ? null : parts * price,
  });
}

/**
 * Whether a customer's credit is told of where he has some (RM13): by the text itself, or by a line after it. What is
 * registered with an operator, a vendor or Meta takes no line that does not stand there.
 */
export function tellsCredit(template: MessageTemplate): boolean {
  const { dlt, vendorTemplateId, whatsapp } = template;
  return saysCredit(template) || (dlt === null && vendorTemplateId === null && whatsapp === null);
}

function saysCredit(template: MessageTemplate): boolean {
  const { fields } = needsOf(template);
  return fields.includes('credit_amount') || fields.includes('balance_lines');
}

function withCredit(
  body: string,
  facts: Pick<TextFacts, 'creditPaise' | 'baseCurrency'>,
  template: MessageTemplate,
): string {
  if (facts.creditPaise <= 0 || saysCredit(template) || !tellsCredit(template)) return body;
  const { language, channel } = template;
  const line = creditLine(facts, { language, channel, baseCurrency: facts.baseCurrency });
  const isRunning = channel === 'sms' || channel === 'voice' || channel === 'call';
  return isRunning ? `${body} ${line}` : `${body}\n\n${line}`;
}

type Needs = { readonly variables: FieldVariables; readonly fields: readonly string[] };

// One text is written thousands of times in a run.
const knownNeeds = new WeakMap<MessageTemplate, Needs>();

/** The fields that a text has, and the DLT variables they stand in. */
export function needsOf(template: MessageTemplate): Needs {
  let needs = knownNeeds.get(template);
  if (needs === undefined) {
    const fields = fieldsOf(`${template.subject ?? ''}\n${template.body}`);
    needs = { variables: variablesByField(template), fields };
    knownNeeds.set(template, needs);
  }
  return needs;
}

/** A bill without a number is called by its day. */
function textBill(item: PlanItem, day: Day): TextBill {
  const { billDay, dueDay, openPaise, currency, foreignMinor } = item;
  const called = `${billDay.slice(8, 10)}-${billDay.slice(5, 7)}-${billDay.slice(0, 4)}`;
  const daysLate = daysApart(dueDay, day);
  return { number: item.number ?? called, billDay, dueDay, openPaise, daysLate, currency, foreignMinor };
}

/** Never for more than is owed in all: what the customer has with us counts (S11). Null where UPI cannot pay it. */
function linkOf({ facts, items, balancePaise, template }: TextWish, totalPaise: Paise): string | null {
  const { vpa, payeeName, name } = facts.business;
  if (vpa === null || !needsOf(template).fields.includes('upi_link')) return null;
  const link = upiLink({
    vpa,
    name: payeeName ?? name,
    amountPaise: paise(Math.min(totalPaise, balancePaise)),
    currency: facts.baseCurrency,
    note: upiNote(
      items.flatMap((item) => item.number ?? []),
      name,
    ),
    reference: null,
    merchantCode: null,
  });
  return link.ok ? link.value : null;
}

/** Channels on which a link can be followed; a letter prints its own code. */
const linkable: ReadonlySet<Channel> = new Set(['sms', 'whatsapp', 'email']);

/** What stands for the link until the message leaves (pay-place.ts). Null where no gateway could make one: they take rupees. */
function payPlaceOf({ facts, items, balancePaise, template }: TextWish, totalPaise: Paise): string | null {
  const { payLinkChars } = facts.business;
  if (payLinkChars === null || !needsOf(template).fields.includes('pay_link')) return null;
  const isInRupees = facts.baseCurrency === 'INR' && items.every((item) => item.currency === null);
  const isOwed = Math.min(totalPaise, balancePaise) > 0;
  return isInRupees && isOwed && linkable.has(template.channel) ? payPlace(payLinkChars) : null;
}

function partsOf(template: MessageTemplate, text: string, gateway: PlanGateway | null): number | null {
  if (template.channel === 'sms') return smsShape(text).parts;
  return gateway === null ? null : 1;
}
