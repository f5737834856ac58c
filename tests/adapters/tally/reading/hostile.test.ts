import { describe, expect, it } from 'vitest';
import { HostileReplyError } from '#engine/adapters/tally/reply.ts';
import { ledgerReader, plainReader, thinLedgerReader } from '#engine/adapters/tally/readers.ts';

const DECLARATIONS = [
  '<!DOCTYPE x [<!ENTITY a "b">]><ENVELOPE/>',
  '<ENVELOPE><!ENTITY a "b"></ENVELOPE>',
  '<!DOCT&#4;YPE x><ENVELOPE/>',
  '<!DOCT\u0004YPE x><ENVELOPE/>',
  '<\u0003!DOCTYPE x><ENVELOPE/>',
  '<&#4;!DOCTYPE x><ENVELOPE/>',
  '<!&#&#4;4;DOCTYPE x><ENVELOPE/>',
  '<![IGNORE[ x ]]><ENVELOPE/>',
  '<?xml version="1.0"?><!-- ok --><!doctype x><ENVELOPE/>',
];

function readWith(text: string, size: number, encoding: BufferEncoding): void {
  const reader = plainReader();
  const bytes = Buffer.from(text, encoding);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
}

describe('a hostile reply', () => {
  it.each(DECLARATIONS)('that declares something is refused, however it hides: %j', (text) => {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      for (const size of [1, 3, 64]) expect(() => readWith(text, size, encoding)).toThrow(HostileReplyError);
    }
  });

  it('is no comment and no text that only speaks of declarations', () => {
    expect(() =>
      readWith(
        '<ENVELOPE><!-- <!DOCTYPE x> --><A>&lt;!DOCTYPE x&gt;</A><B><![CDATA[<!ENTITY a>]]></B></ENVELOPE>',
        3,
        'utf8',
      ),
    ).not.toThrow();
  });

  const flood = (head: string, piece: string, times: number): number => {
    const reader = ledgerReader(() => undefined);
    const chunk = Buffer.from(piece, 'utf16le');
    reader.push(Buffer.from(head, 'utf16le'));
    let fed = 0;
    for (; fed < times; fed += 1) reader.push(chunk);
    reader.end();
    return fed * chunk.length;
  };
  const IN_LEDGER = '<ENVELOPE><BODY><DATA><COLLECTION><LEDGER NAME="A">';

  it('with one value, tag or comment of more than 1 MB is refused before it fills memory', () => {
    const much = 'x'.repeat(50_000);
    for (const head of [
      `${IN_LEDGER}<EMAIL>`,
      `${IN_LEDGER}<EMAIL A="`,
      '<ENVELOPE><!--',
      '<ENVELOPE><![CDATA[',
      '<?',
      `<${'A'.repeat(9)}`,
    ])
      expect(() => flood(head, much, 40)).toThrow(/1 MB/);
  });

  it('with a row of more than 16 MB is refused', () => {
    expect(() =>
      flood(IN_LEDGER, `<ADDRESS.LIST><ADDRESS>${'x'.repeat(50_000)}</ADDRESS></ADDRESS.LIST>`, 400),
    ).toThrow(/16 MB/);
    expect(() =>
      flood(IN_LEDGER, '<BILLALLOCATIONS.LIST><NAME>a</NAME></BILLALLOCATIONS.LIST>'.repeat(1000), 400),
    ).toThrow(/16 MB/);
  });

  it('with elements in each other without end is refused', () => {
    expect(() => flood('', '<A>'.repeat(1000), 1)).toThrow(HostileReplyError);
  });

  it('may hold any amount of what nobody wants', () => {
    expect(flood(`${IN_LEDGER}<NOTES>`, 'x'.repeat(50_000), 60)).toBe(6_000_000);
  });

  it('of bytes that are no text at all is read as nothing', () => {
    const reader = thinLedgerReader(() => undefined);
    reader.push(Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251));
    expect(reader.end()).toMatchObject({ isWhole: false, rowCount: 0 });
  });

  it('keeps names apart that share a hash', () => {
    const seen = new Map<string, number>();
    const rows = Array.from({ length: 30_000 }, (_, at) => `Party ${at}`);
    const reader = thinLedgerReader(
      ({ parent }) => void seen.set(parent ?? '', (seen.get(parent ?? '') ?? 0) + 1),
    );
    const ledgers = [...rows, ...rows].map(
      (name) => `<LEDGER NAME="a"><GUID>g</GUID><PARENT>${name}</PARENT></LEDGER>`,
    );
    reader.push(
      Buffer.from(
        `<ENVELOPE><BODY><DATA><COLLECTION>${ledgers.join('')}</COLLECTION></DATA></BODY></ENVELOPE>`,
        'utf16le',
      ),
    );
    expect(reader.end().isWhole).toBe(true);
    expect(seen.size).toBe(rows.length);
    expect(new Set(seen.values())).toEqual(new Set([2]));
  });
});
