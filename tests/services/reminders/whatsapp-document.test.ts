import type { PlannedMessage } from '#domain/reminders/plan-facts.ts';
import { planReminders } from '#domain/reminders/plan.ts';
import { rowOf, type RowWorld } from '#engine/services/reminders/plan-row.ts';
import { aCadence, anItem, aStep, aTemplate, planFacts } from '#tests/builders/plan-facts.ts';
import { expect, it } from 'vitest';

const gateway = { name: 'Cloud', needsDlt: false, needsWhatsappTemplate: true, pricePerPartMicros: null };
const world: RowWorld = {
  brand: { businessName: 'Asha Traders', businessPhone: null },
  edits: { get: () => undefined },
  customerName: () => 'A',
  cadenceName: () => null,
  gateway: () => gateway,
  preflight: () => [],
  isForPerson: () => false,
  instantAt: () => 0,
  byHandUntil: 0,
};

function planned(attaches: 'outstanding' | null): PlannedMessage {
  const step = aStep({ days: 0, channels: ['whatsapp'], attaches });
  const body = 'Your bill is due.';
  const whatsapp = {
    name: 'due',
    language: 'en',
    status: 'approved',
    parameters: [],
    hasDocument: true,
  } as const;
  const templates = [aTemplate('whatsapp', { body, whatsapp })];
  const [message] = planReminders(
    planFacts({ items: [anItem(1, 1000, 0)], cadences: [aCadence([step])], templates }),
  ).messages;
  if (message === undefined) throw new Error('Nothing is planned.');
  return message;
}

it('refuses a WhatsApp text with a place for a PDF where the step sends none, before Meta does', () => {
  const problems = (attaches: 'outstanding' | null) =>
    rowOf(planned(attaches), world).problems.map(({ code, isBlocking }) => ({ code, isBlocking }));
  expect(problems(null)).toEqual([{ code: 'whatsapp-document-missing', isBlocking: true }]);
  expect(problems('outstanding')).toEqual([]);
});
