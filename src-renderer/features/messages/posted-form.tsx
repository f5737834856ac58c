import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageCalls } from './use-message-actions.ts';

const NUMBER_MOST = 60;

type PostedFormProps = { readonly messageId: number; readonly calls: MessageCalls };

/** A letter went to the post: with the number of the registered post or courier, where there is one. */
export function PostedForm({ messageId, calls }: PostedFormProps): JSX.Element {
  const { t } = useTranslation('messages');
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const postalNumber = number.trim() === '' ? null : number.trim();
    calls.confirm({ messageId, isDone: true, postalNumber }, t('confirmed.posted'));
  };
  return (
    <form className="posted" onSubmit={submit}>
      <TextInput
        label={t('posted.number')}
        description={t('posted.hint')}
        value={number}
        maxLength={NUMBER_MOST}
        autoComplete="off"
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <div className="posted__buttons">
        <Button type="submit" disabled={calls.isBusy}>
          {t('posted.button')}
        </Button>
        <Button
          variant="default"
          disabled={calls.isBusy}
          onClick={() => calls.confirm({ messageId, isDone: false }, t('confirmed.not'))}
        >
          {t('posted.not')}
        </Button>
      </div>
    </form>
  );
}
