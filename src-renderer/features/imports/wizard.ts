import type {
  CurrencyTotal,
  ImportBatch,
  ImportDraft,
  ImportField,
  ImportMap,
  Progress,
  Understood,
} from './types.ts';
import type { Problem } from '#kit/problem.tsx';

/** The whole state of the wizard. Each step bears exactly what it needs, so that no step can lack its draft. */
export type Wizard =
  | { readonly step: 'drop'; readonly reading: Reading | null; readonly problem: Problem | null }
  | ({ readonly step: 'understood' | 'check' } & Drafted)
  | ({ readonly step: 'writing'; readonly progress: Progress | null } & Drafted)
  | { readonly step: 'done'; readonly batch: ImportBatch; readonly currencies: readonly CurrencyTotal[] };

/** A file on its way into a draft; bytes, 0 of 0 while nothing is known. */
export type Reading = { readonly fileName: string; readonly done: number; readonly of: number };

export type Drafted = {
  readonly draft: ImportDraft;
  readonly understood: Understood;
  readonly map: ImportMap;
  /** Columns whose meaning the user has chosen himself: a guess there is no doubt any more. */
  readonly settled: readonly number[];
  readonly problem: Problem | null;
};

export type WizardEvent =
  | { readonly type: 'reading'; readonly fileName: string }
  | { readonly type: 'read-part'; readonly done: number; readonly of: number }
  | { readonly type: 'read'; readonly draft: ImportDraft }
  | { readonly type: 'understood'; readonly understood: Understood }
  | { readonly type: 'meaning'; readonly column: number; readonly field: ImportField | null }
  | { readonly type: 'confirm'; readonly column: number }
  | { readonly type: 'set'; readonly part: Partial<ImportMap> }
  | { readonly type: 'rate'; readonly currency: string; readonly text: string }
  | { readonly type: 'fix'; readonly row: number; readonly column: number; readonly text: string | null }
  | { readonly type: 'same'; readonly nameKey: string; readonly customerId: number | null }
  | { readonly type: 'go'; readonly to: 'understood' | 'check' }
  | { readonly type: 'writing' }
  | { readonly type: 'progress'; readonly progress: Progress }
  | {
      readonly type: 'written';
      readonly batch: ImportBatch;
      readonly currencies: readonly CurrencyTotal[];
    }
  | { readonly type: 'failed'; readonly problem: Problem }
  | { readonly type: 'restart' };

export const START: Wizard = { step: 'drop', reading: null, problem: null };

export function wizardReducer(state: Wizard, event: WizardEvent): Wizard {
  switch (event.type) {
    case 'reading':
      return { step: 'drop', reading: { fileName: event.fileName, done: 0, of: 0 }, problem: null };
    case 'read-part':
      return state.step === 'drop' && state.reading
        ? { ...state, reading: { ...state.reading, done: event.done, of: event.of } }
        : state;
    case 'read':
      return drafted(event.draft, event.draft.understood);
    case 'restart':
      return START;
    case 'written':
      return { step: 'done', batch: event.batch, currencies: event.currencies };
    case 'failed':
      return failed(state, event.problem);
    case 'understood':
    case 'meaning':
    case 'confirm':
    case 'set':
    case 'rate':
    case 'fix':
    case 'same':
    case 'go':
    case 'writing':
    case 'progress':
      return state.step === 'drop' || state.step === 'done' ? state : withDraft(state, event);
  }
}

type DraftEvent = Exclude<
  WizardEvent,
  { type: 'reading' | 'read-part' | 'read' | 'restart' | 'written' | 'failed' }
>;
type DraftState = Exclude<Wizard, { step: 'drop' | 'done' }>;

