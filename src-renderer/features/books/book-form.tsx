import type { Book } from '#contract/engine/books.ts';
import { orpc, problemOf } from '../../client.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { currencyChoices, timeZoneChoices, type Choice } from './choices.ts';

const NAME_LENGTH_MOST = 120;
const CHOICES_SHOWN = 80;

type BookFormProps = {
  /** Called once the new book is made and open. */
  readonly onCreated?: (book: Book) => void;
  /** The form is what the screen is about: the keyboard stands in it at once. */
  readonly isFirst?: boolean;
};

/** Makes a book for a company and opens it. */
export function BookForm({ onCreated, isFirst = false }: BookFormProps): JSX.Element {
  const { t, i18n } = useTranslation('books');
  const currencies = useMemo(() => currencyChoices(i18n.language), [i18n.language]);
  const timeZones = useMemo(() => timeZoneChoices(), []);
  const nameField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) nameField.current?.focus();
  }, [isFirst]);
  const form = useForm({
    initialValues: { name: '', baseCurrency: 'INR', timeZone: 'Asia/Kolkata' },
    validate: {
      name: (name) => {
        const length = name.trim().length;
        if (length === 0) return t('form.nameMissing');
        return length > NAME_LENGTH_MOST ? t('form.nameLong', { count: length }) : null;
      },
    },
  });
  const create = useMutation(
    orpc.books.create.mutationOptions({
      onSuccess: (book) => {
        form.reset();
        onCreated?.(book);
      },
    }),
  );
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate({ ...values, name: values.name.trim() }))}>
      <Stack gap="md">
        <TextInput
          label={t('form.name')}
          placeholder={t('form.namePlaceholder')}
          ref={nameField}
          data-autofocus={isFirst || undefined}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <ChoiceSelect
          label={t('form.baseCurrency')}
          description={t('form.baseCurrencyHint')}
          choices={currencies}
          {...form.getInputProps('baseCurrency')}
        />
        <ChoiceSelect
          label={t('form.timeZone')}
          description={t('form.timeZoneHint')}
          choices={timeZones}
          {...form.getInputProps('timeZone')}
        />
        {create.error ? <ProblemNote problem={problemOf(create.error)} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ChoiceSelectProps = {
  readonly label: string;
  readonly description: string;
  readonly choices: readonly Choice[];
};

function ChoiceSelect({ choices, ...field }: ChoiceSelectProps): JSX.Element {
  const { t } = useTranslation('books');
  return (
    <Select
      {...field}
      data={[...choices]}
      searchable
      allowDeselect={false}
      limit={CHOICES_SHOWN}
      selectFirstOptionOnChange
      nothingFoundMessage={t('form.nothingFound')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
