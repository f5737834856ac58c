import { ActionIcon, Button, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconDeviceFloppy, IconX } from '@tabler/icons-react';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';
import type { CustomersViews } from './use-customers-view.ts';

const NAME_LENGTH_MOST = 60;

/** Saved views, side by side; what one changes in a view is kept until it is saved or another is chosen. */
export function ViewsTabs({ views }: { readonly views: CustomersViews }): JSX.Element {
  const { t } = useTranslation('customers');
  const { saved, chosenId, isChanged, choose } = views;
  const tabs = [{ viewId: null, name: t('views.all') }, ...saved];
  return (
    <div className="views">
      <div role="group" aria-label={t('views.label')} className="views__tabs">
        {tabs.map(({ viewId, name }) => (
          <span key={viewId ?? ''} className={`views__tab${viewId === chosenId ? ' views__tab--here' : ''}`}>
            <UnstyledButton
              className="views__name"
              aria-pressed={viewId === chosenId}
              onClick={() => choose(viewId)}
            >
              {name}
              {viewId === chosenId && isChanged ? <span className="views__changed"> *</span> : null}
            </UnstyledButton>
            {viewId !== null && viewId === chosenId ? (
              <ActionIcon
                size={18}
                aria-label={t('views.remove', { name })}
                onClick={() => void views.remove(viewId)}
              >
                <IconX size={13} aria-hidden />
              </ActionIcon>
            ) : null}
          </span>
        ))}
      </div>
      {isChanged && chosenId !== null ? (
        <Button size="compact-sm" variant="subtle" onClick={() => void views.saveChanges()}>
          {t('views.saveChanges')}
        </Button>
      ) : null}
      {isChanged ? <SaveAs onSave={views.saveAs} /> : null}
    </div>
  );
}

function SaveAs({ onSave }: { readonly onSave: (name: string) => Promise<void> }): JSX.Element {
  const { t } = useTranslation('customers');
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    setOpen(false);
    setName('');
    void onSave(name.trim());
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDeviceFloppy size={15} aria-hidden />}
          onClick={() => setOpen((was) => !was)}
        >
          {t('views.save')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('views.save')}>
        <form onSubmit={submit} className="views__form">
          <TextInput
            label={t('views.name')}
            value={name}
            maxLength={NAME_LENGTH_MOST}
            data-autofocus
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit">{t('views.saveIt')}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
