import { sumOf } from '../money.ts';
import { takeRung } from './ladder.ts';
import type { CustomerNow } from './plan-bills.ts';
import { capStop } from './plan-customer.ts';
import type { PlanItem, PlannedMessage, Silence } from './plan-facts.ts';
import { silenceOf } from './plan-customer.ts';
import { type Stop } from './plan-stops.ts';
import { writeText } from './plan-text.ts';
import type { TextReceipt } from './texts/text-facts.ts';
import type { Channel, Purpose } from './words.ts';

// Messages that belong to no cadence: a thank-you and a notice. They take the ladder, the hours and the caps of all.

export type Courtesy = Omit<PlannedMessage, 'cadenceId' | 'step' | 'stepNumber' | 'why'> & {
  readonly cadenceId: null;
  readonly why: {
    readonly code: 'receipt' | 'notice';
    readonly values: Readonly<Record<string, string | number>>;
  };
};

export type CourtesyPlan = {
  readonly messages: readonly Courtesy[];
  readonly silences: readonly Silence[];
};

/** Written ways only, the cheapest that is read first. Nobody rings up or posts a letter to say thank you. */
const courtesyChannels: readonly Channel[] = ['whatsapp', 'sms', 'email'];

export type CourtesyWish = {
  readonly purpose: Extract<Purpose, 'thanks' | 'notice'>;
  readonly dedupeKey: string;
  readonly items: readonly PlanItem[];
  readonly receipt?: TextReceipt;
  readonly why: Courtesy['why'];
  /** What is planned for this customer today already. */
  readonly made: readonly { readonly channel: Channel }[];
};

/** The message, or why it has to wait. */
export function courtesyOf(now: CustomerNow, wish: CourtesyWish): Courtesy | Stop {
  const { index, customer, at, balancePaise } = now;
  const { items, receipt, purpose } = wish;
  const template = index.facts.templates.find((one) => one.purpose === purpose);
  const answer = takeRung(index, {
    customer,
    purpose,
    templateKey: template?.key ?? purpose,
    channels: courtesyChannels,
    tried: [],
    at,
    write: (rung) =>
      writeText({
        facts: index.facts,
        customer,
        items,
        balancePaise,
        template: rung.template,
        gateway: rung.gateway,
        day: at.day,
        ...(receipt === undefined ? {} : { receipt }),
      }),
  });
  if (answer.stop !== undefined) return answer.stop;
  const { channel, gateway, address, window, written, warnings } = answer.taken;
  const capped = capStop(now, channel, wish.made);
  if (capped !== null) return capped;
  return {
    dedupeKey: wish.dedupeKey,
    customerId: customer.customerId,
    purpose,
    cadenceId: null,
    channel,
    gatewayId: gateway?.gatewayId ?? null,
    ...address,
    template: answer.taken.template,
    language: answer.taken.template.language,
    items,
    balancePaise,
    overduePaise: sumOf(
      items.filter((item) => item.dueDay < at.day),
      (item) => item.openPaise,
    ),
    creditPaise: customer.unallocatedPaise,
    ...written,
    day: at.day,
    ...window,
    why: wish.why,
    warnings,
    needsPerson: false,
  };
}

/** Puts the answers of many customers in their two lists. */
export function courtesyPlan(
  answers: readonly { readonly now: CustomerNow; readonly answer: Courtesy | Stop }[],
): CourtesyPlan {
  const messages: Courtesy[] = [];
  const silences: Silence[] = [];
  for (const { now, answer } of answers) {
    if ('reason' in answer) silences.push(silenceOf(now, now.items, answer));
    else messages.push(answer);
  }
  return { messages, silences };
}
