import { day } from '#domain/days.ts';
import { promisedDay } from '#domain/reminders/texts/promise-day.ts';
import { isStop, readReply, utrOf } from '#domain/reminders/texts/replies.ts';
import { describe, expect, it } from 'vitest';

const today = day('2026-11-22');

describe('the wish to get no more messages', () => {
  it.each(
    'STOP|stop.|Stop please|Please stop sending messages|STOP SMS|Unsubscribe|Do not send any messages|Don’t send me messages|dont call|remove me|NO|no more reminders|opt out|band karo|Band karo please|mat bhejo|SMS mat bhejo|message band kar do ji|बंद करो|कृपया बंद करें|मैसेज मत भेजो|रोकें|संदेश न भेजें|બંધ કરો|मेसेज पाठवू नका|நிறுத்துங்கள்|அனுப்ப வேண்டாம்|ఆపండి|పంపవద్దు|ನಿಲ್ಲಿಸಿ|ಕಳುಹಿಸಬೇಡಿ|বন্ধ করুন|মেসেজ পাঠাবেন না|ＳＴＯＰ|𝗦𝗧𝗢𝗣|🛑 STOP ⛔️|S.T.O.P.|s t o p|STOP STOP STOP|\u200estop\u200b|Please do not send me any more messages|dont message me|mujhe message mat bhejo|मैसेज बंद कर दीजिए|मुझे मैसेज मत भेजो|नको'.split(
      '|',
    ),
  )('is heard in %j', (text) => {
    expect(readReply(text).mark).toBe('stop');
  });

  it.each(
    'stop by tomorrow I will pay|Stop by the shop tomorrow|please stop the delivery|cancel the order|I will not stop paying|don’t send goods till Monday|do not send the material|no sir|no no|r u o k|No problem, will pay|end of month|dukaan band hai|kaam band hai, agle hafte|maal mat bhejo|माल मत भेजो|दुकान बंद है|बंद है|no idea|remove bill 12 from the list| |please|stop stop stop stop stop stop stop stop stop stop stop stop stop'.split(
      '|',
    ),
  )('is not taken from %j', (text) => {
    expect(isStop(text)).toBe(false);
  });
});

describe('the hint of a reply', () => {
  it.each([
    ['Payment done', 'paid'],
    ['Already paid yesterday', 'paid'],
    ['ho gaya sir', 'paid'],
    ['kal hi payment kar diya tha', 'paid'],
    ['NEFT kiya hai UTR SBIN426123456789', 'paid'],
    ['भुगतान कर दिया है', 'paid'],
    ['will pay on 5th', 'promise'],
    ['Payment will be done by Monday', 'promise'],
    ['kal kar denge', 'promise'],
    ['कल कर देंगे', 'promise'],
    ['not paid yet, will do tomorrow', 'promise'],
    ['give me 10 days', 'promise'],
    ['This is the wrong bill', 'dispute'],
    ['Material not received', 'dispute'],
    ['maal kharab tha', 'dispute'],
    ['बिल गलत है', 'dispute'],
    ['Which bill?', 'question'],
    ['please send the invoice', 'question'],
    ['kitna baaki hai', 'question'],
    ['कितना बाकी है', 'question'],
    ['when was payment done?', 'question'],
    ['ok', 'other'],
    ['abhi nahi hua', 'other'],
    ['🙏', 'other'],
  ])('%j is %s', (text, mark) => {
    expect(readReply(text, today).mark).toBe(mark);
  });

  it('brings the day of a promise only', () => {
    expect(readReply('will pay tomorrow', today).promiseDay).toBe('2026-11-23');
    expect(readReply('will pay tomorrow').promiseDay).toBeNull();
    expect(readReply('paid yesterday, 5th', today).promiseDay).toBeNull();
  });
});

describe('a number of a payment', () => {
  it.each([
    ['UTR 426123456789', '426123456789'],
    ['Paid by UPI 632612345678', '632612345678'],
    ['NEFT done SBIN426123456789', 'SBIN426123456789'],
    ['rtgs HDFCR52026112212345678', 'HDFCR52026112212345678'],
    ['utr no: axisn12345678901', 'AXISN12345678901'],
    ['Ref no. is 123456789', '123456789'],
    ['call me on 919876543210', null],
    ['call 9876543210', null],
    ['+919876543210', null],
    ['paid 12500', null],
    ['reference book lost', null],
  ])('in %j is %s', (text, utr) => {
    expect(utrOf(text)).toBe(utr);
  });
});

describe('a promised day', () => {
  // 22-11-2026 is a Sunday.
  it.each([
    ['tomorrow', '2026-11-23'],
    ['kal tak', '2026-11-23'],
    ['day after tomorrow', '2026-11-24'],
    ['परसों', '2026-11-24'],
    ['in 10 days', '2026-12-02'],
    ['5 din mein', '2026-11-27'],
    ['by Monday', '2026-11-23'],
    ['sunday', '2026-11-29'],
    ['शुक्रवार को', '2026-11-27'],
    ['on 5th', '2026-12-05'],
    ['25 tarikh ko', '2026-11-25'],
    ['by 30', '2026-11-30'],
    ['5/12', '2026-12-05'],
    ['05-01-2027', '2027-01-05'],
    ['3 Jan', '2027-01-03'],
    ['Dec 5', '2026-12-05'],
    ['month end', '2026-11-30'],
    ['next week', '2026-11-29'],
    ['today evening', '2026-11-22'],
    ['31st', '2026-12-31'],
    ['01-11-2026', null],
    ['5 Nov', null],
    ['in 500 days', null],
    ['soon', null],
    ['निकल रहे हैं', null],
  ])('%j is %s', (text, expected) => {
    expect(promisedDay(text, today)).toBe(expected);
  });
});
