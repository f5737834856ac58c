import {
  moveMeaning,
  START,
  wizardReducer,
  type Wizard,
  type WizardEvent,
} from '#features/imports/wizard.ts';
import type { ImportDraft } from '#contract/engine/imports.ts';
import { expect, it } from 'vitest';

const map: ImportDraft['understood']['map'] = {
  sheet: 0,
  headerRow: 0,
  columns: { customerName: 0, billDay: 1, amount: 2 },
  dateOrder: null,
  creditDays: null,
  balancesDay: null,
  currency: null,
  rates: {},
  takeDrafts: false,
  isCompleteList: false,
  sameCustomers: {},
  fixes: [],
};
const understood: ImportDraft['understood'] = {
  sheet: 0,
  headerRow: 0,
  headers: ['Party', 'Date', 'Amount'],
  layout: 'list',
  isRemembered: false,
  guesses: [],
  map,
  doubts: [],
  currencies: ['INR'],
  grid: [],
  dataRowCount: 3,
};
const draft: ImportDraft = { draftId: 'd', fileName: 'bills.csv', byteCount: 1, sheets: [], understood };
const problem = { kind: 'broken', errorId: 'x' } as const;

const after = (...events: readonly WizardEvent[]): Wizard => events.reduce(wizardReducer, START);
const read: WizardEvent = { type: 'read', draft };

it('moves a meaning that is chosen on another column, and takes the old one off that column', () => {
  expect(moveMeaning(map.columns, 2, 'openAmount')).toEqual({ customerName: 0, billDay: 1, openAmount: 2 });
  expect(moveMeaning(map.columns, 0, 'amount')).toEqual({ billDay: 1, amount: 0 });
  expect(moveMeaning(map.columns, 1, null)).toEqual({ customerName: 0, amount: 2 });
});

it('keeps what was said of the whole file when another header row is chosen', () => {
  const again = { ...understood, headerRow: 4, map: { ...map, headerRow: 4, columns: { customerName: 1 } } };
  const state = after(
    read,
    { type: 'rate', currency: 'USD', text: ' 83.25 ' },
    { type: 'set', part: { creditDays: 30, takeDrafts: true } },
    { type: 'understood', understood: again },
  );
  expect(state).toMatchObject({
    step: 'understood',
    map: {
      headerRow: 4,
      columns: { customerName: 1 },
      creditDays: 30,
      takeDrafts: true,
      rates: { USD: '83.25' },
    },
  });
});

it('forgets a rate that is emptied', () => {
  const state = after(
    read,
    { type: 'rate', currency: 'USD', text: '83' },
    { type: 'rate', currency: 'USD', text: ' ' },
  );
  expect(state).toMatchObject({ map: { rates: {} } });
});

it('leads back to the dry run with everything kept when the writing fails', () => {
  const chosen: WizardEvent = { type: 'meaning', column: 2, field: 'openAmount' };
  const state = after(
    read,
    chosen,
    { type: 'go', to: 'check' },
    { type: 'writing' },
    { type: 'failed', problem },
  );
  expect(state).toMatchObject({ step: 'check', problem, map: { columns: { openAmount: 2 } }, draft });
});

it('leaves the drop zone standing when a file cannot be read', () => {
  expect(after({ type: 'reading', fileName: 'bad.pdf' }, { type: 'failed', problem })).toEqual({
    step: 'drop',
    reading: null,
    problem,
  });
});

it('keeps one correction for each cell, and forgets it when it is taken back', () => {
  const fix = (text: string | null): WizardEvent => ({ type: 'fix', row: 4, column: 2, text });
  const other: WizardEvent = { type: 'fix', row: 4, column: 1, text: '2026-03-31' };
  const both = after(read, fix('12O'), other, fix('120'));
  expect(both).toMatchObject({
    map: {
      fixes: [
        { row: 4, column: 1 },
        { row: 4, column: 2, text: '120' },
      ],
    },
  });
  expect(after(read, fix('120'), other, fix(null))).toMatchObject({ map: { fixes: [{ column: 1 }] } });
});

it('remembers who is the same customer through another header row, and forgets it when told so', () => {
  const same = (customerId: number | null): WizardEvent => ({ type: 'same', nameKey: 'shah', customerId });
  const again = { ...understood, headerRow: 4 };
  expect(after(read, same(7), { type: 'understood', understood: again })).toMatchObject({
    map: { sameCustomers: { shah: 7 } },
  });
  expect(after(read, same(7), same(null))).toMatchObject({ map: { sameCustomers: {} } });
});

it('shows how far the reading is, and takes no news of it once the draft is there', () => {
  const part: WizardEvent = { type: 'read-part', done: 5, of: 10 };
  expect(after({ type: 'reading', fileName: 'a.csv' }, part)).toMatchObject({ reading: { done: 5, of: 10 } });
  expect(after(read, part)).toEqual(after(read));
});

it('takes no late news of a draft once there is none', () => {
  const late: WizardEvent = { type: 'progress', progress: { phase: 'writing', done: 1, of: 2 } };
  expect(after(late)).toBe(START);
  expect(after(read, { type: 'restart' }, late)).toBe(START);
});
