import { Modal } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './documents.css';

type EntryModalProps = {
  readonly title: string;
  readonly size?: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** The dialog of an entry. A click beside it closes nothing: what was typed would be lost. */
export function EntryModal({ title, size = 640, onClose, children }: EntryModalProps): JSX.Element {
  const { t } = useTranslation('documents');
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      {children}
    </Modal>
  );
}
