import { useBusy } from '#kit/use-busy.ts';
import type { Membership } from '#contract/engine/registry.ts';
import type { Problem } from '#kit/problem.tsx';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import {
  faultsOf,
  joinWish,
  stepAfter,
  tidyAddress,
  valuesFrom,
  type JoinFaults,
  type JoinStep,
  type JoinValues,
} from './join-values.ts';

export type Terms = Awaited<ReturnType<typeof client.registry.terms>>;

export type Join = {
  readonly step: JoinStep;
  readonly values: JoinValues;
  readonly set: (change: Partial<JoinValues>) => void;
  readonly faults: JoinFaults;
  readonly terms: Terms | undefined;
  /** Until when the password is good: UTC milliseconds; undefined after a restart. */
  readonly expiresAt: number | undefined;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly next: () => void;
  readonly back: () => void;
  /** Sends another password, with what was typed; undefined where nothing is known of it any more. */
  readonly sendAgain: (() => void) | undefined;
};

/** The steps of joining: what is typed, what the registry said, where one stands. */
export function useJoin(membership: Membership, onJoined: () => void): Join {
  const { t, i18n } = useTranslation('registry');
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const isApplied = membership.status === 'applied';
  const [step, setStep] = useState<JoinStep>(isApplied ? 'password' : 'address');
  const [typed, setTyped] = useState<Partial<JoinValues>>({});
  const [terms, setTerms] = useState<Terms>();
  const [expiresAt, setExpiresAt] = useState<number>();
  const [isTried, setTried] = useState(false);
  const call = useBusy(problemOf);
  const values = { ...valuesFrom(business, membership.address), ...typed };
  const show = (to: JoinStep): void => {
    setTried(false);
    call.forget();
    setStep(to);
  };
  const apply = async (said: Terms): Promise<void> => {
    const wish = joinWish(values, { termsVersion: said.termsVersion, language: i18n.language });
    const { expiresAt: until } = await client.registry.join(wish);
    setExpiresAt(until);
    setTyped((before) => ({ ...before, password: '' }));
    show('password');
  };
  const leaveStep = async (): Promise<void> => {
    if (step === 'address') {
      setTerms(await client.registry.terms({ address: tidyAddress(values.address) }));
      show('terms');
    } else if (step === 'accept' && terms) await apply(terms);
    else if (step === 'password') {
      const joined = await client.registry.confirmJoin({ otp: values.password.trim() });
      const said = joined.status === 'pending' ? 'join.waits' : 'join.done';
      notifications.show({ message: t(said, { name: joined.registryName ?? '' }) });
      queryClient.setQueryData(orpc.registry.membership.queryKey(), joined);
      onJoined();
    } else show(stepAfter(step, 1));
  };
  const faults = faultsOf(step, values);
  return {
    step,
    values,
    set: (change) => setTyped((before) => ({ ...before, ...change })),
    faults: isTried ? faults : {},
    terms,
    expiresAt,
    isBusy: call.isBusy,
    problem: call.problem,
    next: () => {
      setTried(true);
      if (Object.keys(faults).length === 0) call.run(leaveStep);
    },
    // What was applied for stands at the registry: its terms were read, so that one goes back to who one is.
    back: () => show(step === 'password' ? (terms ? 'who' : 'address') : stepAfter(step, -1)),
    sendAgain: terms ? () => call.run(async () => apply(terms)) : undefined,
  };
}
