import { outstandingPaper } from '#domain/papers/outstanding-paper.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { openCompiler } from '#engine/adapters/typst/compiler.ts';
import { startOf } from '#engine/adapters/typst/printer.ts';
import { inReadingOrder } from '#engine/adapters/typst/reading-order.ts';
import { describe, expect, it } from 'vitest';
import { account, copiedText, hasPoppler, outstandingFacts, pictureOf } from '../../builders/papers.ts';

const start = await startOf();
if (start === null) throw new Error('The compiler, the template or a font is not there.');
const compiler = await openCompiler(start);

describe.skipIf(!hasPoppler)('a paper whose text is put in order (skipped without poppler-utils)', () => {
  it.each(messageLanguages.filter((language) => language !== 'en'))('looks as before: %s', (language) => {
    const raw = compiler.draw([outstandingPaper(outstandingFacts(account(12), { language }))]);
    const mended = inReadingOrder(raw).bytes;
    expect(mended).not.toEqual(raw);
    const [before, after] = [pictureOf(raw, 1), pictureOf(mended, 1)];
    expect(Buffer.compare(Buffer.from(before.rgba.buffer), Buffer.from(after.rgba.buffer))).toBe(0);
  });

  it('would read wrong as typst wrote it', () => {
    const raw = compiler.draw([outstandingPaper(outstandingFacts(account(2), { language: 'bn' }))]);
    expect(copiedText(raw)).not.toContain('বকেয়া বিবরণী'.normalize('NFC'));
    expect(copiedText(inReadingOrder(raw).bytes)).toContain('বকেয়া বিবরণী'.normalize('NFC'));
  });
});

it('leaves what it does not know as it is', () => {
  const other = new TextEncoder().encode('%PDF-1.4\nnot as typst writes it\n%%EOF');
  expect(inReadingOrder(other).bytes).toEqual(other);
});
