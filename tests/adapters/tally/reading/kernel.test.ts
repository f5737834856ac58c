import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostileReplyError } from '#engine/adapters/tally/reply.ts';
import { scannerOf, type ScanEnd, type ScanWay } from '#engine/adapters/tally/scanner.ts';
import type { Found, WantedRow } from '#engine/adapters/tally/shapes.ts';
import { VOUCHER } from '#engine/adapters/tally/voucher-rows.ts';

const REPO = path.resolve(import.meta.dirname, '../../../..');
const SAMPLES = path.resolve(REPO, '../shared/tally/samples');
const WANTED: readonly WantedRow[] = [
  { path: ['ENVELOPE', 'BODY', 'DATA', 'COLLECTION', 'VOUCHER'], shape: VOUCHER },
  { path: ['ENVELOPE', 'DATA', 'VOUCHER'], shape: VOUCHER },
];

type Scanned = { readonly found: readonly Found[]; readonly end: ScanEnd | 'hostile' };

function scanned(bytes: Buffer, size: number, way: ScanWay): Scanned {
  const found: Found[] = [];
  const scanner = scannerOf(WANTED, (_row, one) => void found.push(one), way);
  try {
    for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
    return { found, end: scanner.end() };
  } catch (error) {
    if (error instanceof HostileReplyError) return { found, end: 'hostile' };
    throw error;
  }
}

/** Names of all lengths around the kernel's steps of eight units, alike but for one letter. */
const name = fc
  .tuple(fc.constantFrom(1, 2, 7, 8, 9, 15, 16, 17, 24, 25), fc.constantFrom('A', 'B'), fc.nat(24))
  .map(([length, odd, place]) =>
    Array.from({ length }, (_, at) => (at === place % length ? odd : 'N')).join(''),
  );
const anyName = fc.oneof(name, fc.constantFrom(...VOUCHER.texts, 'BILLALLOCATIONS.LIST', 'é.LIST', 'X?Y'));
const blank = fc.constantFrom('', ' ', '\r\n     ', '\t', '&#4;', '\u0004');
const text = fc.oneof(blank, fc.string({ maxLength: 40 }), fc.constantFrom('No', '₹ 5', '20260401'));
const attributes = fc.constantFrom(
  '',
  '',
  ' TYPE="Date"',
  " A='>' B=\"'\"",
  ' ',
  '/',
  ' C="/"',
  ' D="1"&#4;',
);
const leaf = fc
  .tuple(anyName, attributes, text, fc.nat(20), anyName)
  .map(([tag, after, inner, turn, other]) =>
    after === '/' ? `<${tag}/>` : `<${tag}${after}>${inner}</${turn === 0 ? other : tag}>`,
  );
const nested = fc
  .tuple(
    fc.oneof(anyName, fc.constant('ALLLEDGERENTRIES.LIST')),
    fc.array(fc.tuple(blank, leaf), { maxLength: 6 }),
  )
  .map(([tag, inner]) => `<${tag}>${inner.flat().join('')}</${tag}>`);
const reply = fc
  .array(fc.array(fc.oneof(leaf, nested, blank), { maxLength: 12 }), { maxLength: 3 })
  .map(
    (vouchers) =>
      `<ENVELOPE><DATA>${vouchers.map((parts) => `<VOUCHER A="b">${parts.join('')}</VOUCHER>`).join('\n')}</DATA></ENVELOPE>`,
  );

describe('the kernel', () => {
  it('finds what the plain way finds, whatever the names, the noise and the pieces', () => {
    fc.assert(
      fc.property(
        reply,
        fc.constantFrom('utf16le' as const, 'utf8' as const),
        fc.integer({ min: 1, max: 300 }),
        (whole, encoding, size) => {
          const bytes = Buffer.from(whole, encoding);
          expect(scanned(bytes, size, 'kernel')).toEqual(scanned(bytes, size, 'plain'));
        },
      ),
      { numRuns: 150 },
    );
  });

  it.skipIf(!existsSync(SAMPLES))(
    'finds it in every capture (skipped where ../shared/tally is absent)',
    () => {
      const names = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' });
      for (const one of names.filter((file) => file.endsWith('.xml'))) {
        const bytes = readFileSync(path.join(SAMPLES, one));
        for (const size of [61, 65_536])
          expect(scanned(bytes, size, 'kernel')).toEqual(scanned(bytes, size, 'plain'));
      }
    },
  );

  it.each(['kernel', 'by-size'] as const)('is taken up again after its memory has grown (%s)', (way) => {
    const long = 'long '.repeat(80_000);
    const bytes = Buffer.from(
      `<ENVELOPE><DATA><VOUCHER><GUID>g</GUID><NARRATION>${long}</NARRATION><DATE>20260401</DATE></VOUCHER><VOUCHER><GUID>h</GUID></VOUCHER></DATA></ENVELOPE>`,
      'utf16le',
    );
    const { found, end } = scanned(bytes, 65_536, way);
    expect(end).toMatchObject({ isWhole: true });
    expect(found.map(({ texts }) => texts[VOUCHER.texts.indexOf('GUID')])).toEqual(['g', 'h']);
    expect(found[0]?.texts[VOUCHER.texts.indexOf('NARRATION')]).toBe(long.trim());
    expect(found[0]?.texts[VOUCHER.texts.indexOf('DATE')]).toBe('20260401');
  });
});
