import { messageLanguages } from '#domain/reminders/languages.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button, Progress, Select } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, shell } from '../../client.ts';
import { manyKinds } from './paper-words.ts';
import { startWriting, useWriting, type Writing } from './writing-store.ts';

const CUSTOMERS_MOST = 10_000;

type ManyFormProps = { readonly customerIds: readonly number[]; readonly onClose: () => void };

/** Which paper, in which language, into which folder; then how far it is. It goes on when the dialog is closed. */
export function ManyForm({ customerIds, onClose }: ManyFormProps): JSX.Element {
  const { t } = useTranslation('papers');
  const { wish } = useAsOf();
  const writing = useWriting();
  const [kind, setKind] = useState<(typeof manyKinds)[number]>('statement');
  const [language, setLanguage] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    const folder = await shell.pickFolder();
    if (folder === null) return;
    const chosen = messageLanguages.find((one) => one === language);
    startWriting({
      label: t('many.label'),
      wish: {
        kind,
        folder,
        customerIds: customerIds.slice(0, CUSTOMERS_MOST),
        ...(chosen === undefined ? {} : { language: chosen }),
        ...(wish === undefined ? {} : { asOf: wish }),
      },
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start();
  };
  if (writing) return <WritingShown writing={writing} onClose={onClose} />;
  return (
    <EntryForm className="paper-form" onSubmit={submit}>
      <Select
        label={t('many.paper')}
        allowDeselect={false}
        data-autofocus
        value={kind}
        data={manyKinds.map((value) => ({ value, label: t(`many.kind.${value}`) }))}
        onChange={(next) => setKind(manyKinds.find((one) => one === next) ?? 'statement')}
      />
      <Select
        label={t('many.language')}
        placeholder={t('many.ownLanguage')}
        clearable
        value={language}
        data={messageLanguages.map((value) => ({
          value,
          label: t(`language.${value}`, { ns: 'reminders' }),
        }))}
        onChange={setLanguage}
      />
      <p className="paper-form__hint">{t('many.hint')}</p>
      <div className="form-foot">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" rightSection={<Shortcut keys="Ctrl+↵" />}>
          {t('many.folder')}
        </Button>
      </div>
    </EntryForm>
  );
}

type WritingShownProps = { readonly writing: Writing; readonly onClose: () => void };

function WritingShown({ writing, onClose }: WritingShownProps): JSX.Element {
  const { t } = useTranslation('papers');
  const { done, of, skipped, perSecond, state, error } = writing;
  return (
    <div className="paper-form" role="status">
      <Progress value={of > 0 ? (done * 100) / of : 0} aria-label={t('many.label')} />
      <p className="paper-form__hint">
        {t(`many.state.${state}`, { done, of })}
        {skipped > 0 ? ` ${t('many.skipped', { count: skipped })}` : ''}
        {state === 'writing' && perSecond !== null && perSecond > 0
          ? ` ${t('many.rate', { count: perSecond })}`
          : ''}
      </p>
      {error === undefined ? null : <ProblemNote problem={problemOf(error)} />}
      <div className="form-foot">
        {state === 'writing' ? (
          <Button variant="default" onClick={writing.stop}>
            {t('many.stop')}
          </Button>
        ) : (
          <Button variant="default" onClick={writing.forget}>
            {t('many.again')}
          </Button>
        )}
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
    </div>
  );
}
