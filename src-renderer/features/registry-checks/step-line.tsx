import type { RegistryConsent } from '#contract/engine/registry.ts';
import { IconCheck, IconCircle, IconCircleDot, IconX, type TablerIcon } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { stepsOf, type StepAt } from './consent-steps.ts';

/** Each place on the way has a shape of its own. */
const icons = {
  done: IconCheck,
  now: IconCircleDot,
  'to-come': IconCircle,
  stopped: IconX,
} as const satisfies Record<StepAt, TablerIcon>;

/** Asked → approved → looked → expires: how far a consent has come. */
export function StepLine({ consent }: { readonly consent: RegistryConsent }): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <ol className="steps" aria-label={t('steps.label')}>
      {stepsOf(consent).map(({ step, at }) => {
        const Icon = icons[at];
        return (
          <li
            key={step}
            className={`steps__one steps__one--${at}`}
            aria-current={at === 'now' ? 'step' : undefined}
          >
            <Icon size={14} aria-hidden />
            <span>{t(`steps.${step}`)}</span>
            <span className="unseen">({t(`stepAt.${at}`)})</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The same in a cell: a mark for each step, told as a whole. */
export function StepMarks({ consent }: { readonly consent: RegistryConsent }): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <span className="step-marks">
      <span className="step-marks__line" aria-hidden>
        {stepsOf(consent).map(({ step, at }) => (
          <span key={step} className={`step-marks__one step-marks__one--${at}`} />
        ))}
      </span>
      {t(`consentState.${consent.state}`)}
    </span>
  );
}
