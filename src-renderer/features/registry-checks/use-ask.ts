import { useBusy } from '#kit/use-busy.ts';
import type { PurposeCode } from '#domain/registry/words.ts';
import type { Problem } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, queryClient, problemOf } from '../../client.ts';
import {
  askFaults,
  askWish,
  NOBODY,
  purposesOf,
  valuesOfCustomer,
  type AskFaults,
  type AskValues,
} from './ask-values.ts';
import type { Asked } from './checks-panel.tsx';

export type Ask = {
  readonly values: AskValues;
  /** What may be asked for at all. */
  readonly purposes: readonly PurposeCode[];
  readonly set: (change: Partial<AskValues>) => void;
  /** Fills in what the book knows of a customer. */
  readonly pick: (customerId: number | null) => void;
  readonly faults: AskFaults;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly submit: () => void;
};

/** The form of a request; faults are told once it was tried. */
export function useAsk(asked: Asked | undefined, onAsked: (name: string) => void): Ask {
  const { i18n } = useTranslation();
  const { data: membership } = useQuery(orpc.registry.membership.queryOptions());
  const purposes = purposesOf(membership?.purpose);
  const [typed, setValues] = useState<AskValues>({
    ...NOBODY,
    purpose: asked?.purpose ?? 'TC01',
    language: i18n.language === 'hi' ? 'hi' : 'en',
  });
  const [only] = purposes;
  const values = only === undefined || purposes.includes(typed.purpose) ? typed : { ...typed, purpose: only };
  const [isTried, setTried] = useState(false);
  const { run, isBusy, problem } = useBusy(problemOf);
  const pick = (customerId: number | null): void => {
    setValues((before) => ({ ...before, customerId }));
    if (customerId === null) return;
    run(async () => {
      const { customer } = await client.customers.get({ customerId });
      setValues((before) => valuesOfCustomer(before, customer));
    });
  };
  const askedId = asked?.customerId;
  useEffect(() => {
    if (askedId !== undefined) pick(askedId);
    // It is filled in once, when the form opens for somebody.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [askedId]);
  const faults = askFaults(values);
  const submit = (): void => {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    run(async () => {
      await client.registry.askConsent(askWish(values));
      await queryClient.invalidateQueries({ queryKey: orpc.registry.consents.key() });
      onAsked(values.name.trim());
    });
  };
  return {
    values,
    purposes,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    pick,
    faults: isTried ? faults : {},
    isBusy,
    problem,
    submit,
  };
}
