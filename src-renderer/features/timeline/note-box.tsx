import { ProblemNote } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import './timeline.css';

const LENGTH_MOST = 4000;

/** A note or what came of a call, typed where it will stand. */
export function NoteBox({ customerId }: { readonly customerId: number }): JSX.Element {
  const { t } = useTranslation('timeline');
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: (words: string) => client.notes.add({ customerId, text: words }),
    onSuccess: () => setText(''),
  });
  const submit = (): void => {
    if (text.trim() !== '' && !add.isPending) add.mutate(text.trim());
  };
  return (
    <form
      className="note-box"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        aria-label={t('note.label')}
        placeholder={t('note.placeholder')}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={LENGTH_MOST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          event.preventDefault();
          submit();
        }}
      />
      {add.error ? <ProblemNote problem={problemOf(add.error)} /> : null}
      {text.trim() === '' ? null : (
        <Button type="submit" loading={add.isPending} rightSection={<Shortcut keys="Ctrl+↵" />}>
          {t('note.add')}
        </Button>
      )}
    </form>
  );
}
