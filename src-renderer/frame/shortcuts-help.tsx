import { Shortcut } from '#kit/shortcut.tsx';
import { Modal } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from './actions.ts';
import { keyWords } from './palette.tsx';

const TABLE_KEYS = [
  ['move', '↑ ↓ PgUp PgDn Home End'],
  ['open', 'Enter'],
  ['peek', 'Space'],
  ['select', 'Ctrl+Space'],
  ['extend', 'Shift+↑ Shift+↓'],
  ['all', 'Ctrl+A'],
  ['fold', '← →'],
  ['search', 'A … Z'],
  ['clear', 'Esc'],
] as const;

type ShortcutsHelpProps = {
  readonly isOpen: boolean;
  readonly actions: readonly Action[];
  readonly onClose: () => void;
};

/** '?': every key of the window and of its tables. */
export function ShortcutsHelp({ isOpen, actions, onClose }: ShortcutsHelpProps): JSX.Element {
  const { t } = useTranslation('frame');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('help.title')}
      size={640}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className="keys">
        <KeyList title={t('help.everywhere')}>
          {actions.map(({ id, label, keys }) =>
            keys === undefined ? null : <Entry key={id} label={label} keys={keyWords(keys)} />,
          )}
        </KeyList>
        <KeyList title={t('help.tables')}>
          {TABLE_KEYS.map(([id, keys]) => (
            <Entry key={id} label={t(`help.table.${id}`)} keys={keys} />
          ))}
          <Entry label={t('help.stepBack')} keys="Esc" />
        </KeyList>
      </div>
    </Modal>
  );
}

function KeyList({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section>
      <h3 className="keys__heading">{title}</h3>
      <dl className="keys__list">{children}</dl>
    </section>
  );
}

function Entry({ label, keys }: { readonly label: string; readonly keys: string }): JSX.Element {
  return (
    <div className="keys__entry">
      <dt>{label}</dt>
      <dd>
        <Shortcut keys={keys} />
      </dd>
    </div>
  );
}
