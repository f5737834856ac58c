import type { Membership } from '#contract/engine/registry.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { AcceptStep } from './accept-step.tsx';
import { AddressStep } from './address-step.tsx';
import { joinSteps, type JoinStep } from './join-values.ts';
import { PasswordStep } from './password-step.tsx';
import './registry-membership.css';
import { TermsStep } from './terms-step.tsx';
import { useJoin, type Join } from './use-join.ts';
import { WhoStep } from './who-step.tsx';

type JoinWizardProps = { readonly membership: Membership; readonly onClose: () => void };

/** From an address to a membership, a step at a time; nothing is sent before the fourth. */
export function JoinWizard({ membership, onClose }: JoinWizardProps): JSX.Element {
  const { t } = useTranslation('registry');
  const join = useJoin(membership, onClose);
  const { step, isBusy, problem } = join;
  return (
    <Section title={t('join.title')} className="join">
      <Steps step={step} />
      {/* Each step takes the keyboard to its first field. */}
      <EntryForm
        key={step}
        className="join__form"
        onEscape={onClose}
        onSubmit={(event) => {
          event.preventDefault();
          join.next();
        }}
      >
        <Fields join={join} membership={membership} />
        {problem ? <ProblemNote problem={problem} onRetry={join.next} /> : null}
        <div className="form-foot">
          <span className="form-foot__aside">{t(`join.leaves.${step}`)}</span>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          {step === 'address' ? null : (
            <Button variant="default" onClick={join.back} disabled={isBusy}>
              {t('join.back')}
            </Button>
          )}
          {/* The terms have no field: the keyboard waits on the way on. */}
          <Button type="submit" loading={isBusy} data-autofocus={step === 'terms' ? true : undefined}>
            {t(`join.next.${step}`)}
          </Button>
        </div>
      </EntryForm>
    </Section>
  );
}

type FieldsProps = { readonly join: Join; readonly membership: Membership };

function Fields({ join, membership }: FieldsProps): JSX.Element {
  switch (join.step) {
    case 'address':
      return <AddressStep join={join} />;
    case 'terms':
      return <TermsStep terms={join.terms} />;
    case 'who':
      return <WhoStep join={join} />;
    case 'accept':
      return <AcceptStep join={join} />;
    case 'password':
      return <PasswordStep join={join} registryName={join.terms?.name ?? membership.registryName ?? ''} />;
  }
}

/** Where one stands; the steps are told, not pressed. */
function Steps({ step }: { readonly step: JoinStep }): JSX.Element {
  const { t } = useTranslation('registry');
  const at = joinSteps.indexOf(step);
  return (
    <ol className="join__steps" aria-label={t('join.steps')}>
      {joinSteps.map((one, index) => (
        <li
          key={one}
          className={`join__step${index < at ? ' join__step--done' : ''}`}
          aria-current={one === step ? 'step' : undefined}
        >
          <span className="join__number" aria-hidden>
            {index + 1}
          </span>
          {t(`join.step.${one}`)}
        </li>
      ))}
    </ol>
  );
}
