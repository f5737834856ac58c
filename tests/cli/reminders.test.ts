import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { day } from '#domain/days.ts';
import { paise, ZERO } from '#domain/money.ts';
import { openEngine } from '#engine/open-engine.ts';
import { builtCli, type Ran } from './run-cli.ts';

const planAnswer = z.looseObject({
  book: z.strictObject({ bookId: z.string(), name: z.string() }),
  rowsHash: z.string(),
  rows: z.array(z.looseObject({ customerName: z.string(), channel: z.string(), text: z.string() })),
  silences: z.array(z.looseObject({ reason: z.string() })),
});
const errorShape = z.strictObject({ error: z.strictObject({ code: z.string(), sentence: z.string() }) });

/** A Monday far away, so that the test does not depend on the day on which it is run. */
const DUE = day('2035-01-08');
const NEXT_DAY = '2035-01-09';

describe('baaki reminders', () => {
  const cli = builtCli('all tests');
  /** A book with one bill and a letter for the day after it is due, made before any program looks into it. */
  const fill = async (): Promise<void> => {
    const engine = await openEngine({ dataFolder: path.join(cli.folder, 'data'), version: '0.0.0-test' });
    const { books, customers, bills, business, templates, cadences } = engine.client;
    await books.create({ name: 'Gupta Traders' });
    const { customerId } = await customers.save({ name: 'Asha Stores', address: '12 Main Road, Pune' });
    const amountPaise = paise(123_450);
    await bills.save({ customerId, number: 'G/7', billDay: day('2026-11-01'), dueDay: DUE, amountPaise });
    await business.save({ vpa: 'gupta@okicici', address: '1 Market, Pune', phone: '9820000000' });
    await templates.addStarters({ languages: ['en'] });
    const once = { repeatEveryDays: null, repeatMost: null, needsPerson: false, attaches: null } as const;
    const step = {
      stepId: 'one',
      anchor: 'due',
      days: 1,
      tone: 'plain',
      templateKey: 'letter-1',
      ...once,
    } as const;
    const limits = { minimumPaise: ZERO, gapDays: 0, graceDays: 0, mostPerBill: null, stopAfterDays: null };
    const steps = [{ ...step, channels: ['letter' as const] }];
    const { cadenceId } = await cadences.save({
      name: 'Letters',
      isOn: true,
      isAutomatic: false,
      steps,
      ...limits,
    });
    await cadences.assign({ scope: 'company', scopeKey: '', cadenceId });
    await engine.close();
  };
  const reminders = (...words: readonly string[]): Promise<Ran> => cli.run('reminders', ...words);

  it('plans a day, tells how sending stands, and approves nothing but what it printed', async () => {
    await fill();
    const planned = await reminders('plan', '--day', NEXT_DAY, '--format', 'json');
    const plan = planAnswer.parse(JSON.parse(planned.stdout));
    expect(plan.rows).toMatchObject([
      { customerName: 'Asha Stores', channel: 'letter', balancePaise: 123_450 },
    ]);
    const printed = await reminders('plan', '--day', NEXT_DAY);
    expect(printed.stdout).toMatch(/Asha Stores +letter +12 Main Road, Pune +1,234\.50/);
    expect(printed.stdout).toContain(`--hash ${plan.rowsHash}`);
    expect((await reminders('plan')).stdout).toMatch(/Asha Stores +1,234\.50 +not-yet +09 Jan 2035/);

    // What is approved is today's plan, and there the letter is not due yet.
    const refused = await reminders('approve', '--hash', plan.rowsHash, '--format', 'json');
    expect(refused.code).toBe(1);
    expect(errorShape.parse(JSON.parse(refused.stdout)).error.code).toBe('plan-changed');
    expect((await reminders('status')).stdout).toMatch(/To approve today +0/);
    const status = JSON.parse((await reminders('status', '--format', 'json')).stdout) as unknown;
    expect(status).toMatchObject({ scheduledCount: 0, canSend: false, isKilled: false });
  });

  it.each([
    [['reminders'], 'Say “baaki reminders plan”'],
    [['reminders', 'plan', '--day', 'tomorrow'], '“tomorrow” is no day.'],
    [['reminders', 'approve'], 'Which plan?'],
    [['reminders', 'status', '--hash', 'x'], '--hash goes with “approve”.'],
  ])('does not understand %j', async (words, sentence) => {
    const run = await cli.run(...words);
    expect([run.code, run.stderr.includes(sentence)]).toEqual([2, true]);
  });
});
