import { describe, expect, it } from 'vitest';
import { aBill, moneyIn, refusalOf } from '#tests/builders/facts.ts';
import {
  addText,
  companyCadence,
  MONDAY,
  person,
  remindersBook,
  type RemindersBook,
} from './reminders-book.ts';

async function debtorBook(): Promise<{
  readonly book: RemindersBook;
  readonly id: number;
  readonly sms: number;
}> {
  const book = await remindersBook();
  const id = person(book, { phone: '9820000001' });
  book.db.write((tx) => aBill(tx, id, { amount: 1000, billDay: '2026-11-02', dueDay: '2026-11-12' }));
  const sms = (await book.client.templates.list()).find(
    (one) => one.channel === 'sms' && one.language === 'en',
  );
  return { book, id, sms: sms?.templateId ?? 0 };
}

describe('one message by hand', () => {
  it('is shown as a draft first, and sent as it was shown', async () => {
    const { book, id, sms } = await debtorBook();
    const wish = { customerId: id, channel: 'sms', templateId: sms } as const;
    const draft = await book.client.reminders.sendOne({ ...wish, isDraft: true });
    expect(draft).toMatchObject({ messageId: null, silence: null, row: { cadenceId: null, problems: [] } });
    expect((await book.client.messages.list({})).totalCount).toBe(0);
    const sent = await book.client.reminders.sendOne({ ...wish, isDraft: false });
    expect(sent.row).toEqual(draft.row);
    const message = await book.client.messages.get({ messageId: sent.messageId ?? 0 });
    expect(message).toMatchObject({ text: draft.row.text, address: '+919820000001', state: 'scheduled' });
  });

  it('does not go with words that were typed over an older balance', async () => {
    const { book, id, sms } = await debtorBook();
    const wish = { customerId: id, channel: 'sms', templateId: sms } as const;
    const { row } = await book.client.reminders.sendOne({ ...wish, isDraft: true });
    book.db.write((tx) => moneyIn(tx, id, { amount: 400, day: '2026-10-10' }));
    const typed = { ...wish, text: 'You owe Rs.1,000.00.', balancePaise: row.balancePaise, isDraft: false };
    expect((await refusalOf(book.client.reminders.sendOne(typed))).code).toBe('plan-changed');
    expect((await book.client.messages.list({})).totalCount).toBe(0);
  });

  it('goes once a day to a customer on a channel', async () => {
    const { book, id, sms } = await debtorBook();
    const wish = { customerId: id, channel: 'sms', templateId: sms, isDraft: false } as const;
    expect((await book.client.reminders.sendOne(wish)).messageId).not.toBeNull();
    expect(await book.client.reminders.sendOne(wish)).toMatchObject({ messageId: null, silence: 'cap-day' });
  });

  it('does not go to whoever said no, has paid, or at night', async () => {
    const { book, id, sms } = await debtorBook();
    const send = () =>
      book.client.reminders.sendOne({ customerId: id, channel: 'sms', templateId: sms, isDraft: false });
    book.goTo(0, '20:00');
    expect((await send()).silence).toBe('outside-hours');
    book.goTo(0, '10:00');
    book.db.write((tx) => moneyIn(tx, id, { amount: 1000, day: '2026-11-10' }));
    expect((await send()).silence).toBe('paid');
    await book.client.consents.record({
      customerIds: [id],
      channel: 'sms',
      purpose: 'reminder',
      isGranted: false,
      how: 'STOP',
    });
    expect((await send()).silence).toBe('opted-out');
    expect((await book.client.messages.list({})).totalCount).toBe(0);
  });

  it('with words of one’s own passes the same checks', async () => {
    const { book, id, sms } = await debtorBook();
    const wish = { customerId: id, channel: 'sms', templateId: sms, isDraft: false } as const;
    const threat = await book.client.reminders.sendOne({ ...wish, text: 'Pay or the police will come.' });
    expect(threat).toMatchObject({
      messageId: null,
      row: { isEdited: true, problems: [{ isBlocking: true }] },
    });
    const kind = await book.client.reminders.sendOne({ ...wish, text: 'Please ring me about the bill.' });
    expect(kind).toMatchObject({ row: { text: 'Please ring me about the bill.' }, silence: null });
    expect(kind.messageId).not.toBeNull();
  });

  it('is refused to an address that cannot be reached, and with a text that is gone', async () => {
    const { book, id, sms } = await debtorBook();
    const wish = { customerId: id, channel: 'sms', templateId: sms, isDraft: true } as const;
    expect((await refusalOf(book.client.reminders.sendOne({ ...wish, address: '022 2345 6789' }))).code).toBe(
      'address-not-valid',
    );
    expect((await refusalOf(book.client.reminders.sendOne({ ...wish, templateId: 99 }))).code).toBe(
      'template-gone',
    );
  });

  it('answers a customer at any hour and although a reply of his waits', async () => {
    const { book, id } = await debtorBook();
    const templateId = book.db.write((tx) =>
      addText(tx, {
        channel: 'sms',
        language: 'en',
        key: 'answer',
        purpose: 'reply',
        body: 'Thank you, we look into it. {{business_name}}',
      }),
    );
    book.goTo(0, '21:30');
    const sent = await book.client.reminders.sendOne({
      customerId: id,
      channel: 'sms',
      templateId,
      text: 'We look into it tomorrow.',
      isDraft: false,
    });
    expect(sent).toMatchObject({ silence: null, row: { purpose: 'reply' } });
    expect(sent.messageId).not.toBeNull();
  });
});

