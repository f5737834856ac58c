import { readFileSync } from 'node:fs';
import { aBill, refusalOf } from '#tests/builders/facts.ts';
import { expect, it } from 'vitest';
import {
  companyCadence,
  dayAfterMonday,
  person,
  remindersBook,
  type RemindersBook,
} from '../reminders/reminders-book.ts';

// The set of wordings is judged by the rules in tests/domain; here the door itself is asked, for a dozen of it.

type Line = { readonly language: string; readonly kind: string; readonly text: string };
const all = (
  JSON.parse(readFileSync('tests/domain/reminders/texts/wording-set.json', 'utf8')) as {
    readonly violations: readonly Line[];
  }
).violations;

const A_DOZEN = 12;
/** Spread over the whole set, so that every kind and most languages are among them. */
const lines = Array.from(
  { length: A_DOZEN },
  (_unused, at) => all[Math.floor((at * all.length) / A_DOZEN)],
).flatMap((one) => one ?? []);

async function oneRow(): Promise<{ readonly book: RemindersBook; readonly customerId: number }> {
  const book = await remindersBook();
  const customerId = person(book);
  await companyCadence(book);
  book.db.write((tx) =>
    aBill(tx, customerId, { amount: 900, billDay: '2026-11-01', dueDay: dayAfterMonday(1) }),
  );
  book.goTo(2);
  return { book, customerId };
}

const left = (book: RemindersBook): number =>
  book.db.read((tx) => Number(tx.sqlite.prepare('select count(*) from messages').pluck().get()));

it('takes a dozen from every part of the set', () => {
  expect(lines).toHaveLength(A_DOZEN);
  expect(new Set(lines.map(({ kind }) => kind)).size).toBeGreaterThan(3);
  expect(new Set(lines.map(({ language }) => language)).size).toBeGreaterThan(3);
});

it('keeps a text that violates paused, so that no plan uses it', async () => {
  const { book, customerId } = await oneRow();
  const [own] = (await book.client.templates.list()).filter(
    (one) => one.channel === 'sms' && one.language === 'en',
  );
  if (!own) throw new Error('There is no text.');
  const { isUsed: _used, isStarter: _starter, problems: _problems, version: _version, ...wish } = own;
  const kept: unknown[] = [];
  for (const { text } of lines) {
    const saved = await book.client.templates.save({
      ...wish,
      body: `${text} {{amount}}. {{business_name}}`,
    });
    const now = (await book.client.templates.list()).find((one) => one.templateId === own.templateId);
    const silence = await book.silenceOf(customerId);
    const isBlocked = saved.problems.some((one) => one.isBlocking);
    if (!isBlocked || now?.isPaused !== true || silence !== 'template-paused') kept.push([text, silence]);
  }
  expect(kept).toEqual([]);
});

it('does not approve a row whose text was changed into one that violates', async () => {
  const { book, customerId } = await oneRow();
  const passed: unknown[] = [];
  for (const { text } of lines) {
    const { rowKey } = await book.rowOf(customerId);
    const { problems } = await book.client.reminders.editRow({ rowKey, subject: null, text });
    const { rowsHash } = await book.plan();
    const { code } = await refusalOf(book.client.reminders.approve({ rowsHash, rowKeys: [rowKey] }));
    if (!problems.some((one) => one.isBlocking) || code !== 'row-has-problems') passed.push([text, code]);
  }
  expect(passed).toEqual([]);
  expect(left(book)).toBe(0);
});

it('sends none by hand', async () => {
  const { book, customerId } = await oneRow();
  const { templateId } = await book.rowOf(customerId);
  const passed: string[] = [];
  for (const { text } of lines) {
    const wish = { customerId, channel: 'sms', templateId, text, isDraft: false } as const;
    const { messageId } = await book.client.reminders.sendOne(wish);
    if (messageId !== null) passed.push(text);
  }
  expect(passed).toEqual([]);
  expect(left(book)).toBe(0);
});
