import { addDays, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { variablesByField } from '#domain/reminders/texts/dlt.ts';
import { renderTemplate } from '#domain/reminders/texts/render.ts';
import type { TextFacts } from '#domain/reminders/texts/text-facts.ts';
import { mergeValues } from '#domain/reminders/texts/values.ts';
import { upiLink } from '#domain/reminders/upi.ts';
import type { Business } from '#contract/engine/business.ts';
import type { ReadTx } from '../../storage/database.ts';
import type { GatewayRow } from '../../storage/gateways.ts';
import type { NewMessage } from '../../storage/messages.ts';
import { templateRows } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { businessNow } from '../reminders/business-facts.ts';
import { planGateways } from '../reminders/plan-gateways.ts';
import { templateOf } from '../reminders/rules-facts.ts';
import { brandOf, messageProblems } from '../templates/check.ts';

// What a test says. Operators and Meta let nothing through that is not registered with them, so the test is then one of
// the owner's own texts, with an example in it; elsewhere it is a plain sentence.

export type TestText = Pick<
  NewMessage,
  'templateId' | 'templateVersion' | 'language' | 'subject' | 'body' | 'valuesJson'
>;

type Needs = { readonly needsDlt: boolean; readonly needsWhatsappTemplate: boolean };

const EXAMPLE = { number: 'TEST-1', amountPaise: paise(100) } as const;

export function testText(tx: ReadTx, context: BookContext, row: GatewayRow): TestText {
  const face = planGateways(tx, context.gatewayKinds).find(({ gatewayId }) => gatewayId === row.id);
  const isBound = face !== undefined && (face.needsDlt || face.needsWhatsappTemplate);
  const own = isBound ? ownText(tx, context, { ...face, row }) : null;
  return own ?? plain(context, row);
}

function plain({ book }: BookContext, { name }: GatewayRow): TestText {
  return {
    templateId: null,
    templateVersion: null,
    language: 'en',
    subject: 'Test from Baaki',
    body: `Test from Baaki for ${book.name}. Your gateway ${name} works.`,
    valuesJson: '[]',
  };
}

/** The text that is registered best with this kind of gateway; null where none could leave through it. */
function ownText(
  tx: ReadTx,
  context: BookContext,
  { row, ...needs }: Needs & { readonly row: GatewayRow },
): TestText | null {
  const business = businessNow(tx, context.book.name);
  const isVendors = context.gatewayKinds.get(row.kind)?.describe.capabilities.dlt === 'by-vendor-template';
  const weight = ({ vendorTemplateId, dlt }: MessageTemplate): number =>
    (vendorTemplateId === null ? 0 : isVendors || needs.needsWhatsappTemplate ? 2 : 0) +
    (dlt === null ? 0 : 1);
  const texts = templateRows(tx)
    .map(templateOf)
    .filter((one) => one.channel === row.channel && !one.isPaused)
    .filter((one) => !needs.needsDlt || weight(one) > 0)
    // A test has no paper to put into its head.
    .filter((one) => one.whatsapp?.hasDocument !== true)
    .toSorted((a, b) => weight(b) - weight(a) || a.templateId - b.templateId);
  const facts = factsOf(context, business);
  for (const template of texts) {
    const made = madeOf(template, { facts, business, needs });
    if (made !== null) return made;
  }
  return null;
}

function madeOf(
  template: MessageTemplate,
  {
    facts,
    business,
    needs,
  }: { readonly facts: TextFacts; readonly business: Business; readonly needs: Needs },
): TestText | null {
  const { language, channel, templateId, version } = template;
  const style = { language, channel, variables: variablesByField(template) };
  const rendered = renderTemplate(template, mergeValues(facts, style));
  if (!rendered.ok) return null;
  const { text, subject, values } = rendered.value;
  const problems = messageProblems(
    { template, text, subject, values, ...needs, isEdited: false },
    brandOf(business),
  );
  if (problems.some((one) => one.isBlocking)) return null;
  const valuesJson = JSON.stringify(values);
  return { templateId, templateVersion: version, language, subject, body: text, valuesJson };
}

/** One bill of one rupee that is a day late, so that every text has something to say. */
function factsOf({ today, book }: BookContext, business: Business): TextFacts {
  const { name, phone } = business;
  const { number, amountPaise } = EXAMPLE;
  const dueDay: Day = addDays(today, -1);
  return {
    businessName: name,
    businessPhone: phone,
    customerName: name,
    bills: [
      {
        number,
        billDay: dueDay,
        dueDay,
        openPaise: amountPaise,
        daysLate: 1,
        currency: null,
        foreignMinor: null,
      },
    ],
    creditPaise: amountPaise,
    baseCurrency: book.baseCurrency,
    overduePaise: amountPaise,
    totalPaise: amountPaise,
    upiLink: linkOf(business, book.baseCurrency),
    payLink: null,
    receipt: { amountPaise, receiptDay: today },
    promiseDay: today,
    today,
  };
}

function linkOf({ vpa, payeeName, name }: Business, currency: string): string | null {
  if (vpa === null) return null;
  const { number: note, amountPaise } = EXAMPLE;
  const wish = { vpa, name: payeeName ?? name, amountPaise, currency, note };
  const link = upiLink({ ...wish, reference: null, merchantCode: null });
  return link.ok ? link.value : null;
}
