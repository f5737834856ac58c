import { useBusy } from '#kit/use-busy.ts';
import type { RegistryConsent } from '#contract/engine/registry.ts';
import { DayText } from '#kit/day-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, CloseButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconEye } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, problemOf } from '../../client.ts';
import { canDrop, canLook } from './consent-steps.ts';
import { KeptResult } from './kept-result.tsx';
import { StepLine } from './step-line.tsx';

type ConsentPaneProps = {
  readonly consent: RegistryConsent;
  readonly isOff: boolean;
  readonly onClose: () => void;
};

/** One request: how far it has come, what can be done now, and what was told. */
export function ConsentPane({ consent, isOff, onClose }: ConsentPaneProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [, goTo] = useLocation();
  const { consentId, name, customerId, purpose, state, assurance, expiresDay } = consent;
  const { run, isBusy, problem } = useBusy(problemOf);
  const look = async (): Promise<void> => {
    await client.registry.check({ consentId });
  };
  const drop = async (): Promise<void> => {
    await client.registry.dropConsent({ consentId });
    notifications.show({ message: t('consent.dropped', { name }) });
  };
  return (
    <section className="consent card" aria-label={name}>
      <header className="consent__head">
        <h2 className="consent__name">{name}</h2>
        <CloseButton aria-label={t('close')} onClick={onClose} />
      </header>
      <p className="consent__soft">
        {t(`code.${purpose}.long`)} · {t('consent.until')} <DayText day={expiresDay} />
      </p>
      <StepLine consent={consent} />
      <p className="consent__now">
        {t(`consentNote.${purpose === 'TC02' && state === 'granted' ? 'reporting' : state}`)}
      </p>
      {assurance === null ? null : <p className="consent__soft">{t(`assurance.${assurance}`)}</p>}
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="consent__buttons">
        {canLook(consent) ? (
          <Button
            leftSection={<IconEye size={16} aria-hidden />}
            disabled={isOff}
            loading={isBusy}
            onClick={() => run(look)}
          >
            {t('consent.look')}
          </Button>
        ) : null}
        {canDrop(consent) ? (
          <Button variant="default" disabled={isOff || isBusy} onClick={() => run(drop)}>
            {t(state === 'granted' ? 'consent.giveUp' : 'consent.takeBack')}
          </Button>
        ) : null}
        {customerId === null ? null : (
          <Button variant="default" onClick={() => goTo(`/customers/${customerId}`)}>
            {t('fix.customer')}
          </Button>
        )}
      </div>
      {canLook(consent) ? <p className="consent__soft">{t('consent.once')}</p> : null}
      {state === 'used' ? <KeptResult consent={consent} /> : null}
    </section>
  );
}
