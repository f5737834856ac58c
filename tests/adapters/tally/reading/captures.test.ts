import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BILL_CLOSING, BILL_DUE, BILL_FIXED } from '#engine/adapters/tally/bill-rows.ts';
import { LEDGER } from '#engine/adapters/tally/ledger-rows.ts';
import { COMPANY, GROUP, VOUCHER_TYPE } from '#engine/adapters/tally/master-rows.ts';
import type { Shape, WantedRow } from '#engine/adapters/tally/shapes.ts';
import { VOUCHER } from '#engine/adapters/tally/voucher-rows.ts';
import { readByOracle, readInPieces } from './pair.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../../../shared/tally/samples');

/** Found in the file exports: what our readers do not ask for, but a scanner has to pass rightly. */
const STOCK: Shape = {
  tag: 'STOCKITEM',
  texts: ['@NAME', 'GUID', 'PARENT', 'GSTAPPLICABLE', 'BASEUNITS'],
  lists: [
    { tag: 'LANGUAGENAME.LIST', texts: ['LANGUAGEID'], lists: [{ tag: 'NAME.LIST', texts: ['NAME'] }] },
  ],
};
const at = (folder: readonly string[], shape: Shape): WantedRow => ({ path: [...folder, shape.tag], shape });
const COLLECTION = ['ENVELOPE', 'BODY', 'DATA', 'COLLECTION'];
const MESSAGE = ['ENVELOPE', 'BODY', 'IMPORTDATA', 'REQUESTDATA', 'TALLYMESSAGE'];
const WANTED: readonly WantedRow[] = [
  ...[COMPANY, GROUP, VOUCHER_TYPE, LEDGER, VOUCHER].map((shape) => at(COLLECTION, shape)),
  ...[COMPANY, GROUP, LEDGER, VOUCHER, STOCK].map((shape) => at(MESSAGE, shape)),
  ...[BILL_FIXED, BILL_CLOSING, BILL_DUE].map((shape) => at(['ENVELOPE'], shape)),
  ...['LEDGERS', 'VOUCHERS', 'GROUPS'].flatMap((list) =>
    [LEDGER, VOUCHER, GROUP].map((shape) => at([list], shape)),
  ),
  at([], LEDGER),
  at([], VOUCHER),
];

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .toSorted();
}

/** As Tally answers: UTF-16 with and without a mark, and UTF-8 with and without. */
function encodings(bytes: Buffer): readonly Buffer[] {
  const isWide = bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8');
  const plain = text.replace(/^\uFEFF/, '');
  return [
    bytes,
    Buffer.from(plain, 'utf8'),
    Buffer.from(`\uFEFF${plain}`, 'utf8'),
    Buffer.from(plain, 'utf16le'),
    Buffer.from(`\uFEFF${plain}`, 'utf16le'),
  ];
}

describe.skipIf(!existsSync(SAMPLES))('captures of Tally (skipped where ../shared/tally is absent)', () => {
  it.each(existsSync(SAMPLES) ? filesUnder(SAMPLES) : [])('are read as the oracle reads them: %s', (name) => {
    const file = path.join(SAMPLES, name);
    const isLarge = statSync(file).size > 100_000;
    for (const bytes of encodings(readFileSync(file))) {
      const right = readByOracle(bytes, WANTED);
      for (const size of isLarge ? [7, 65_536] : [1, 2, 3, 7, 65_536]) {
        expect(readInPieces(bytes, WANTED, () => size)).toEqual(right);
      }
    }
  });

  it('hold rows of every kind, so that the comparison says something', () => {
    const kinds = new Set<string>();
    for (const name of filesUnder(SAMPLES)) {
      const read = readByOracle(readFileSync(path.join(SAMPLES, name)), WANTED);
      if (read === 'hostile') throw new Error(`${name} was refused.`);
      for (const { row } of read.rows) kinds.add(WANTED[row]?.shape.tag ?? '');
    }
    expect([...kinds].toSorted()).toEqual(
      expect.arrayContaining(['BILLCL', 'BILLDUE', 'BILLFIXED', 'COMPANY', 'LEDGER', 'STOCKITEM', 'VOUCHER']),
    );
  });
});
