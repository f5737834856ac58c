import { Button, Modal } from '@mantine/core';
import { IconFiles } from '@tabler/icons-react';
import { useState, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ManyForm } from './many-form.tsx';
import './papers.css';

type Row = { readonly customerId: number };

type PapersManyProps = {
  /** The rows as the table shows them, and those of them that are selected. */
  readonly shownRef: RefObject<readonly Row[]>;
  readonly selectedRef: RefObject<readonly Row[]>;
  readonly disabled: boolean;
};

/** Statements of the selected customers, or else of all that are shown, each in a file of its own. */
export function PapersMany({ shownRef, selectedRef, disabled }: PapersManyProps): JSX.Element {
  const { t } = useTranslation('papers');
  const [customerIds, setCustomerIds] = useState<readonly number[] | null>(null);
  const open = (): void => {
    const rows = selectedRef.current.length > 1 ? selectedRef.current : shownRef.current;
    setCustomerIds(rows.map(({ customerId }) => customerId));
  };
  const close = (): void => setCustomerIds(null);
  return (
    <>
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<IconFiles size={16} aria-hidden />}
        onClick={open}
      >
        {t('many.button')}
      </Button>
      {customerIds === null ? null : (
        <Modal
          opened
          onClose={close}
          title={t('many.title', { count: customerIds.length })}
          size={480}
          closeButtonProps={{ 'aria-label': t('close') }}
          transitionProps={{ duration: 0 }}
        >
          <ManyForm customerIds={customerIds} onClose={close} />
        </Modal>
      )}
    </>
  );
}