function withDraft(state: DraftState, event: DraftEvent): Wizard {
  switch (event.type) {
    case 'understood':
      return { ...drafted(state.draft, event.understood), map: withChoices(event.understood.map, state.map) };
    case 'meaning':
      return mapped(
        { ...state, settled: settle(state.settled, event.column) },
        { columns: moveMeaning(state.map.columns, event.column, event.field) },
      );
    case 'confirm':
      return { ...state, settled: settle(state.settled, event.column) };
    case 'set':
      return mapped(state, event.part);
    case 'rate':
      return mapped(state, { rates: withRate(state.map.rates, event.currency, event.text) });
    case 'fix':
      return mapped(state, { fixes: withFix(state.map.fixes, event) });
    case 'same':
      return mapped(state, { sameCustomers: withSame(state.map.sameCustomers, event) });
    case 'go':
      return { ...dropProgress(state), step: event.to, problem: null };
    case 'writing':
      return { ...dropProgress(state), step: 'writing', progress: null, problem: null };
    case 'progress':
      return state.step === 'writing' ? { ...state, progress: event.progress } : state;
  }
}

/** Each meaning stands on one column and each column has one meaning: choosing it elsewhere moves it. */
export function moveMeaning(
  columns: ImportMap['columns'],
  column: number,
  field: ImportField | null,
): ImportMap['columns'] {
  const kept = Object.entries(columns).filter(([name, at]) => name !== field && at !== column);
  return Object.fromEntries(field === null ? kept : [...kept, [field, column]]);
}

export function meaningOf(map: ImportMap, column: number): ImportField | null {
  for (const [field, at] of Object.entries(map.columns)) if (at === column) return field as ImportField;
  return null;
}

/** Another header row finds other columns; what the user has said about the whole file stays said. */
function withChoices(found: ImportMap, before: ImportMap): ImportMap {
  return {
    ...found,
    creditDays: before.creditDays ?? found.creditDays,
    balancesDay: before.balancesDay ?? found.balancesDay,
    currency: before.currency ?? found.currency,
    takeDrafts: before.takeDrafts,
    isCompleteList: before.isCompleteList,
    sameCustomers: before.sameCustomers,
    rates: { ...found.rates, ...before.rates },
  };
}

function drafted(draft: ImportDraft, understood: Understood): DraftState {
  return { step: 'understood', draft, understood, map: understood.map, settled: [], problem: null };
}

function mapped(state: DraftState, part: Partial<ImportMap>): DraftState {
  return { ...state, map: { ...state.map, ...part } };
}

function settle(settled: readonly number[], column: number): readonly number[] {
  return settled.includes(column) ? settled : [...settled, column];
}

function withRate(rates: ImportMap['rates'], currency: string, text: string): ImportMap['rates'] {
  const others = Object.entries(rates).filter(([code]) => code !== currency);
  return Object.fromEntries(text.trim() === '' ? others : [...others, [currency, text.trim()]]);
}

/** A cell corrected in the dry run; null takes the correction away. */
function withFix(
  fixes: ImportMap['fixes'],
  { row, column, text }: { readonly row: number; readonly column: number; readonly text: string | null },
): ImportMap['fixes'] {
  const others = fixes.filter((fix) => fix.row !== row || fix.column !== column);
  return text === null ? others : [...others, { row, column, text }];
}

function withSame(
  same: ImportMap['sameCustomers'],
  { nameKey, customerId }: { readonly nameKey: string; readonly customerId: number | null },
): ImportMap['sameCustomers'] {
  const others = Object.entries(same).filter(([key]) => key !== nameKey);
  return Object.fromEntries(customerId === null ? others : [...others, [nameKey, customerId]]);
}

function dropProgress(state: DraftState): Drafted {
  const { draft, understood, map, settled, problem } = state;
  return { draft, understood, map, settled, problem };
}

/** A failure never loses what was done so far: while writing it leads back to the dry run. */
function failed(state: Wizard, problem: Problem): Wizard {
  if (state.step === 'done') return state;
  if (state.step === 'drop') return { step: 'drop', reading: null, problem };
  return state.step === 'writing'
    ? { ...dropProgress(state), step: 'check', problem }
    : { ...state, problem };
}
