import type { Day } from '#domain/days.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import { assignmentRows, cadenceRows } from '../../storage/cadences.ts';
import type { BookFile, ReadTx } from '../../storage/database.ts';
import { rulesVersion } from '../../storage/facts-version.ts';
import { templateRows } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { businessNow } from './business-facts.ts';
import { linkGateway } from '../pay-links/link-gateway.ts';
import { planGateways } from './plan-gateways.ts';
import { policyNow } from './policy.ts';
import { assignmentOf, cadenceOf, templateOf, textsForSteps } from './rules-facts.ts';

/** What the owner has set: it is asked for with every message and seldom changed. */
export type RulesNow = Pick<
  PlanFacts,
  'business' | 'policy' | 'cadences' | 'assignments' | 'templates' | 'gateways'
>;

type Kept = {
  readonly version: string;
  readonly today: Day;
  readonly name: string;
  readonly rules: RulesNow;
};
const kept = new WeakMap<BookFile, Kept>();

export function rulesNow(tx: ReadTx, context: BookContext): RulesNow {
  const { db, today, book } = context;
  const version = rulesVersion(tx);
  const before = kept.get(db);
  if (before?.version === version && before.today === today && before.name === book.name) return before.rules;
  const { name, phone, vpa, payeeName } = businessNow(tx, book.name);
  const rules: RulesNow = {
    business: { name, phone, vpa, payeeName, payLinkChars: payLinkChars(tx, context) },
    policy: policyNow(tx, today),
    cadences: cadenceRows(tx).map(cadenceOf),
    assignments: assignmentRows(tx).map(assignmentOf),
    templates: textsForSteps(templateRows(tx).map(templateOf)),
    gateways: planGateways(tx, context.gatewayKinds),
  };
  // What a write has not committed may be rolled back, and with it the version it would be kept under.
  if (!db.isWriting()) kept.set(db, { version, today, name: book.name, rules });
  return rules;
}

function payLinkChars(tx: ReadTx, { paymentKinds }: BookContext): number | null {
  const gateway = linkGateway(tx, paymentKinds);
  return paymentKinds.get(gateway?.kind ?? '')?.linkChars ?? null;
}
