import { addDays, daysBetween, type Day } from '#domain/days.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc, problemOf, type CallProblem } from '../../client.ts';
import { placeSteps, type ExampleBill, type Step } from './steps.ts';

const CREDIT_DAYS = 30;

export type ExampleDay = {
  readonly stepId: string;
  readonly day: Day;
  readonly repeat: number;
  readonly isOnHoliday: boolean;
};

export type Example = {
  readonly bill: ExampleBill;
  readonly typed: { readonly bill: string; readonly due: string };
  readonly typeBill: (text: string) => void;
  readonly typeDue: (text: string) => void;
  /** The due day lies before the bill. */
  readonly isTurned: boolean;
  readonly days: readonly ExampleDay[];
  /** The engine has not said yet which days they are. */
  readonly isPending: boolean;
  /** Days around the due day on which a step comes again. */
  readonly repeats: readonly number[];
  /** Steps that this bill never gets. */
  readonly passed: readonly number[];
  readonly problem: CallProblem | undefined;
};

/** A bill written today with a month of credit, until the owner looks at another; and what the engine says of it. */
export function useExample(steps: readonly Step[]): Example {
  const { today } = useAsOf();
  const [billText, typeBill] = useState(() => dayWords(today));
  const [dueText, typeDue] = useState(() => dayWords(addDays(today, CREDIT_DAYS)));
  const billDay = readDay(billText, today) ?? today;
  const dueDay = readDay(dueText, today) ?? addDays(billDay, CREDIT_DAYS);
  const isTurned = dueDay < billDay;
  const bill = { billDay, dueDay: isTurned ? billDay : dueDay };
  const { data, error, isPending } = useQuery(
    orpc.cadences.stepDays.queryOptions({ input: { steps: [...steps], ...bill } }),
  );
  const known = new Set(steps.map((step) => step.stepId));
  const days = (data ?? []).filter((one) => known.has(one.stepId));
  const reached = new Set(days.map((one) => one.stepId));
  return {
    bill,
    typed: { bill: billText, due: dueText },
    typeBill,
    typeDue,
    isTurned,
    days,
    isPending,
    repeats: [
      ...new Set(days.filter((one) => one.repeat > 0).map((one) => daysBetween(bill.dueDay, one.day))),
    ],
    passed: data
      ? placeSteps(steps, bill).flatMap(({ step, number }) => (reached.has(step.stepId) ? [] : number))
      : [],
    problem: error ? problemOf(error) : undefined,
  };
}
