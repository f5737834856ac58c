import { Button, Text } from '@mantine/core';
import { IconArrowRight, IconCircleCheck } from '@tabler/icons-react';
import type { Dispatch, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { DryRun } from './types.ts';
import type { Drafted, WizardEvent } from './wizard.ts';

type SameCustomersProps = {
  readonly drafted: Drafted;
  readonly suggestions: DryRun['suggestions'];
  readonly dispatch: Dispatch<WizardEvent>;
};

/** New names that are close to a customer of the book. Nothing is merged unless the user says so. */
export function SameCustomers({ drafted, suggestions, dispatch }: SameCustomersProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { sameCustomers } = drafted.map;
  return (
    <ul className="same" data-testid="same-customers">
      {suggestions.map(({ name, nameKey, customerId, customerName, why }) => {
        const isSame = sameCustomers[nameKey] === customerId;
        return (
          <li key={`${nameKey}:${customerId}`} className="same__item">
            <span className="same__name" title={name}>
              {name}
            </span>
            <IconArrowRight size={14} aria-hidden />
            <span className="same__name" title={customerName}>
              {customerName}
            </span>
            <Text size="xs" c="dimmed" className="step__grow">
              {t(`same.${why}`)}
            </Text>
            {isSame ? (
              <span className="same__said">
                <IconCircleCheck size={16} aria-hidden /> {t('same.said')}
              </span>
            ) : null}
            <Button
              size="compact-xs"
              variant={isSame ? 'default' : 'light'}
              aria-label={t(isSame ? 'same.notLabel' : 'same.yesLabel', { name, customer: customerName })}
              onClick={() => dispatch({ type: 'same', nameKey, customerId: isSame ? null : customerId })}
            >
              {t(isSame ? 'same.not' : 'same.yes')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
