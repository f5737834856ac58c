import type { Consent } from '#contract/engine/consents.ts';
import { dayWords } from '#kit/day-text.tsx';
import { Button, Popover } from '@mantine/core';
import { IconBan, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { ConsentForm } from './consent-form.tsx';
import { consentStates, type ConsentState } from './consent-states.ts';

const NO_WORDS: readonly Consent[] = [];
const icons = { granted: IconCircleCheck, withdrawn: IconBan, unsaid: IconCircleDashed } as const;

type ConsentsLineProps = { readonly customerId: number; readonly isReadOnly: boolean };

/** On which channels he has agreed to reminders, has said no, or has said nothing; each opens what is written down. */
export function ConsentsLine({ customerId, isReadOnly }: ConsentsLineProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { data = NO_WORDS } = useQuery(orpc.consents.list.queryOptions({ input: { customerId } }));
  return (
    <div className="care__row">
      <span className="care__label">{t('consent.label')}</span>
      <div className="care__consents" role="group" aria-label={t('consent.label')}>
        {consentStates(data).map((state) => (
          <ConsentChip key={state.channel} customerId={customerId} state={state} isReadOnly={isReadOnly} />
        ))}
      </div>
    </div>
  );
}

type ConsentChipProps = {
  readonly customerId: number;
  readonly state: ConsentState;
  readonly isReadOnly: boolean;
};

function ConsentChip({
  customerId,
  state: { channel, state, word },
  isReadOnly,
}: ConsentChipProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const [isOpen, setOpen] = useState(false);
  const Icon = icons[state];
  const name = t(`channel.${channel}`, { ns: 'reminders' });
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      returnFocus
      position="bottom-start"
      shadow="md"
      width={340}
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          className={`care__consent care__consent--${state}`}
          leftSection={<Icon size={14} aria-hidden />}
          onClick={() => setOpen((was) => !was)}
        >
          {name}
          <span className="unseen">: {t(`consent.${state}`)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('consent.of', { channel: name })}>
        <p className="care__line">
          <strong>{t(`consent.${state}`)}</strong>
          {word === undefined ? null : ` · ${dayWords(word.day)} · ${word.how}`}
        </p>
        {word?.proof ? <p className="care__soft care__line selectable">{word.proof}</p> : null}
        {isReadOnly ? null : (
          <ConsentForm
            customerId={customerId}
            channel={channel}
            isGranted={state === 'granted'}
            onClose={() => setOpen(false)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
