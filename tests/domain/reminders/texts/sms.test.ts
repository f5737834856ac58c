import { sanitiseSms, smsShape } from '#domain/reminders/texts/sms.ts';
import * as fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';

const k = 'क';

describe('the shape of an SMS', () => {
  it.each([
    ['a'.repeat(160), 'GSM-7', 1],
    ['a'.repeat(161), 'GSM-7', 2],
    ['a'.repeat(306), 'GSM-7', 2],
    ['a'.repeat(307), 'GSM-7', 3],
    [k.repeat(70), 'UCS-2', 1],
    [k.repeat(71), 'UCS-2', 2],
    [k.repeat(134), 'UCS-2', 2],
    [k.repeat(135), 'UCS-2', 3],
    ['Pay ₹100', 'UCS-2', 1],
    ['Pay [€100]', 'GSM-7', 1],
    ['', 'GSM-7', 0],
  ])('of %j is what the operators bill', (text, encoding, parts) => {
    expect(smsShape(text)).toMatchObject({ encoding, parts });
  });

  it.each(['₹', '’', '\u00a0', '\t', '`'])('names %j as what makes it Unicode', (letter) => {
    expect(smsShape(`Pay ${letter} now ${letter}`)).toMatchObject({
      encoding: 'UCS-2',
      unicodeLetters: [letter],
    });
  });

  it('counts brackets and the euro twice, an emoji as two units and a joiner as one', () => {
    expect(smsShape('[€]').units).toBe(6);
    expect(smsShape('😀').units).toBe(2);
    expect(smsShape('क्\u200dष').units).toBe(4);
    expect(smsShape('a'.repeat(100)).unitsLeft).toBe(60);
    expect(smsShape('a'.repeat(161)).unitsLeft).toBe(145);
  });

  it('never splits an extended letter or a pair between two parts', () => {
    expect(smsShape(`${'a'.repeat(152)}€${'a'.repeat(152)}`).parts).toBe(3);
    expect(smsShape(`${k.repeat(66)}😀${k.repeat(66)}`).parts).toBe(3);
  });

  it('agrees with the calculator that Twilio publishes', () => {
    const letter = fc.constantFrom(...Array.from('abcXYZ 0189.,-@£$€[]{}^~|\\\nकத₹’'));
    const plain = fc.constantFrom(...Array.from('abc XYZ019@€['));
    const text = fc.oneof(
      fc.array(letter, { maxLength: 300 }),
      fc.array(plain, { minLength: 140, maxLength: 330 }),
    );
    fc.assert(
      fc.property(text, (letters) => {
        const sms = letters.join('');
        fc.pre(sms !== '');
        const theirs = new SegmentedMessage(sms);
        const ours = smsShape(sms);
        expect([ours.encoding, ours.parts]).toEqual([theirs.encodingName, theirs.segmentsCount]);
      }),
      { numRuns: 60 },
    );
  });

  it('is found ten thousand times in well under a second', () => {
    const text = 'Dear customer, we have not yet received Rs.12,500.00 for bill INV-12. Kindly pay.'.repeat(
      2,
    );
    const from = performance.now();
    for (let at = 0; at < 10_000; at += 1) smsShape(text);
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});

describe('a tidied SMS', () => {
  it('keeps no letter that makes it Unicode by accident', () => {
    const text = '“Ravi’s”\u00a0bill – ₹ 500…\tpay\r\nnow • `ok`\u200b';
    const tidy = sanitiseSms(text);
    expect(tidy).toBe("\"Ravi's\" bill - Rs.500... pay\nnow - 'ok'");
    expect(smsShape(tidy).encoding).toBe('GSM-7');
  });

  it('leaves Indian scripts and their joiners as they are', () => {
    const text = 'कृपया भुगतान करें। क्\u200dष';
    expect(sanitiseSms(text)).toBe(text);
  });
});
