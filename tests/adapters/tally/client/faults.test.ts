import { describe, expect, it } from 'vitest';
import { tallySource } from '../../../../src-engine/adapters/tally/tally.ts';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import type { Fault } from '../../../fakes/tally/faults.ts';
import { startFakeTally, type FakeTally } from '../../../fakes/tally/index.ts';
import { asOf, seenBy, sell, smallCompany, sorted, truthOf, type Seen } from './fake-book.ts';

// Each fault at each request of a whole read: what comes out is the truth or a failure, never something else, and
// once the fault is over it is the truth.

type Plan = (tally: FakeTally, company: FakeCompany) => Fault;

const always = (fault: Fault): Plan => {
  return () => fault;
};

const faults: readonly (readonly [string, Plan])[] = [
  ['a box on its screen', always({ kind: 'silence' })],
  ['slowness', always({ kind: 'slow', milliseconds: 25 })],
  ['a long report on its screen', always({ kind: 'busy', milliseconds: 220 })],
  ['a refused port', always({ kind: 'refused', milliseconds: 60 })],
  ['a crash', always({ kind: 'crash' })],
  ['a reply that ends at once', always({ kind: 'cut', afterBytes: 0 })],
  ['a reply that ends in its head', always({ kind: 'cut', afterBytes: 300 })],
  ['a reply that ends in its rows', always({ kind: 'cut', afterBytes: 3_900 })],
  ['a reply that breaks in its rows', always({ kind: 'cut', afterBytes: 3_900, how: 'broken' })],
  ['a request it does not know', always({ kind: 'unknown-request' })],
  ['an empty envelope', always({ kind: 'empty-envelope' })],
  ['a login box', always({ kind: 'login' })],
  ['one byte a character', always({ kind: 'latin1' })],
  ['raw control bytes', always({ kind: 'raw-control', code: 3 })],
  ['an undeclared prefix', always({ kind: 'undeclared-udf' })],
  ['bare ampersands', always({ kind: 'bare-ampersand' })],
  ['tags of others in its reports', always({ kind: 'third-party-tags' })],
  ['chunks', always({ kind: 'chunked' })],
  ['a closed company', (tally, company) => ({ kind: 'before', act: () => tally.close(company) })],
  [
    'a company that is closed after it',
    (tally, company) => ({ kind: 'after', act: () => tally.close(company) }),
  ],
  [
    'an empty one of the same name in its place',
    (tally, company) => ({
      kind: 'before',
      act: () => {
        tally.close(company);
        tally.open(company.splitCompany('2026-04-01', company.name));
      },
    }),
  ],
];

/** Generous where nothing is silent: a machine that is busy with other tests must not look like a busy Tally. */
const timings = { urgentSilenceMs: 5_000, patientSilenceMs: 5_000, trustMs: 50 };
const silentTimings = { ...timings, urgentSilenceMs: 150, lightSilenceMs: 150, dialogMs: 250 };

async function readAgainst(tally: FakeTally, company: FakeCompany, fault: Fault): Promise<Seen> {
  const source = tallySource(fault.kind === 'silence' ? silentTimings : timings);
  return sorted(await seenBy(source, { address: tally.address, company: company.name }));
}

/** As a person would: starts it again where it is gone, closes the box, opens the company, and no other. */
async function mended(tally: FakeTally, company: FakeCompany, { kind }: Fault): Promise<void> {
  if (tally.isCrashed() || kind === 'refused') await tally.restart();
  tally.dismiss();
  for (const one of tally.companies) if (one !== company) tally.close(one);
  tally.open(company);
  tally.activate(company);
  tally.faults.clear();
}

describe.each(faults)('%s', (_, plan) => {
  it('at any request never makes a wrong outstanding, and is over when it is over', async () => {
    const company = smallCompany();
    const tally = await startFakeTally({ books: [company], today: asOf });
    try {
      const truth = truthOf(company);
      let at = 1;
      for (let isReached = true; isReached; at += 1) {
        const fault = plan(tally, company);
        tally.faults.at(at, fault);
        const seen = await readAgainst(tally, company, fault);
        isReached = tally.faults.count() >= at;
        if (!('failure' in seen)) expect({ at, seen }).toEqual({ at, seen: truth });
        await mended(tally, company, fault);
      }
      // Six reads between looks at the companies.
      expect(at).toBeGreaterThan(8);
      expect(await readAgainst(tally, company, { kind: 'chunked' })).toEqual(truth);
    } finally {
      await tally.stop();
    }
  });
});

describe('letters that were lost inside Tally', () => {
  it('change names, and no amount', async () => {
    const company = smallCompany('Asha Traders');
    const tally = await startFakeTally({ books: [company], today: asOf });
    try {
      tally.faults.when('any', { kind: 'non-ascii-loss' }, { times: 99 });
      const on = { address: tally.address, company: company.name };
      const amounts = (seen: Seen): unknown =>
        'parties' in seen &&
        seen.parties.map(({ closing, bills }) => [closing, ...bills].join(', ')).toSorted();
      expect(amounts(sorted(await seenBy(tallySource(), on)))).toEqual(amounts(truthOf(company)));
    } finally {
      await tally.stop();
    }
  });
});

describe('a voucher that is entered while its window is read', () => {
  it('is seen by the number of rows', async () => {
    const company = smallCompany();
    const tally = await startFakeTally({ books: [company], today: asOf });
    try {
      const on = { address: tally.address, company: company.name };
      const source = tallySource();
      const wish = { from: asOf, to: asOf, shape: 'every-field', expected: 0 } as const;
      const entered = { date: asOf, ref: 'S9', amount: 100 };
      tally.faults.when('vouchers', { kind: 'before', act: () => sell(company, 'Mohan & <Sons>', entered) });
      expect(await source.vouchers(on, wish, () => undefined)).toMatchObject({
        failure: { code: 'tally-truncated', values: { rows: 1, expected: 0 } },
      });
    } finally {
      await tally.stop();
    }
  });
});
