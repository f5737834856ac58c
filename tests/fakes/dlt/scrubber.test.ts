import { describe, expect, it } from 'vitest';
import { callKind } from './calls-to-action.ts';
import { dltCodes, dltScrubber, type DltScrubber } from './scrubber.ts';

const entityId = '1101234567890123456';
const header = 'SHRTRD';
const templateId = '1107161234567890123';
const text = 'Dear customer, bill {#var#} of Rs. {#var#} is due. Sharma Traders';
const good = 'Dear customer, bill ST/118 of Rs. 12,500.00 is due. Sharma Traders';
const wish = { entityId, templateId, header, text: good };

function registry(): DltScrubber {
  const dlt = dltScrubber();
  dlt.addEntity({ entityId });
  dlt.addHeader({ header, entityId });
  dlt.addTemplate({
    templateId,
    entityId,
    headers: [header],
    text,
    variables: [{ tag: 'alphanumeric' }, { tag: 'numeric' }],
  });
  return dlt;
}

function codeOf(dlt: DltScrubber, more: Partial<typeof wish> = {}): string {
  const scrubbed = dlt.scrub({ ...wish, ...more });
  return scrubbed.ok ? 'through' : scrubbed.code;
}

describe('the DLT scrubber', () => {
  it('lets through what is registered, whatever the white space', () => {
    expect(registry().scrub(wish)).toEqual({ ok: true, templateId });
    expect(codeOf(registry(), { text: ` ${good.replace(', ', ',  \n')} ` })).toBe('through');
  });

  it('finds entity and template by header and text where the vendor keeps the ids itself', () => {
    expect(registry().scrub({ ...wish, entityId: null, templateId: null })).toEqual({ ok: true, templateId });
  });

  it.each<readonly [string, Partial<typeof wish>]>([
    ['600', { entityId: '1109999999999999999' }],
    ['604', { entityId: '12' }],
    ['620', { header: 'shrtrd' }],
    ['630', { templateId: '1' }],
    ['633', { text: good.replace('is due', 'is overdue') }],
    ['633', { text: good.replace('ST/118', '') }],
    ['634', { text: good.replace('12,500.00', 'Rs 12') }],
    ['634', { text: good.replace('ST/118', 'x'.repeat(31)) }],
    ['634', { text: good.replace('12,500.00', '1234567890123456') }],
  ])('answers %s to %o', (code, more) => {
    expect(codeOf(registry(), more)).toBe(code);
    expect(dltCodes[code]).toBeTypeOf('string');
  });

  it.each<readonly [string, (dlt: DltScrubber) => void]>([
    ['602', (dlt) => dlt.addEntity({ entityId, standing: 'inactive' })],
    ['603', (dlt) => dlt.addEntity({ entityId, standing: 'blacklisted' })],
    ['612', (dlt) => dlt.breakChain('612')],
    ['621', (dlt) => dlt.addHeader({ header, entityId, standing: 'inactive' })],
    ['622', (dlt) => dlt.addHeader({ header, entityId, standing: 'blacklisted' })],
    ['623', (dlt) => dlt.addHeader({ header, entityId: '1100000000000000000' })],
    ['624', (dlt) => dlt.addHeader({ header, entityId, standing: 'suspended' })],
  ])('answers %s when the registry says so', (code, spoil) => {
    const dlt = registry();
    spoil(dlt);
    expect(codeOf(dlt)).toBe(code);
  });

  it.each([
    ['631', 'inactive'],
    ['632', 'blacklisted'],
  ] as const)('answers %s for a template that is %s', (code, standing) => {
    const dlt = registry();
    dlt.addTemplate({
      templateId,
      entityId,
      headers: [header],
      text,
      variables: [{ tag: 'alphanumeric' }, { tag: 'numeric' }],
      standing,
    });
    expect(codeOf(dlt)).toBe(code);
  });

  it('minds links and numbers to call that are not whitelisted', () => {
    const dlt = registry();
    const add = (id: string, body: string, tag: 'url' | 'callback'): void =>
      dlt.addTemplate({ templateId: id, entityId, headers: [header], text: body, variables: [{ tag }] });
    add('1107000000000000001', 'Pay at {#var#} now. Sharma Traders', 'url');
    add('1107000000000000002', 'Call us on {#var#} please. Sharma Traders', 'callback');
    const link = {
      templateId: '1107000000000000001',
      text: 'Pay at https://pay.sharma.in/b?7 now. Sharma Traders',
    };
    const call = {
      templateId: '1107000000000000002',
      text: 'Call us on 919812345678 please. Sharma Traders',
    };
    expect([codeOf(dlt, link), codeOf(dlt, call)]).toEqual(['635', '635']);
    dlt.addCallToAction(entityId, 'https://pay.sharma.in/b?');
    dlt.addCallToAction(entityId, '9812345678');
    expect([codeOf(dlt, link), codeOf(dlt, call)]).toEqual(['through', 'through']);
  });

  it("knows the formats of the whitelist (MSG91's table)", () => {
    expect(
      [
        'https://a.in/x',
        'https://a.in/x?',
        'https://a.in/x?b=1',
        'https://a.in/app.apk',
        'https://wa.me/919876543210',
        'https://wa.me/447700900123',
        '9876543210',
        '919876543210',
        '18001234567',
        '1600123456',
        '02212345678',
        '12',
      ].map(callKind),
    ).toEqual([
      'static-url',
      'dynamic-url',
      null,
      'apk',
      'whatsapp',
      null,
      'mobile',
      'mobile',
      'toll-free',
      'series',
      'landline',
      null,
    ]);
    expect(() => registry().addCallToAction(entityId, 'call me')).toThrow('Not a call to action');
  });

  it('registers no untyped, adjacent or too many variables (direction of 18-11-2025)', () => {
    const base = { templateId: '1', entityId, headers: [header] };
    const numeric = { tag: 'numeric' } as const;
    const add =
      (body: string, count: number, hasReasons = false) =>
      (): void =>
        registry().addTemplate({
          ...base,
          text: body,
          variables: Array.from({ length: count }, () => numeric),
          hasReasons,
        });
    expect(add('Pay {#var#} or {#var#} now', 1)).toThrow('not each has a type');
    expect(add('Pay {#var#}, {#var#} now', 2)).toThrow('side by side');
    expect(add('{#var#} a {#var#} b {#var#}', 3)).toThrow('without reasons');
    expect(add('{#var#} a {#var#} b {#var#}', 3, true)).not.toThrow();
  });
});
