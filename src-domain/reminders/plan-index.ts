import type { Day } from '../days.ts';
import type { Result } from '../result.ts';
import type { Cadence, CadenceAssignment } from './cadence.ts';
import type { PlanCustomer, PlanFacts, PlanGateway, PlanItem, PlanSent } from './plan-facts.ts';
import type { BillPast, KnownPasts } from './plan-history.ts';
import { writeText, type TextWish, type Written } from './plan-text.ts';
import type { OpenSteps, StepPlaces } from './step-days.ts';
import type { MessageTemplate } from './template-facts.ts';
import type { CadenceScope, Channel } from './words.ts';

/** The facts of a plan, found by what they are asked for. `sent` may grow as days are played forward. */
export type PlanIndex = {
  readonly facts: PlanFacts;
  readonly customers: ReadonlyMap<number, PlanCustomer>;
  readonly items: ReadonlyMap<number, readonly PlanItem[]>;
  readonly sent: Map<number, PlanSent[]>;
  readonly cadences: ReadonlyMap<number, Cadence>;
  readonly assignments: ReadonlyMap<string, readonly CadenceAssignment[]>;
  readonly hasRules: Readonly<Record<'bill' | 'customer', boolean>>;
  readonly acting: Map<Day, Acting>;
  /** Rulings of customers without one of their own, by what acts and tags: most customers share one. */
  readonly shared: Map<string, Ruling | NoRuling>;
  readonly gateways: ReadonlyMap<Channel, readonly PlanGateway[]>;
  readonly templates: ReadonlyMap<string, readonly MessageTemplate[]>;
  readonly write: (wish: TextWish) => Result<Written>;
  /** Texts that were chosen before, by all that the choice rests on. */
  readonly chosen: Map<string, MessageTemplate | null>;
  readonly pasts: KnownPasts;
  readonly steps: Map<PlanItem, KnownSteps>;
};

/** Open steps of a part of a bill, and what they were reckoned from. */
export type KnownSteps = {
  readonly past: BillPast;
  readonly cadence: Cadence;
  readonly activeFrom: Day;
  readonly isLate: boolean;
  readonly places: StepPlaces;
  readonly open: OpenSteps;
};

/** How many assignments act on a day, and when the next begins to: while none does, rulings stay. */
type Acting = { readonly count: number; readonly until: Day | null };

const scopeText = (scope: CadenceScope, key: string): string => `${scope}|${key}`;

export function indexFacts(facts: PlanFacts): PlanIndex {
  const open = facts.items.filter((item) => item.openPaise > 0);
  return {
    facts,
    customers: new Map(facts.customers.map((one) => [one.customerId, one])),
    items: Map.groupBy(open, (item) => item.customerId),
    sent: Map.groupBy(facts.sent, (one) => one.customerId),
    cadences: new Map(facts.cadences.map((one) => [one.cadenceId, one])),
    assignments: Map.groupBy(facts.assignments, (one) => scopeText(one.scope, one.scopeKey)),
    hasRules: {
      bill: facts.assignments.some(({ scope }) => scope === 'bill'),
      customer: facts.assignments.some(({ scope }) => scope === 'customer'),
    },
    acting: new Map(),
    shared: new Map(),
    gateways: Map.groupBy(facts.gateways, (one) => one.channel),
    templates: Map.groupBy(facts.templates, (one) => `${one.purpose}|${one.channel}|${one.key}`),
    write: writeText,
    chosen: new Map(),
    pasts: new Map(),
    steps: new Map(),
  };
}

/** A cadence and the day from which it acts on a bill. */
export type Ruling = { readonly cadence: Cadence; readonly activeFrom: Day };
/** Null: nobody reminds there, and where a rule is still to come, from when. */
export type NoRuling = { readonly cadence: null; readonly until: Day | null };

/**
 * The cadences of a customer's bills on a day: the narrowest scope that has an assignment acting by then (bill, customer,
 * tag, company); within a scope the newest. An assignment without a cadence ends the search: there nobody reminds (RM3).
 */
export function rulingsOf(
  index: PlanIndex,
  customer: PlanCustomer,
  day: Day,
): (item: PlanItem) => Ruling | NoRuling {
  const whole = customerRuling(index, customer, day);
  if (!index.hasRules.bill) return () => whole;
  return (item) => {
    const own = scopeText('bill', String(item.billId));
    return index.assignments.has(own) ? rulingIn(index, [[own], ...scopesOf(customer)], day) : whole;
  };
}

function scopesOf({ customerId, tags }: PlanCustomer): readonly (readonly string[])[] {
  return [
    [scopeText('customer', String(customerId))],
    tags.map((tag) => scopeText('tag', tag)),
    [scopeText('company', '')],
  ];
}

function customerRuling(index: PlanIndex, customer: PlanCustomer, day: Day): Ruling | NoRuling {
  const { customerId, tags } = customer;
  if (index.hasRules.customer && index.assignments.has(scopeText('customer', String(customerId))))
    return rulingIn(index, scopesOf(customer), day);
  const key = [actingOn(index, day).count, ...tags].join('|');
  const known = index.shared.get(key) ?? rulingIn(index, scopesOf(customer), day);
  index.shared.set(key, known);
  return known;
}

export function actingOn({ facts, acting }: PlanIndex, day: Day): Acting {
  const known = acting.get(day);
  if (known !== undefined) return known;
  let [count, until] = [0, null as Day | null];
  for (const { activeFrom } of facts.assignments) {
    if (activeFrom <= day) count += 1;
    else if (until === null || activeFrom < until) until = activeFrom;
  }
  acting.set(day, { count, until });
  return { count, until };
}

/** Scopes from the narrowest on, each with the keys that the bill has in it. */
function rulingIn(index: PlanIndex, scopes: readonly (readonly string[])[], day: Day): Ruling | NoRuling {
  let until: Day | null = null;
  for (const keys of scopes) {
    const own = keys.flatMap((key) => index.assignments.get(key) ?? []);
    const [acting] = own
      .filter((one) => one.activeFrom <= day)
      .toSorted((a, b) => b.assignmentId - a.assignmentId);
    for (const one of own)
      if (one.activeFrom > day && (until === null || one.activeFrom < until)) until = one.activeFrom;
    if (acting === undefined) continue;
    const cadence = acting.cadenceId === null ? undefined : index.cadences.get(acting.cadenceId);
    if (cadence === undefined) return { cadence: null, until: null };
    const activeFrom = acting.activeFrom > cadence.activeFrom ? acting.activeFrom : cadence.activeFrom;
    return { cadence, activeFrom };
  }
  return { cadence: null, until };
}

/** The first usable text of a key, in the customer's language or else in English; where none is, what there is. */
export function templateFor(
  index: PlanIndex,
  wish: Pick<MessageTemplate, 'purpose' | 'channel' | 'key' | 'language'>,
  isUsable: (template: MessageTemplate) => boolean,
): MessageTemplate | null {
  const all = index.templates.get(`${wish.purpose}|${wish.channel}|${wish.key}`) ?? [];
  const own = all.filter(({ language }) => language === wish.language);
  const english = wish.language === 'en' ? [] : all.filter(({ language }) => language === 'en');
  return [...own, ...english].find(isUsable) ?? own[0] ?? english[0] ?? null;
}
