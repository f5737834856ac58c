import {
  duesOrSummary,
  takeConsent,
  writeAnswer,
  type Answered,
  type FactsOrSummary,
  type Taken,
  type TakeWish,
} from '../store/checks.ts';
import { duesOrSummaries, takeConsents, writeAnswers } from '../store/checks-together.ts';
import type { Store } from '../store/database.ts';
import { together } from '../store/together.ts';

/** What a check asks of the database, with what other checks ask at the same moment. */
export type Asking = {
  readonly take: (wish: TakeWish) => Promise<Taken>;
  readonly dues: (subjectKey: Buffer) => Promise<readonly FactsOrSummary[]>;
  readonly write: (answered: Answered) => Promise<void>;
};

/** While one statement reads, the next may start: one slow subject does not hold up the others. */
const READS_AT_ONCE = 2;
/** While one commit goes to the disk, the next is made ready. */
const WRITES_AT_ONCE = 2;

export function asking(store: Store): Asking {
  const { togetherMost: most } = store;
  return {
    take: together<TakeWish, Taken>({
      most,
      atOnce: 1,
      keyOf: ({ memberNo }) => String(memberNo),
      // Nothing is answered before the look itself is on the disk, and this before it.
      one: (wish) => takeConsent(store.soon, wish),
      many: (wishes) => takeConsents(store.soon, wishes),
    }),
    dues: together<Buffer, readonly FactsOrSummary[]>({
      most,
      atOnce: READS_AT_ONCE,
      keyOf: (subjectKey) => subjectKey.toString('latin1'),
      one: (subjectKey) => duesOrSummary(store, subjectKey),
      many: (subjectKeys) => duesOrSummaries(store, subjectKeys),
      isShared: true,
    }),
    write: together<Answered, void>({
      most,
      atOnce: WRITES_AT_ONCE,
      keyOf: ({ memberNo, checkId }) => `${memberNo} ${checkId}`,
      one: (answered) => writeAnswer(store, answered),
      many: async (all) => {
        await writeAnswers(store, all);
        return all.map(() => undefined);
      },
    }),
  };
}
