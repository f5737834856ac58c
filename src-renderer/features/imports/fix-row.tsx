import { Button, CloseButton, Pill, Text, TextInput } from '@mantine/core';
import { useRefusalWords } from '#kit/problem.tsx';
import { useState, type Dispatch, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { columnLetters } from './meanings.ts';
import type { RowNote } from './types.ts';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';
import { meaningOf, type Drafted, type WizardEvent } from './wizard.ts';

type FixRowProps = {
  readonly drafted: Drafted;
  readonly note: RowNote;
  readonly dispatch: Dispatch<WizardEvent>;
  readonly onClose: () => void;
};

/** The cells of one refused row, to be put right here; the file itself stays as it is. */
export function FixRow({ drafted, note, dispatch, onClose }: FixRowProps): JSX.Element {
  const { t } = useTranslation('imports');
  const say = useRefusalWords();
  const focus = useFocusOnArrival<HTMLInputElement>();
  const cells = note.cells ?? [];
  const [texts, setTexts] = useState<Readonly<Record<number, string>>>({});
  const first = cells.find(({ column }) => meaningOf(drafted.map, column) === note.reason?.field) ?? cells[0];
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    for (const { column, text } of cells) {
      const changed = texts[column];
      if (changed !== undefined && changed !== text)
        dispatch({ type: 'fix', row: note.row - 1, column, text: changed });
    }
    onClose();
  };
  return (
    // Esc closes this row, not the step it stands in; Enter is the form's own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="fix card"
      aria-label={t('fix.heading', { row: note.row })}
      onSubmit={apply}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'Escape' || event.key === 'Enter') event.stopPropagation();
      }}
    >
      <div className="fix__head">
        <Text size="sm" fw={600}>
          {t('fix.heading', { row: note.row })}
        </Text>
        <Text size="sm" className="step__grow">
          {note.reason ? say(note.reason) : null}
        </Text>
        <CloseButton size="sm" aria-label={t('fix.close')} onClick={onClose} />
      </div>
      <div className="fix__cells">
        {cells.map(({ column, text }) => {
          const field = meaningOf(drafted.map, column);
          return (
            <TextInput
              key={column}
              size="xs"
              label={field === null ? columnLetters(column) : t(`field.${field}`)}
              value={texts[column] ?? text}
              ref={column === first?.column ? focus : undefined}
              data-doubt={column === first?.column}
              onChange={(event) => setTexts({ ...texts, [column]: event.currentTarget.value })}
            />
          );
        })}
        <Button type="submit" size="xs" variant="default">
          {t('fix.apply')}
        </Button>
      </div>
    </form>
  );
}

type FixesListProps = { readonly drafted: Drafted; readonly dispatch: Dispatch<WizardEvent> };

/** What was put right so far; each can be taken back. */
export function FixesList({ drafted, dispatch }: FixesListProps): JSX.Element | null {
  const { t } = useTranslation('imports');
  const { fixes } = drafted.map;
  if (fixes.length === 0) return null;
  return (
    <div className="fixes" data-testid="import-fixes">
      <Text size="sm" c="dimmed">
        {t('fix.done')}
      </Text>
      {fixes.map(({ row, column, text }) => {
        const field = meaningOf(drafted.map, column);
        const place = t('fix.place', {
          row: row + 1,
          field: field === null ? columnLetters(column) : t(`field.${field}`),
          text,
        });
        return (
          <Pill
            key={`${row}:${column}`}
            withRemoveButton
            removeButtonProps={{ 'aria-label': t('fix.undo', { place }) }}
            onRemove={() => dispatch({ type: 'fix', row, column, text: null })}
          >
            {place}
          </Pill>
        );
      })}
    </div>
  );
}
