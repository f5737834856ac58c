import type { FakeCompany } from '#tests/fakes/tally/book.ts';
import type { Fault } from '#tests/fakes/tally/faults.ts';
import type { FakeTally } from '#tests/fakes/tally/index.ts';

/** A fault at one request, and what may be said of it. */
export type FaultMode = {
  readonly name: string;
  readonly fault: (world: FaultWorld) => Fault;
  /** Failures that say rightly what was the matter; empty where nothing may be noticed. */
  readonly codes: readonly string[];
  /** Makes it as it was, for the next healthy sync. */
  readonly mend?: (world: FaultWorld) => void;
  /** Costs a whole silence of Tally. */
  readonly isSlow?: boolean;
};

export type FaultWorld = {
  readonly tally: FakeTally;
  readonly company: FakeCompany;
  /** Another company of the same name. */
  readonly twin: FakeCompany;
  /** Moves a voucher a little, as a person does meanwhile. */
  readonly edit: () => void;
  readonly backup: ReturnType<FakeCompany['backup']>;
  /** Longer than anybody waits for an answer. */
  readonly tooSlowMs: number;
};

const SILENT = ['tally-busy', 'tally-dialog'] as const;
const GONE = ['tally-not-running', 'tally-cut-off'] as const;
/** What ends too early may be short of rows, short of its head, or short of everything. */
const SHORT = ['tally-truncated', 'tally-refused', 'tally-cut-off', 'tally-not-tally'] as const;
/** A company that was away for one reply only shows in rows that are missing. */
const AWAY = [
  'tally-no-company',
  'tally-other-company',
  'tally-moved',
  'tally-refused',
  'tally-truncated',
] as const;

const plain = (name: string, fault: Fault, codes: FaultMode['codes'] = []): FaultMode => ({
  name,
  fault: () => fault,
  codes,
});

function cuts(): readonly FaultMode[] {
  return ([0, 40, 700, 2600] as const).flatMap((afterBytes) =>
    (['clean', 'broken'] as const).map((how) =>
      plain(`cut-${how}-${afterBytes}`, { kind: 'cut', afterBytes, how }, SHORT),
    ),
  );
}

/** Every fault mode of PROTOCOL 6.4. */
export const faultModes: readonly FaultMode[] = [
  plain('refused', { kind: 'refused' }, GONE),
  { ...plain('silence', { kind: 'silence' }, SILENT), isSlow: true },
  // Longer than anybody waits: the work that was abandoned keeps Tally busy for the next request, too.
  {
    name: 'abandoned',
    fault: ({ tooSlowMs }) => ({ kind: 'slow', milliseconds: tooSlowMs }),
    codes: SILENT,
    isSlow: true,
  },
  plain('slow', { kind: 'slow', milliseconds: 15 }),
  plain('busy', { kind: 'busy', milliseconds: 15 }),
  ...cuts(),
  plain('unknown-request', { kind: 'unknown-request' }, ['tally-refused', 'tally-not-tally']),
  plain('empty-envelope', { kind: 'empty-envelope' }, [
    'tally-refused',
    'tally-truncated',
    'tally-no-company',
  ]),
  plain('login', { kind: 'login' }, AWAY),
  {
    name: 'closed',
    fault: ({ tally, company }) => ({ kind: 'before', act: () => tally.close(company) }),
    codes: AWAY,
    mend: ({ tally, company }) => tally.open(company),
  },
  {
    name: 'switched to one of the same name',
    fault: ({ tally, company, twin }) => ({
      kind: 'before',
      act: () => {
        tally.close(company);
        tally.open(twin);
      },
    }),
    codes: AWAY,
    mend: ({ tally, company, twin }) => {
      tally.close(twin);
      tally.open(company);
    },
  },
  {
    name: 'a second one of the same name',
    fault: ({ tally, twin }) => ({ kind: 'before', act: () => tally.open(twin) }),
    codes: ['tally-same-name', 'company-same-name'],
    mend: ({ tally, twin }) => tally.close(twin),
  },
  {
    name: 'restored',
    fault: ({ company, backup }) => ({ kind: 'before', act: () => company.restore(backup) }),
    codes: ['tally-moved', 'tally-restored', 'tally-truncated', 'tally-refused'],
  },
  plain('non-ascii-loss', { kind: 'non-ascii-loss' }, [
    'tally-moved',
    'tally-refused',
    'tally-truncated',
    'tally-other-company',
  ]),
  plain('raw-3', { kind: 'raw-control', code: 3 }),
  plain('raw-5', { kind: 'raw-control', code: 5 }),
  plain('undeclared-udf', { kind: 'undeclared-udf' }),
  plain('bare-ampersand', { kind: 'bare-ampersand' }),
  plain('latin1', { kind: 'latin1' }, ['tally-refused']),
  plain('third-party-tags', { kind: 'third-party-tags' }),
  plain('wrong-bill-types', { kind: 'wrong-bill-types' }),
  {
    name: 'renumbered',
    fault: ({ company }) => ({ kind: 'before', act: () => company.renumber('Receipt', 500) }),
    codes: [],
  },
  {
    name: 'edited before',
    fault: ({ edit }) => ({ kind: 'before', act: edit }),
    codes: ['tally-moved', 'tally-truncated'],
  },
  {
    name: 'edited after',
    fault: ({ edit }) => ({ kind: 'after', act: edit }),
    codes: ['tally-moved', 'tally-truncated'],
  },
  plain('edu-dates', { kind: 'edu-dates' }, ['tally-educational', 'tally-moved', 'tally-refused']),
  plain('crash', { kind: 'crash' }, GONE),
  plain('chunked', { kind: 'chunked' }),
];