describe('the owner’s rules', () => {
  it('may narrow India’s hours and never widen them', async () => {
    const { book } = await debtorBook();
    const { policy, outer } = await book.client.reminders.policy();
    expect(outer['sms']).toEqual({ fromMinute: 480, toMinute: 1140 });
    const save = (fromMinute: number, toMinute: number) =>
      book.client.reminders.savePolicy({
        hours: { ...policy.hours, sms: { ...policy.hours.sms, fromMinute, toMinute } },
      });
    expect(await refusalOf(save(479, 1000))).toMatchObject({
      code: 'hours-too-wide',
      field: 'hours.sms',
      values: { channel: 'sms', from: '08:00', to: '19:00' },
    });
    expect((await refusalOf(save(600, 1141))).code).toBe('hours-too-wide');
    expect((await refusalOf(save(700, 700))).code).toBe('hours-empty');
    expect((await save(480, 1140)).hours.sms.fromMinute).toBe(480);
  });

  it('know the national holidays, which the owner may edit', async () => {
    const { book } = await debtorBook();
    const { policy } = await book.client.reminders.policy();
    expect(policy.holidays.map((one) => one.day)).toContain('2027-01-26');
    const holidays = [{ day: MONDAY, name: 'Our own day' }];
    expect((await book.client.reminders.savePolicy({ holidays })).holidays).toEqual(holidays);
    await companyCadence(book, { steps: [{ days: 11 }] });
    expect((await book.plan()).silences.map((one) => one.reason)).toEqual(['outside-hours']);
    const [today] = await book.client.reminders.calendar({ from: MONDAY, to: MONDAY });
    expect(today).toMatchObject({ isHoliday: true, holidayName: 'Our own day', count: 0 });
  });

  it('know the holidays of years that the owner has not seen yet', async () => {
    const { book } = await debtorBook();
    const holidays = [{ day: MONDAY, name: 'Our own day' }];
    await book.client.reminders.savePolicy({ holidays });
    const years = async (): Promise<readonly string[]> => {
      const { policy } = await book.client.reminders.policy();
      return [...new Set(policy.holidays.map((one) => one.day.slice(0, 4)))];
    };
    expect(await years()).toEqual(['2026']);
    book.goTo(3 * 365);
    expect(await years()).toEqual(['2026', '2029', '2030', '2031']);
    await book.client.reminders.savePolicy({ perDayMost: 2 });
    expect(await years()).toEqual(['2026', '2029', '2030', '2031']);
  });

  it('are told with the status: red button, dry run, what waits', async () => {
    const { book, id, sms } = await debtorBook();
    await book.client.reminders.sendOne({ customerId: id, channel: 'sms', templateId: sms, isDraft: false });
    expect(await book.client.reminders.status()).toMatchObject({
      isKilled: false,
      isDryRun: false,
      heldElsewhere: null,
      scheduledCount: 1,
      sentTodayCount: 0,
      spentTodayMicros: 0,
    });
    expect((await book.client.reminders.dryRun({ isDryRun: true })).isDryRun).toBe(true);
    expect(await book.client.reminders.kill({ isKilled: true })).toMatchObject({
      isKilled: true,
      scheduledCount: 0,
      heldCount: 1,
    });
    expect(await book.client.reminders.kill({ isKilled: false })).toMatchObject({
      scheduledCount: 1,
      heldCount: 0,
    });
  });

  it('are watched: the status comes anew when it moved', async () => {
    const { book, id, sms } = await debtorBook();
    const stop = new AbortController();
    const news = await book.client.reminders.watch(undefined, { signal: stop.signal });
    const { value: first } = await news.next();
    expect(first).toMatchObject({ scheduledCount: 0 });
    await book.client.reminders.sendOne({ customerId: id, channel: 'sms', templateId: sms, isDraft: false });
    const { value: second } = await news.next();
    expect(second).toMatchObject({ scheduledCount: 1 });
    stop.abort();
    await news.return?.(undefined).catch(() => undefined);
  });
});
