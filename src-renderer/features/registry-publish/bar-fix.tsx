import type { Candidate } from '#contract/engine/registry.ts';
import { addDays } from '#domain/days.ts';
import { PUBLISH_LEAST_PAISE, type PublishBar } from '#domain/registry/publish.ts';
import { OVERDUE_LEAST_DAYS } from '#domain/registry/visibility.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useMoneyWords } from '#kit/money-text.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, problemOf } from '../../client.ts';
import { fixOf } from './fixes.ts';

type BarFixProps = {
  readonly bar: PublishBar;
  readonly candidate: Candidate;
  readonly isOff: boolean;
  readonly onProve: () => void;
  readonly onAskConsent: (customerId: number) => void;
};

/** One reason against publishing, what it means, and the way to put it right. */
export function BarFix({ bar, candidate, isOff, onProve, onAskConsent }: BarFixProps): JSX.Element {
  const { t } = useTranslation('registry');
  const sayMoney = useMoneyWords();
  const [, goTo] = useLocation();
  const allow = useAllow();
  const { customerId, dueDay, doNotPublish } = candidate;
  const fix = fixOf(bar, candidate);
  const mark = bar === 'do-not-publish' && doNotPublish !== 'customer' ? doNotPublish : null;
  const press = {
    customer: () => goTo(`/customers/${customerId}`),
    evidence: onProve,
    consent: () => onAskConsent(customerId),
    allow: () => void allow(candidate),
    wait: undefined,
  }[fix];
  return (
    <li className="due__bar">
      <strong>{t(`bar.${bar}`)}</strong>
      <span className="due__soft">
        {mark === null
          ? t(`barFix.${bar}`, {
              day: dayWords(addDays(dueDay, OVERDUE_LEAST_DAYS)),
              amount: sayMoney(PUBLISH_LEAST_PAISE),
            })
          : t(`markFix.${mark}`)}
      </span>
      {press ? (
        <Button size="compact-sm" variant="default" disabled={isOff && fix !== 'customer'} onClick={press}>
          {t(`fix.${fix}`)}
        </Button>
      ) : null}
    </li>
  );
}

/** Lets a customer's dues, or one bill, be published again. */
function useAllow(): (candidate: Candidate) => Promise<void> {
  const { t } = useTranslation('registry');
  const done = useDone(problemOf);
  const tellProblem = useTellProblem(problemOf);
  return async ({ customerId, customerName, billId, number, doNotPublish }) => {
    try {
      if (doNotPublish === 'bill') {
        await client.registry.setBillDoNotPublish({ billId, isDoNotPublish: false });
        done({
          message: t('doNotPublish.billOff', { number: number ?? '' }),
          undo: async () => client.registry.setBillDoNotPublish({ billId, isDoNotPublish: true }),
        });
        return;
      }
      await client.registry.setDoNotPublish({ customerId, isDoNotPublish: false });
      done({
        message: t('doNotPublish.off', { name: customerName }),
        undo: async () => client.registry.setDoNotPublish({ customerId, isDoNotPublish: true }),
      });
    } catch (error) {
      tellProblem(error);
    }
  };
}
