import { day } from '#domain/days.ts';
import { debtorBody, type DebtorView } from '#registry/portal/debtor-page.ts';
import { html } from '#registry/portal/html.ts';
import { pageOf } from '#registry/portal/layout.ts';
import { recordCard, type Record } from '#registry/portal/record-cards.ts';
import { sayIn } from '#registry/portal/say.ts';
import { describe, expect, it } from 'vitest';

const say = sayIn('en');
const today = day('2026-11-22');
const record: Record = {
  due_ref: 'A'.repeat(22),
  reporter: { member_id: 'm_AABKW4RQk3A', name: 'Asha Traders' },
  state: 'settled',
  visibility: 'visible',
  visible_from: '2026-10-11',
  invoice_on: '2026-08-12',
  due_on: '2026-08-12',
  amount_p: 4_500_000,
  open_p: 0,
  settled_on: '2026-08-13',
  evidence: 'irp',
  reported_at: '2026-09-20T04:30:00.000Z',
  dispute: null,
};
const nobody: DebtorView = { today, records: [], next: null, looks: [], consents: [], blocked: [] };

describe('the debtor’s pages', () => {
  it.each([
    ['2026-08-12', 'Paid on time'],
    ['2026-08-13', 'Paid 1 day late'],
    ['2026-08-14', 'Paid 2 days late'],
  ])('says of a bill due on 12 August and paid on %s: %s', (settled_on, words) => {
    expect(recordCard(say, { ...record, settled_on }, { at: 0, today }).html).toContain(`· ${words}<`);
  });

  it('leaves the fingerprint’s place to the script', () => {
    const page = pageOf(say, { title: 'page.me', registryName: 'Vishwas', here: '/me', body: html`` });
    expect(page).toContain('Fingerprint made: {{digest}}…');
  });

  it('does not leave the permissions empty where the only one waits at the top', () => {
    const waiting: DebtorView['consents'][number] = {
      consent_id: '01920000-0000-7000-8000-000000000000',
      member: record.reporter,
      purpose: 'TC01',
      text: '',
      state: 'sent',
      asked_at: '2026-11-22T04:30:00.000Z',
      expires_at: '2026-12-06T18:29:59.000Z',
    };
    const top = 'What waits for your answer stands at the top of this page.';
    expect(debtorBody(say, { ...nobody, consents: [waiting] }).html).toContain(top);
    expect(debtorBody(say, nobody).html).toContain('Nobody has asked for a permission.');
  });
});
