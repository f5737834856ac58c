import type { Paise } from '../money.ts';

/** What is probably behind a difference; the same words as the contract's. */
export type DifferenceCause =
  | 'on-account'
  | 'opening-without-bills'
  | 'not-bill-wise'
  | 'forex-revaluation'
  | 'optional-voucher'
  | 'post-dated-voucher'
  | 'history-missing'
  | 'entered-here'
  | 'applied-here'
  | 'changed-while-read'
  | 'unknown';

/** What the book knows besides the figures. Debit is positive; 0 and empty where there is nothing of the kind. */
export type PartyHints = {
  /** What cancelled and optional vouchers of the party would come to if they counted. */
  readonly optionalPaise: Paise;
  /** What its vouchers after the day of the report come to. */
  readonly postDatedPaise: Paise;
  /** What was entered in Baaki or imported from elsewhere comes to, and under which bill numbers it stands. */
  readonly enteredHerePaise: Paise;
  readonly enteredHereRefs: ReadonlySet<string>;
  /** Bills to which money was applied in Baaki by a person. */
  readonly appliedHereRefs: ReadonlySet<string>;
  /** References whose report differs from their vouchers (adjustments of derive.ts), and by how much in all. */
  readonly adjustedRefs: ReadonlySet<string>;
  readonly adjustedPaise: Paise;
  readonly isHistoryMissing: boolean;
  readonly isChangedWhileRead: boolean;
};

type Figures = {
  readonly differencePaise: Paise;
  readonly onAccountPaise: Paise;
  readonly openingRestPaise: Paise;
  readonly isBillWise: boolean;
};

/** Of two causes of the same weight the earlier of these is named first: what a person did here is surest. */
function candidatesOf(figures: Figures, hints: PartyHints): readonly (readonly [DifferenceCause, number])[] {
  return [
    ['entered-here', hints.enteredHerePaise],
    ['optional-voucher', hints.optionalPaise],
    ['post-dated-voucher', hints.postDatedPaise],
    ['forex-revaluation', hints.adjustedPaise],
    ['not-bill-wise', figures.isBillWise ? 0 : figures.onAccountPaise],
    ['opening-without-bills', figures.openingRestPaise],
    ['on-account', figures.isBillWise ? figures.onAccountPaise : 0],
  ];
}

/** First what explains the difference to the paisa, then what moved under our hands, then what there is besides. */
export function likelyCauses(figures: Figures, hints: PartyHints): readonly DifferenceCause[] {
  const present = candidatesOf(figures, hints).filter(([, amount]) => amount !== 0);
  const size = Math.abs(figures.differencePaise);
  const exact = present.filter(([, amount]) => Math.abs(amount) === size).map(([cause]) => cause);
  const other = present.filter(([, amount]) => Math.abs(amount) !== size).map(([cause]) => cause);
  const known: DifferenceCause[] = [...exact];
  if (hints.isChangedWhileRead) known.push('changed-while-read');
  if (hints.appliedHereRefs.size > 0) known.push('applied-here');
  if (hints.isHistoryMissing) known.push('history-missing');
  known.push(...other);
  return known.length === 0 ? ['unknown'] : known;
}
