import type { ProblemShown } from '#contract/engine/reminder-fields.ts';
import type { PlannedRow } from '#contract/engine/reminders.ts';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { SmsSize } from './message-preview.tsx';
import { Alarms } from './row-details.tsx';

const TEXT_MOST = 5000;
const SUBJECT_MOST = 200;

type RowEditorProps = { readonly row: PlannedRow; readonly onDone: () => void };

/** Another text for this one message. It passes the same checks as every other, and says what it breaks. */
export function RowEditor({ row, onDone }: RowEditorProps): JSX.Element {
  const { t } = useTranslation('reminders');
  const [subject, setSubject] = useState(row.subject ?? '');
  const [text, setText] = useState(row.text);
  const [broken, setBroken] = useState<readonly ProblemShown[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const textRef = useRef<HTMLTextAreaElement>(null);
  // Whoever asked to change the text writes at once.
  useEffect(() => textRef.current?.focus(), []);
  const save = async (isBack: boolean): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const wish = isBack
        ? { subject: null, text: null }
        : { subject: row.subject === null ? null : subject, text };
      const { problems } = await client.reminders.editRow({ rowKey: row.rowKey, ...wish });
      setBroken(problems);
      await queryClient.invalidateQueries({ queryKey: orpc.reminders.plan.key() });
      if (problems.length === 0 || isBack) onDone();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && event.ctrlKey) void save(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // The keys are shorter ways to the buttons below.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="row-editor" onKeyDown={onKeyDown}>
      <h2 className="run-details__name">{t('edit.title', { name: row.customerName })}</h2>
      {row.subject === null ? null : (
        <TextInput
          label={t('edit.subject')}
          value={subject}
          maxLength={SUBJECT_MOST}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('edit.text')}
        ref={textRef}
        autosize
        minRows={6}
        maxRows={16}
        maxLength={TEXT_MOST}
        lang={row.language}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {row.channel === 'sms' ? <SmsSize text={text} /> : null}
      <Alarms row={{ problems: broken, warnings: [], needsPerson: false }} />
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="row-editor__foot">
        {row.isEdited ? (
          <Button variant="subtle" disabled={isBusy} onClick={() => void save(true)}>
            {t('edit.back')}
          </Button>
        ) : null}
        <Button variant="default" onClick={onDone}>
          {t('edit.cancel')}
        </Button>
        <Button
          disabled={isBusy || text.trim() === ''}
          rightSection={<Shortcut keys="Ctrl+Enter" />}
          onClick={() => void save(false)}
        >
          {t('edit.save')}
        </Button>
      </div>
    </div>
  );
}
