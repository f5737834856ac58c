import { useEffect, useState } from 'react';

export type Decision = 'take' | 'decline';

export type Decisions = {
  readonly of: (offerId: number) => Decision | undefined;
  readonly count: number;
  readonly decide: (offerIds: readonly number[], decision: Decision) => void;
  /** Takes back what was decided and not yet carried out; all of it where none is named. */
  readonly undo: (offerIds?: readonly number[]) => void;
};

/** So long a decision can be taken back; until then nothing of it has happened. */
export const UNDO_MILLISECONDS = 8_000;

type CarryOut = (offerId: number, decision: Decision) => Promise<unknown>;

/**
 * Decisions that are carried out a few seconds after they are made, or at once when the list is left. The engine has no
 * way back for them, and nobody shall be asked "are you sure?". Give a function that stays the same.
 */
export function useDecisions(carryOut: CarryOut, onFailed: (error: unknown) => void): Decisions {
  const [pending, setPending] = useState<ReadonlyMap<number, Decision>>(new Map());
  const [book] = useState(() => decisionBook(carryOut, setPending));
  useEffect(() => book.hearFailures(onFailed), [book, onFailed]);
  useEffect(() => book.carryOutAll, [book]);
  return {
    of: (offerId) => pending.get(offerId),
    count: pending.size,
    decide: book.decide,
    undo: book.undo,
  };
}

type Waiting = { readonly decision: Decision; readonly timer: ReturnType<typeof setTimeout> };

export type DecisionBook = Pick<Decisions, 'decide' | 'undo'> & {
  readonly carryOutAll: () => void;
  readonly hearFailures: (listener: (error: unknown) => void) => void;
};

/** The decisions that wait, apart from the screen: it may be gone when they are carried out. */
export function decisionBook(
  carryOut: CarryOut,
  onChange: (pending: ReadonlyMap<number, Decision>) => void,
): DecisionBook {
  const waiting = new Map<number, Waiting>();
  let onFailed = (_error: unknown): void => {};
  const shown = new Map<number, Decision>();
  const tell = (): void => onChange(new Map(shown));
  const forget = (offerId: number): void => {
    clearTimeout(waiting.get(offerId)?.timer);
    waiting.delete(offerId);
  };
  const finish = async (offerId: number): Promise<void> => {
    const decision = waiting.get(offerId)?.decision;
    forget(offerId);
    if (decision === undefined) return;
    try {
      await carryOut(offerId, decision);
    } catch (error) {
      onFailed(error);
    }
    // Only now may its line offer anything anew; as a rule it is gone by then.
    if (!waiting.has(offerId)) shown.delete(offerId);
    tell();
  };
  return {
    decide: (offerIds, decision) => {
      for (const offerId of offerIds) {
        forget(offerId);
        const timer = setTimeout(() => void finish(offerId), UNDO_MILLISECONDS);
        waiting.set(offerId, { decision, timer });
        shown.set(offerId, decision);
      }
      tell();
    },
    undo: (offerIds = [...waiting.keys()]) => {
      for (const offerId of offerIds) {
        // What is being carried out already is no longer here to take back.
        if (waiting.has(offerId)) shown.delete(offerId);
        forget(offerId);
      }
      tell();
    },
    hearFailures: (listener) => {
      onFailed = listener;
    },
    carryOutAll: () => {
      for (const offerId of waiting.keys()) void finish(offerId);
    },
  };
}
