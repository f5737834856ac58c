import type { Customer } from '#contract/engine/customers.ts';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { SendForm } from './send-form.tsx';

type SendDialogProps = {
  readonly customer: Customer;
  readonly askedChannel: string | null;
  readonly onClose: () => void;
};

/** One message to one customer now, by hand. */
export function SendDialog({ customer, askedChannel, onClose }: SendDialogProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { data, error } = useQuery(orpc.templates.list.queryOptions());
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('send.title', { name: customer.name })}
      size={620}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      {data ? (
        <SendForm customer={customer} texts={data} askedChannel={askedChannel} onClose={onClose} />
      ) : null}
    </Modal>
  );
}
