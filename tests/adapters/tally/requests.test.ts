import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eduDayFrom } from '#domain/tally/edu-days.ts';
import { dayFromNumber, dayNumber, day } from '#domain/days.ts';
import { canAskFor, isPlain } from '../../../src-engine/adapters/tally/requests-form.ts';
import {
  requestBytes,
  requestText,
  widened,
  type TallyRequest,
} from '../../../src-engine/adapters/tally/requests.ts';
import { allOf, firstOf, parsed, type Element } from './client/plain-xml.ts';

const days = fc
  .integer({ min: dayNumber(day('1990-01-01')), max: dayNumber(day('2190-12-30')) })
  .map((number) => dayFromNumber(number));
const periods = fc.tuple(days, days).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
// prettier-ignore
const nastyPieces = fc.constantFrom(
  '"', '&', '<', '>', "'", '</SVCURRENTCOMPANY>', ']]>', '&#4;', '$$NumItems:', '##SVCurrentCompany', '*', '.LIST',
  '\u0004', '\r\n', '\ud800', 'मोहन', '₹', '$$CurrentSimpleCompany', '" OR NOT "', '-->', '$Name',
);
const names = fc
  .array(fc.oneof(nastyPieces, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 })), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));
const askableNames = names.filter(canAskFor);
const alterIds = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const perhapsAlterId = fc.option(alterIds, { nil: undefined });
const shapes = fc.constantFrom('every-field' as const, 'allocations' as const);

const requests: fc.Arbitrary<TallyRequest> = fc.oneof(
  fc.record({ kind: fc.constant('companies' as const) }),
  fc.record({ kind: fc.constantFrom('groups' as const, 'voucher-types' as const), company: names }),
  fc.record({
    kind: fc.constantFrom('thin-ledgers' as const, 'bills' as const),
    company: names,
    asOf: days,
  }),
  fc.record({
    kind: fc.constant('ledgers' as const),
    company: names,
    asOf: days,
    afterAlterId: perhapsAlterId,
  }),
  fc.record({
    kind: fc.constant('bills-report' as const),
    company: names,
    side: fc.constantFrom('receivable' as const, 'payable' as const),
    period: periods,
  }),
  fc.record({
    kind: fc.constantFrom('party-ledger' as const, 'party-bills' as const),
    company: names,
    party: askableNames,
    asOf: days,
  }),
  fc.record({
    kind: fc.constantFrom('voucher-counts' as const, 'census' as const),
    company: names,
    period: periods,
  }),
  fc.record({
    kind: fc.constant('vouchers' as const),
    company: names,
    period: periods,
    shape: shapes,
    afterAlterId: perhapsAlterId,
  }),
);

