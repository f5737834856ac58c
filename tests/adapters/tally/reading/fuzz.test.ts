import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WantedRow } from '#engine/adapters/tally/shapes.ts';
import { VOUCHER } from '#engine/adapters/tally/voucher-rows.ts';
import { readByOracle, readInPieces } from './pair.ts';

const WANTED: readonly WantedRow[] = [
  { path: ['ENVELOPE', 'BODY', 'DATA', 'COLLECTION', 'VOUCHER'], shape: VOUCHER },
  { path: ['ENVELOPE', 'BILLFIXED'], shape: { tag: 'BILLFIXED', texts: ['BILLREF', '@NAME', '.'] } },
];

/** What Tally, its add-ons and broken lines put between tags. */
const PIECES = [
  'S012',
  ' ',
  '\r\n      ',
  '20260301',
  '-1250.50',
  'Sharma &amp; Sons',
  'A & B',
  '&#4; Primary',
  '&#13;&#10;',
  '&',
  '&#',
  ';',
  '&#x5;',
  '&#000031;',
  '&#&#4;4;',
  '\u0004',
  '\u0000',
  '₹',
  'शर्मा',
  'é',
  '\u00a0',
  '&lt;',
  '&nbsp;',
  '&#xD800;',
  '&#128512;',
  '😀',
  '<!-- a > b -->',
  '<![CDATA[x & <y> &#4; ]] ]]>',
  '<?pi a?>',
  '<EXTRA/>',
  '<UDF:NOTE>n</UDF:NOTE>',
  '<NAME>own</NAME>',
  "'",
  '"',
  '>',
  ']]>',
  '-->',
] as const;
/** What a cut, a wrong byte or an enemy puts anywhere. */
const FAULTS = [
  '<',
  '>',
  '/',
  '</',
  '/>',
  '"',
  "'",
  '&',
  '&#',
  '&#4;',
  '&#4',
  '\u0004',
  '\u0000',
  '<!',
  '<!-',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  ' ',
  '=',
  '<!DOCTYPE x>',
  '<!DOCT&#4;YPE',
  '<!EN\u0005TITY',
  '</VOUCHER>',
  '<VOUCHER>',
  '</ENVELOPE>',
  '<ENVELOPE>',
  '<A b="c/">',
  "<A b='>'/>",
  '<\u0004A>',
  '</\u0004A >',
  '< A>',
  '<>',
  '</>',
  'é',
] as const;

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(''));
const leaf = fc
  .tuple(
    fc.constantFrom(...VOUCHER.texts, 'NAME', 'AMOUNT', 'LEDGERNAME', 'BILLTYPE', 'VATFIELD'),
    text,
    fc.nat(5),
  )
  .map(([name, inner, form]) => {
    if (form === 0) return `<${name}/>`;
    if (form === 1) return `<${name} TYPE="String" JD='4>5' />`;
    return `<${name}${form === 2 ? ' TYPE="Date"' : ''}>${inner}</${name}${form === 3 ? ' ' : ''}>`;
  });
const { tree } = fc.letrec<{ tree: string; list: string }>((tie) => ({
  list: fc
    .tuple(
      fc.constantFrom(
        'ALLLEDGERENTRIES.LIST',
        'BILLALLOCATIONS.LIST',
        'LEDGERENTRIES.LIST',
        'ALLINVENTORYENTRIES.LIST',
      ),
      fc.array(tie('tree'), { maxLength: 4 }),
    )
    .map(([name, inner]) => `<${name}>${inner.join('\r\n ')}</${name}>`),
  tree: fc.oneof({ depthSize: 'small' }, leaf, leaf, text, tie('list')),
}));
const voucher = fc
  .array(tree, { maxLength: 6 })
  .map((parts) => `<VOUCHER REMOTEID="a&amp;b">${parts.join('\r\n')}</VOUCHER>\r\n`);
const bill = fc
  .tuple(text, text)
  .map(
    ([ref, after]) =>
      `<BILLFIXED NAME='${ref.replace(/['<]/g, '')}'><BILLREF>${ref}</BILLREF>\r\n</BILLFIXED><BILLCL>${after}</BILLCL>`,
  );
const reply = fc
  .tuple(fc.array(voucher, { maxLength: 4 }), fc.array(bill, { maxLength: 2 }), text)
  .map(
    ([vouchers, bills, stray]) =>
      `<ENVELOPE><HEADER><STATUS>1</STATUS></HEADER><BODY>${stray}<DESC><CMPINFO><VOUCHER>15</VOUCHER></CMPINFO></DESC><DATA><COLLECTION A="b">${vouchers.join('')}</COLLECTION></DATA></BODY>${bills.join('')}</ENVELOPE>\r\n`,
  );

const faults = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(6),
    put: fc.constantFrom('', ...FAULTS),
  }),
  { maxLength: 3 },
);
type Fault = { readonly place: number; readonly drop: number; readonly put: string };

function broken(whole: string, list: readonly Fault[]): string {
  let made = whole;
  for (const { place, drop, put } of list) {
    const at = Math.floor(place * made.length);
    made = made.slice(0, at) + put + made.slice(at + drop);
  }
  return made;
}

const ENCODINGS = ['utf8', 'latin1', 'utf16le'] as const;
const encoded = fc.tuple(fc.constantFrom(...ENCODINGS), fc.boolean()).map(
  ([encoding, hasMark]) =>
    (whole: string): Buffer =>
      Buffer.from(hasMark && encoding !== 'latin1' ? `\uFEFF${whole}` : whole, encoding),
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const cyclic = (list: readonly number[]): ((at: number) => number) => {
  let turn = 0;
  return () => list[(turn += 1) % list.length] ?? 1;
};

describe('the reader and the oracle', () => {
  it('agree on any reply, in any encoding, cut anywhere into pieces', () => {
    fc.assert(
      fc.property(reply, encoded, sizes, (whole, encode, cut) => {
        const bytes = encode(whole);
        expect(readInPieces(bytes, WANTED, cyclic(cut))).toEqual(readByOracle(bytes, WANTED));
      }),
      { numRuns: 400 },
    );
  });

  it('agree on any broken reply: the same rows, the same end, the same refusal', () => {
    fc.assert(
      fc.property(reply, faults, encoded, sizes, (whole, list, encode, cut) => {
        const bytes = encode(broken(whole, list));
        expect(readInPieces(bytes, WANTED, cyclic(cut))).toEqual(readByOracle(bytes, WANTED));
      }),
      { numRuns: 1200 },
    );
  });

  it('never call a cut reply whole', () => {
    fc.assert(
      fc.property(
        reply,
        encoded,
        sizes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, encode, cut, place) => {
          const bytes = encode(whole.trimEnd());
          const part = bytes.subarray(0, Math.floor(place * bytes.length));
          if (part.length === bytes.length) return;
          const read = readInPieces(part, WANTED, cyclic(cut));
          expect(read).toEqual(readByOracle(part, WANTED));
          expect(read === 'hostile' || !read.end.isWhole).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
