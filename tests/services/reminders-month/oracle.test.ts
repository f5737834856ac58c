import { diceOf } from '#domain/demo-dice.ts';
import { describe, expect, it } from 'vitest';
import { debtOf } from './debts.ts';
import { approveToday, aMonth, clockAt, happenTo, round, type Month } from './month.ts';
import { dayOf, type AtClaim } from './at-claim.ts';
import { oracle, type Arrived } from './oracle.ts';
import { amountsIn } from './text-amounts.ts';

// The oracle of the month would be worth nothing if it could not find what is wrong: each fault is planted into a message
// that really left.

async function aDay(): Promise<Month> {
  const month = await aMonth(diceOf(11), { customers: 40, bills: 240, days: 1 });
  await clockAt(month, 0, 9, 31);
  await happenTo(month, [], { count: 20, when: 'before planning' });
  await approveToday(month, 3);
  await clockAt(month, 0, 10, 30);
  await round(month, 0);
  return month;
}

describe('the oracle', () => {
  it('finds each fault that is planted, and nothing in what left as it should', async () => {
    const month = await aDay();
    const { arrived, wrongs } = month.oracle;
    expect(wrongs).toEqual([]);
    const one = arrived.find(
      ({ message, text }) => message['cadence_id'] !== null && amountsIn(text).length > 0,
    );
    if (!one?.claim?.debt) throw new Error('No reminder left.');
    const { claim, at } = one;
    const { debt } = claim;
    if (debt === null) throw new Error('Nothing is owed.');
    const found = (change: Partial<Arrived>, before: readonly Arrived[] = []): readonly string[] => {
      const judge = oracle();
      judge.arrived.push(...before);
      judge.judge({ ...one, ...change });
      return [...new Set(judge.wrongs.map(({ what }) => what))];
    };
    const claimed = (change: Partial<AtClaim>): Partial<Arrived> => ({ claim: { ...claim, ...change } });
    const [first] = amountsIn(one.text);
    expect(found({})).toEqual([]);
    expect(found({}, [one])).toContain('sent-twice');
    expect(found({ uid: 'another' }, [one])).toEqual(
      expect.arrayContaining(['same-key', 'gap', 'cap-channel']),
    );
    expect(found({ at: at + 10 * 3_600_000 })).toContain('outer-hours');
    expect(found({ at: at - 2 * 3_600_000 })).toContain('hours');
    expect(found({ at: at + 6 * 86_400_000 })).toEqual(expect.arrayContaining(['weekday', 'other-day']));
    expect(found({ at: at + 3 * 86_400_000 })).toContain('holiday');
    expect(found({ claim: null })).toContain('never-claimed');
    expect(found(claimed({ debt: { ...debt, parts: new Map() } }))).toContain('paid-bill');
    expect(found(claimed({ debt: { ...debt, balance: debt.balance - 1 } }))).toContain('wrong-balance');
    const raised = new Map([...debt.parts].map(([key, open]) => [key, open + 100]));
    expect(found(claimed({ debt: { ...debt, parts: raised } }))).toEqual(
      expect.arrayContaining(['wrong-bill-amount', 'amount-missing', 'amount-strange']),
    );
    expect(found({ text: 'Please pay.' })).toContain('amount-missing');
    expect(found({ text: `${one.text} ${first?.currency === 'INR' ? 'Rs.' : '₹'}1.23` })).toContain(
      'amount-strange',
    );
    expect(found(claimed({ against: ['opted-out'] }))).toContain('opted-out');
    const stranger = {
      ...one,
      uid: 'other',
      message: { ...one.message, customer_id: -1, dedupe_key: 'other' },
    };
    expect(found({}, [stranger])).toContain('shared-address');
  });

  it('reckons what each customer owes as the engine does, by rules of its own', async () => {
    const month = await aDay();
    const { book, mirror } = month;
    mirror.catchUp(book.db);
    const { rows } = await book.engine.client.bills.listOpen({});
    const open = new Map<string, number>();
    for (const { customerId, openPaise } of rows) {
      const key = `${customerId} ${openPaise > 0 ? 'owes' : 'has'}`;
      open.set(key, (open.get(key) ?? 0) + openPaise);
    }
    expect(rows.length).toBeGreaterThan(100);
    const on = dayOf(book.clock.now);
    for (const customerId of mirror.rows('customers').keys()) {
      const { parts, unallocated } = debtOf(mirror, customerId, on);
      const owes = [...parts.values()].reduce((sum, one) => sum + one, 0);
      expect([customerId, owes, unallocated]).toEqual([
        customerId,
        open.get(`${customerId} owes`) ?? 0,
        0 - (open.get(`${customerId} has`) ?? 0),
      ]);
    }
  });

  it.each([
    ['Please pay Rs.1,25,000.50 today.', ['INR 12500050']],
    ['आपके ₹१,०००.०० बाकी हैं।', ['INR 100000']],
    ['USD 1,200.00 and Rs.5.00', ['USD 120000', 'INR 500']],
    ['Bill INV/20 of 05-11-2026', []],
  ])('reads the amounts of “%s”', (text, amounts) => {
    expect(amountsIn(text).map(({ currency, minor }) => `${currency} ${minor}`)).toEqual(amounts);
  });
});