/** The formulas Tally would run, with what stands in quotation marks taken out: that is text, not program. */
function programOf(root: Element): string {
  const runs = ['SYSTEM', 'COMPUTE', 'CHILDOF', 'BY', 'AGGRCOMPUTE', 'FILTERS', 'SOURCECOLLECTION'];
  return runs
    .flatMap((name) => allOf(root, name))
    .map(({ text }) => text.replace(/"[^"]*"/g, '""'))
    .join('\n');
}

// prettier-ignore
const KNOWN_FUNCTIONS = [
  'IsEqual', 'IsEmpty', 'Date', 'Number', 'LicenseInfo', 'IsLedOfGrp', 'GroupSundryDebtors', 'IsSales', 'IsReceipt',
  'IsCreditNote', 'IsDebitNote', 'IsJournal',
];
const REPORTS = ['Bills Receivable', 'Bills Payable'];

describe('every request that can be built', () => {
  it('parses back, with the text of the user as text of its own element and nowhere else', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const root = parsed(requestText(request));
        expect(root.name).toBe('ENVELOPE');
        expect(root.children.map(({ name }) => name)).toEqual(['HEADER', 'BODY']);
        const companies = allOf(root, 'SVCURRENTCOMPANY');
        if (request.kind === 'companies') expect(companies).toEqual([]);
        else expect(companies.map(({ text }) => text)).toEqual([stripped(request.company)]);
        if ('party' in request) {
          const formula = request.kind === 'party-bills' ? firstOf(root, 'CHILDOF') : firstOf(root, 'SYSTEM');
          expect(formula?.text.endsWith(`"${request.party}"`)).toBe(true);
          expect(formula?.text.match(/"/g)).toHaveLength(2);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('holds nothing that freezes or ends a Tally', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const root = parsed(requestText(request));
        const program = programOf(root);
        const functions = [...program.matchAll(/\$\$([^:\s"()]*)([^:]?)/g)].map((match) => match[1]);
        for (const name of functions) expect(KNOWN_FUNCTIONS).toContain(name);
        expect(program).not.toMatch(/\$\$\s|NumItems|InDateRange|CurrentSimpleCompany/i);
        expect(allOf(root, 'NATIVEMETHOD')).toEqual([]);
        expect(allOf(root, 'REPORT')).toEqual([]);
        for (const { text } of allOf(root, 'FETCH')) {
          const fields = text.split(',');
          // Fields that do not exist end a Tally when no other is asked for: each list begins with one that does.
          expect(['Name', 'Date']).toContain(fields[0]);
          for (const field of fields) {
            expect(field).toMatch(/^[A-Za-z]+(\.[A-Za-z]+)?(\.\*)?$/);
            expect(field).not.toMatch(/\.LIST$/i);
          }
        }
        const type = firstOf(root, 'TYPE')?.text;
        const id = firstOf(root, 'ID')?.text ?? '';
        if (type === 'Data') expect(REPORTS).toContain(id);
        else expect(type).toBe('Collection');
        expect(firstOf(root, 'TALLYREQUEST')?.text).toBe('Export');
      }),
      { numRuns: 1500 },
    );
  });

  it('names its collection as its id, modifies nothing, and uses only filters it brings', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const root = parsed(requestText(request));
        const collections = allOf(root, 'COLLECTION');
        if (request.kind === 'bills-report') {
          expect(collections).toEqual([]);
          return;
        }
        const id = firstOf(root, 'ID')?.text;
        expect(collections.map(({ attributes }) => attributes['NAME'])).toContain(id);
        for (const { attributes } of collections) expect(attributes['ISMODIFY']).toBe('No');
        const formulas = allOf(root, 'SYSTEM').map(({ attributes }) => attributes['NAME']);
        expect(allOf(root, 'FILTERS').map(({ text }) => text)).toEqual(formulas);
      }),
      { numRuns: 500 },
    );
  });

  it('types its dates, and sends no first day with a read of ledgers or bills', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const root = parsed(requestText(request));
        const dates = [...allOf(root, 'SVFROMDATE'), ...allOf(root, 'SVTODATE')];
        for (const { attributes, text } of dates) {
          expect(attributes).toEqual({ TYPE: 'Date' });
          expect(text).toMatch(/^\d{8}$/);
        }
        if ('asOf' in request) {
          expect(allOf(root, 'SVFROMDATE')).toEqual([]);
          expect(firstOf(root, 'SVTODATE')?.text).toBe(request.asOf.replaceAll('-', ''));
        }
        if ('period' in request) expect(dates).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });

  it('is UTF-16LE without a mark, with whole characters only', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const bytes = requestBytes(request);
        expect([...bytes.subarray(0, 4)]).toEqual([0x3c, 0, 0x45, 0]);
        expect(new TextDecoder('utf-16le', { fatal: true }).decode(bytes)).toBe(requestText(request));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses to put a quotation mark into a formula', () => {
    const party = 'A" OR NOT $$IsEmpty:"';
    expect(canAskFor(party)).toBe(false);
    const wish = { company: 'X', party, asOf: day('2026-11-22') };
    expect(() => requestText({ kind: 'party-bills', ...wish })).toThrow('cannot stand in a formula');
    expect(() => requestText({ kind: 'party-ledger', ...wish })).toThrow('cannot stand in a formula');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('takes no AlterID of %s', (afterAlterId) => {
    const wish = { kind: 'ledgers', company: 'X', asOf: day('2026-11-22'), afterAlterId } as const;
    expect(() => requestText(wish)).toThrow('Not an AlterID');
  });

  it('counts and lists cancelled and optional vouchers too', () => {
    const period = { from: day('2026-04-01'), to: day('2026-04-30') };
    for (const kind of ['voucher-counts', 'census'] as const)
      expect(requestText({ kind, company: 'X', period })).not.toMatch(/IsNonOptional|IsCancelled|IsOptional/);
  });
});

describe('bounds that an Educational mode obeys', () => {
  it('widens a window to days 1, 2 and 31 around it, and not further', () => {
    fc.assert(
      fc.property(periods, ({ from, to }) => {
        const wide = widened({ from, to });
        expect(wide.from <= from && wide.to >= to).toBe(true);
        expect(['01', '02', '31']).toContain(wide.from.slice(8));
        expect(['01', '02', '31']).toContain(wide.to.slice(8));
        expect(dayNumber(wide.to) - dayNumber(to)).toBeLessThan(31);
      }),
    );
  });

  it.each([
    ['2026-02-03', '2026-03-01'],
    ['2026-11-22', '2026-12-01'],
    ['2026-12-03', '2026-12-31'],
    ['2026-12-02', '2026-12-02'],
    ['2026-12-31', '2026-12-31'],
  ])('asks for %s as of %s', (from, asked) => {
    expect(eduDayFrom(day(from))).toBe(asked);
  });
});

function stripped(text: string): string {
  return Array.from(text)
    .filter((one) => isPlain(one))
    .join('');
}
