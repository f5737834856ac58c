import type { Customer } from '#contract/engine/customers.ts';
import { Section } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { IconPlayerPause, IconSend2 } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsentsLine } from './consents-line.tsx';
import './customer-reminders.css';
import { LanguageLine } from './language-line.tsx';
import { LastMessages } from './last-messages.tsx';
import { NextLine } from './next-line.tsx';
import { PauseForm } from './pause-form.tsx';
import { PauseLines } from './pause-lines.tsx';
import { SendDialog } from './send-dialog.tsx';

type RemindersCardProps = {
  readonly customer: Customer;
  readonly isReadOnly: boolean;
  /** The address of the screen asks for a message at once, on this channel. */
  readonly askedChannel: string | null;
};

/** What comes next and why, what was sent last, who may be written to how, and a message by hand. */
export function RemindersCard({ customer, isReadOnly, askedChannel }: RemindersCardProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { customerId } = customer;
  const [isPausing, setPausing] = useState(false);
  const [isSending, setSending] = useState(askedChannel !== null && !isReadOnly);
  return (
    <Section
      title={t('title')}
      aside={
        isReadOnly ? null : (
          <span className="care__buttons">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlayerPause size={14} aria-hidden />}
              onClick={() => setPausing((was) => !was)}
            >
              {t('pause.button')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconSend2 size={14} aria-hidden />}
              onClick={() => setSending(true)}
            >
              {t('send.button')}
            </Button>
          </span>
        )
      }
    >
      <div className="care">
        <NextLine customerId={customerId} />
        {isPausing ? <PauseForm customerId={customerId} onClose={() => setPausing(false)} /> : null}
        <PauseLines customerId={customerId} isReadOnly={isReadOnly} />
        <LastMessages customerId={customerId} />
        <ConsentsLine customerId={customerId} isReadOnly={isReadOnly} />
        <LanguageLine customer={customer} isReadOnly={isReadOnly} />
      </div>
      {isSending ? (
        <SendDialog customer={customer} askedChannel={askedChannel} onClose={() => setSending(false)} />
      ) : null}
    </Section>
  );
}
