import { messageLanguages } from '#domain/reminders/languages.ts';
import { channels, purposes } from '#domain/reminders/words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { EntryForm } from '#kit/entry-form.tsx';
import { Button, Popover, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { freeKey, type TextPlace } from './draft.ts';
import type { ListedTemplate } from './template-grid.ts';

type NewMessageProps = {
  readonly templates: readonly ListedTemplate[];
  readonly onOpen: (place: TextPlace) => void;
};

/** Answers and tests are written by Baaki and by hand; a message of one's own is one of these. */
const ownPurposes = purposes.filter((one) => one !== 'test');
const NAME_MOST = 80;

/** A message that the book does not have yet: its name, and where its first text stands. */
export function NewMessage({ templates, onOpen }: NewMessageProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { isMoved: isOff } = useAsOf();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      returnFocus
      position="bottom-end"
      shadow="md"
      withinPortal
      width={320}
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isOff}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setOpen((was) => !was)}
        >
          {t('new.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('new.open')}>
        <NewMessageForm templates={templates} onOpen={onOpen} />
      </Popover.Dropdown>
    </Popover>
  );
}

function NewMessageForm({ templates, onOpen }: NewMessageProps): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState<string | null>('reminder');
  const [channel, setChannel] = useState<string | null>('whatsapp');
  const [language, setLanguage] = useState<string | null>('en');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    onOpen({
      key: freeKey(name, templates),
      name: name.trim(),
      tone: 'plain',
      purpose: ownPurposes.find((one) => one === purpose) ?? 'reminder',
      channel: channels.find((one) => one === channel) ?? 'whatsapp',
      language: messageLanguages.find((one) => one === language) ?? 'en',
    });
  };
  const inPopover = { comboboxProps: { withinPortal: false }, allowDeselect: false } as const;
  return (
    <EntryForm className="text-form" onSubmit={submit}>
      <TextInput
        label={t('field.name')}
        maxLength={NAME_MOST}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        {...inPopover}
        label={t('field.purpose')}
        value={purpose}
        data={ownPurposes.map((value) => ({ value, label: t(`reminders:purpose.${value}`) }))}
        onChange={setPurpose}
      />
      <Select
        {...inPopover}
        label={t('field.channel')}
        value={channel}
        data={channels.map((value) => ({ value, label: t(`reminders:channel.${value}`) }))}
        onChange={setChannel}
      />
      <Select
        {...inPopover}
        label={t('field.language')}
        value={language}
        data={messageLanguages.map((value) => ({ value, label: t(`reminders:language.${value}`) }))}
        onChange={setLanguage}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {t('new.write')}
      </Button>
    </EntryForm>
  );
}
