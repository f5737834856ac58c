import { describe, expect, it } from 'vitest';
import type { CadenceShown } from '#contract/engine/cadences.ts';
import { aBill, refusalOf } from '#tests/builders/facts.ts';
import {
  cadence,
  companyCadence,
  dayAfterMonday,
  MONDAY,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

const draft = {
  key: 'due',
  purpose: 'reminder',
  channel: 'whatsapp',
  language: 'en',
  tone: 'plain',
  name: 'Ours',
  subject: null,
  body: 'Dear {{customer_name}}, please pay {{amount}} for {{bill_list}} to {{business_name}}.',
  dlt: null,
  vendorTemplateId: null,
  whatsapp: null,
  isPaused: false,
} as const;

describe('a text', () => {
  it('that breaks a rule is kept, paused, and says why in both languages', async () => {
    const book = await remindersBook();
    const { templateId, problems } = await book.client.templates.save({
      ...draft,
      body: 'Pay {{amont}} or the police will come.',
    });
    expect(problems.map((one) => [one.code, one.isBlocking])).toEqual([
      ['merge-field-unknown', true],
      ['wording-police', true],
    ]);
    expect(problems.every((one) => /[\u0900-\u097f]/.test(one.detail.hi))).toBe(true);
    const kept = (await book.client.templates.list()).find((one) => one.templateId === templateId);
    expect(kept).toMatchObject({ isPaused: true, version: 1, isStarter: false });
    const { problems: none } = await book.client.templates.save({ ...draft, templateId });
    expect(none).toEqual([]);
    const mended = (await book.client.templates.list()).find((one) => one.templateId === templateId);
    expect(mended).toMatchObject({ isPaused: false, version: 2 });
  });

  it('is there once for a message, a channel and a language', async () => {
    const book = await remindersBook();
    const { templateId } = await book.client.templates.save(draft);
    expect((await refusalOf(book.client.templates.save(draft))).code).toBe('template-twice');
    await book.client.templates.remove({ templateId });
    await book.client.templates.save({ ...draft, name: 'Newer' });
    expect((await refusalOf(book.client.templates.restore({ templateId }))).code).toBe('template-twice');
  });

  it('is previewed on a real customer: who owes most if none is named', async () => {
    const book = await remindersBook();
    const [small, large] = [person(book, { name: 'Small' }), person(book, { name: 'Large & Sons' })];
    book.db.write((tx) => {
      aBill(tx, small, { amount: 10, billDay: '2026-10-01', dueDay: '2026-10-31' });
      aBill(tx, large, { amount: 125_000, billDay: '2026-10-01', dueDay: '2026-10-31' });
    });
    const shown = await book.client.templates.preview({ draft });
    expect(shown).toMatchObject({ customerId: large, customerName: 'Large & Sons', problems: [] });
    expect(shown.text).toContain('₹1,25,000.00');
    const sms = {
      ...draft,
      channel: 'sms',
      body: 'Dear ‘{{customer_name}}’, Rs {{amount}} due — {{business_name}} नमस्ते',
    } as const;
    const inSms = await book.client.templates.preview({ draft: sms, customerId: small });
    expect(inSms.sms).toMatchObject({ encoding: 'ucs-2', parts: 1 });
    expect(inSms.sms?.culprits).toContain('न');
    const fields = await book.client.templates.fields({
      channel: 'whatsapp',
      language: 'en',
      customerId: small,
    });
    expect(fields.find((one) => one.field === 'amount')?.value).toBe('₹10.00');
    expect(fields.find((one) => one.field === 'upi_link')?.value).toBeNull();
  });

  it('of the starter set is added once, in every language, and none of them is broken', async () => {
    const book = await remindersBook();
    await book.client.business.save({ name: 'Gupta Traders', phone: '9820000000', vpa: 'gupta@okicici' });
    const languages = ['en', 'hi', 'gu', 'mr', 'ta', 'te', 'kn', 'bn'] as const;
    const { addedCount } = await book.client.templates.addStarters({ languages: [...languages] });
    expect(addedCount).toBeGreaterThan(8 * 20);
    expect(await book.client.templates.addStarters({ languages: [...languages] })).toEqual({ addedCount: 0 });
    const broken = (await book.client.templates.list()).filter(
      (one) => one.isStarter && one.problems.some((problem) => problem.isBlocking),
    );
    expect(
      broken.map((one) => `${one.key} ${one.channel} ${one.language}: ${one.problems[0]?.code}`),
    ).toEqual([]);
  });

  it('carries a UPI link once the business has an address for it', async () => {
    const book = await remindersBook();
    const id = person(book);
    book.db.write((tx) => aBill(tx, id, { amount: 10, billDay: '2026-10-01', dueDay: '2026-10-31' }));
    const withLink = {
      ...draft,
      body: 'Please pay {{amount}} here: {{upi_link}} Thank you, {{business_name}}.',
    };
    const before = await book.client.templates.preview({ draft: withLink });
    expect(before.problems.map((one) => one.code)).toEqual(['merge-value-missing']);
    await book.client.business.save({ vpa: 'gupta@okicici' });
    const after = await book.client.templates.preview({ draft: withLink });
    expect(after.text).toContain('upi://pay?pa=gupta@okicici&pn=Gupta%20Traders&am=10.00');
  });
});

async function onlyCadence(
  book: RemindersBook,
): Promise<CadenceShown & Record<'customerCount' | 'problemCount', number>> {
  const { cadences } = await book.client.cadences.list();
  expect(cadences).toHaveLength(1);
  return cadences[0]!;
}

describe('a cadence', () => {
  it('does not remind of a step that was moved to a day that has passed, and not of those counted from it', async () => {
    const book = await remindersBook();
    const steps = [{ days: 60 }, { days: 7, anchor: 'previous' }] as const;
    await companyCadence(book, { steps });
    const id = person(book);
    book.db.write((tx) => aBill(tx, id, { amount: 1000, billDay: '2026-10-20', dueDay: MONDAY }));
    book.goTo(22);
    const { customerCount: _c, problemCount: _p, activeFrom: _a, ...before } = await onlyCadence(book);
    const moveTo = (days: number) =>
      book.client.cadences.save({
        ...before,
        steps: before.steps.map((step, at) => (at === 0 ? { ...step, days } : step)),
      });
    await moveTo(5);
    expect((await book.plan()).rows).toEqual([]);
    expect((await onlyCadence(book)).steps.map((step) => step.actsFrom)).toEqual([
      dayAfterMonday(22),
      dayAfterMonday(22),
    ]);
    await moveTo(22);
    expect((await book.rowOf(id)).why).toMatchObject({ code: 'step-due', values: { stepNumber: 1 } });
  });

  const one = (book: RemindersBook, cadenceId: number): Promise<CadenceShown | undefined> =>
    book.client.cadences.list().then(({ cadences }) => cadences.find((each) => each.cadenceId === cadenceId));

  it('acts anew from the day on which it is switched on or has another step, not when it is reworded', async () => {
    const book = await remindersBook();
    const cadenceId = await cadence(book);
    const before = await one(book, cadenceId);
    if (!before) throw new Error('No cadence.');
    const { activeFrom: _activeFrom, ...words } = before;
    book.goTo(3);
    await book.client.cadences.save({ ...words, name: 'Renamed' });
    expect((await one(book, cadenceId))?.activeFrom).toBe(MONDAY);
    const [step] = words.steps;
    if (!step) throw new Error('No step.');
    await book.client.cadences.save({
      ...words,
      steps: [...words.steps, { ...step, stepId: 'new', days: 20 }],
    });
    expect((await one(book, cadenceId))?.activeFrom).toBe(dayAfterMonday(3));
    book.goTo(5);
    await book.client.cadences.save({ ...words, isOn: false });
    expect((await one(book, cadenceId))?.activeFrom).toBe(dayAfterMonday(3));
    book.goTo(7);
    await book.client.cadences.save({ ...words, isOn: true });
    expect((await one(book, cadenceId))?.activeFrom).toBe(dayAfterMonday(7));
  });

  it('is refused with steps that cannot be walked', async () => {
    const book = await remindersBook();
    const save = (steps: Parameters<typeof cadence>[1]) => refusalOf(cadence(book, steps));
    expect((await save({ steps: [] })).code).toBe('cadence-no-steps');
    expect((await save({ steps: [{ anchor: 'bill', days: -1 }] })).code).toBe('step-before-anchor');
    expect((await save({ steps: [{ anchor: 'previous', days: 3 }] })).code).toBe('step-no-previous');
    const { assign } = book.client.cadences;
    expect((await refusalOf(assign({ scope: 'tag', scopeKey: '', cadenceId: null }))).code).toBe(
      'scope-not-named',
    );
    expect((await refusalOf(assign({ scope: 'customer', scopeKey: '77', cadenceId: null }))).code).toBe(
      'customer-gone',
    );
    expect((await refusalOf(assign({ scope: 'company', scopeKey: '', cadenceId: 99 }))).code).toBe(
      'cadence-gone',
    );
  });

  it('of the presets brings its texts with it, switched off', async () => {
    const book = await remindersBook();
    person(book, { language: 'ta' });
    for (const preset of ['gentle', 'standard', 'firm'] as const) {
      const { cadenceId } = await book.client.cadences.addPreset({ preset });
      const { cadences } = await book.client.cadences.list();
      const made = cadences.find((each) => each.cadenceId === cadenceId);
      expect([made?.isOn, made?.problemCount]).toEqual([false, 0]);
    }
    const languages = new Set((await book.client.templates.list()).map((each) => each.language));
    expect([...languages].toSorted()).toEqual(['en', 'hi', 'ta']);
  });

  it('shows on which days its steps fall for a bill', async () => {
    const book = await remindersBook();
    const cadenceId = await cadence(book, { steps: [{ days: -2 }, { days: 3 }] });
    const { steps } = (await one(book, cadenceId)) ?? { steps: [] };
    const days = await book.client.cadences.stepDays({ steps, billDay: MONDAY, dueDay: dayAfterMonday(34) });
    expect(days.map(({ day, isOnHoliday }) => [day, isOnHoliday])).toEqual([
      ['2026-12-25', true],
      ['2026-12-30', false],
    ]);
  });
});

describe('the business', () => {
  it('bears the book’s name until it has one, and takes only what can be used', async () => {
    const book = await remindersBook();
    expect(await book.client.business.get()).toMatchObject({
      name: 'Gupta Traders',
      vpa: null,
      ownerPhone: null,
    });
    const refused = async (wish: Parameters<typeof book.client.business.save>[0]) =>
      (await refusalOf(book.client.business.save(wish))).code;
    expect(await refused({ vpa: 'no address' })).toBe('vpa-not-valid');
    expect(await refused({ phone: '12' })).toBe('phone-not-valid');
    expect(await refused({ ownerEmail: 'me' })).toBe('email-not-valid');
    expect(await refused({ merchantCode: '0000' })).toBe('merchant-code-not-valid');
    expect((await book.client.business.save({ gstin: '27ABCDE' })).gstin).toBe('27ABCDE');
    const saved = await book.client.business.save({
      name: 'Gupta & Sons',
      vpa: 'gupta@okicici',
      phone: '9820000000',
      address: ' ',
    });
    expect(saved).toMatchObject({ name: 'Gupta & Sons', vpa: 'gupta@okicici', address: null });
  });
});
