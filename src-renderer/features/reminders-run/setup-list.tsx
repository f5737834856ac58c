import { useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client, orpc, problemOf } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { setupOf, type SetupStep } from './nothing.ts';
import './setup.css';

type SetupListProps = { readonly onTab: (tab: string) => void };

/** What is needed before the first reminder, in the order in which it is done; the first that is missing stands out. */
export function SetupList({ onTab }: SetupListProps): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const { data: gateways } = useQuery(orpc.gateways.list.queryOptions());
  const { data: cadences } = useQuery(orpc.cadences.list.queryOptions());
  if (!business || !gateways || !cadences) return null;
  const steps = setupOf({ business, gateways, ...cadences });
  const first = steps.find(({ isDone }) => !isDone);
  return (
    <section className="setup" aria-labelledby="setup-title">
      <h2 id="setup-title" className="setup__title">
        {t('setup.title')}
      </h2>
      <p className="setup__about">{t('setup.about')}</p>
      <ol className="setup__steps">
        {steps.map((one, at) => (
          <li key={one.step} className={`setup__step${one === first ? ' setup__step--next' : ''}`}>
            {one.isDone ? (
              <IconCircleCheckFilled size={22} className="setup__done" aria-label={t('setup.done')} />
            ) : (
              <span className="setup__number" aria-hidden>
                {at + 1}
              </span>
            )}
            <div className="setup__words">
              <div className="setup__name">{t(`setup.${one.step}.title`)}</div>
              <div className="setup__says">{t(`setup.${one.step}.${one.says}`)}</div>
            </div>
            <StepButton one={one} isNext={one === first} onTab={onTab} />
          </li>
        ))}
      </ol>
    </section>
  );
}

type StepButtonProps = SetupListProps & { readonly one: SetupStep; readonly isNext: boolean };

function StepButton({ one, isNext, onTab }: StepButtonProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const [, goTo] = useLocation();
  const sayName = useStarterName();
  const { assign, isBusy } = useAssignAll();
  const look = { variant: isNext ? 'filled' : 'default', size: 'compact-md' } as const;
  if (one.step === 'business')
    return (
      <Button {...look} onClick={() => goTo('/settings')}>
        {t('setup.toSettings')}
      </Button>
    );
  if (one.step === 'gateway')
    return (
      <Button {...look} onClick={() => onTab('gateways')}>
        {t(one.says === 'untested' ? 'setup.toTest' : 'setup.toGateways')}
      </Button>
    );
  const only = one.step === 'whom' && !one.isDone ? one.only : undefined;
  if (only)
    return (
      <Button {...look} disabled={isBusy} onClick={() => void assign(only.cadenceId)}>
        {t('setup.forAll', { name: sayName(only.name) })}
      </Button>
    );
  return (
    <Button {...look} onClick={() => onTab('cadences')}>
      {t(one.step === 'cadence' && one.says === 'none' ? 'setup.chooseCadence' : 'setup.toCadences')}
    </Button>
  );
}

/** From today on everybody without a cadence of his own has this one. */
function useAssignAll(): { readonly assign: (cadenceId: number) => Promise<void>; readonly isBusy: boolean } {
  const tell = useTellProblem(problemOf);
  const [isBusy, setBusy] = useState(false);
  const assign = async (cadenceId: number): Promise<void> => {
    setBusy(true);
    try {
      await client.cadences.assign({ scope: 'company', scopeKey: '', cadenceId });
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return { assign, isBusy };
}
