import { Button, NativeSelect } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { columnLetters, LOOKS, MEANINGS } from './meanings.ts';
import type { ImportField, ImportMap } from './types.ts';

type MeaningHeadProps = {
  readonly column: number;
  readonly columns: ImportMap['columns'];
  readonly field: ImportField | null;
  /** Set while the guess of this column is a doubt. */
  readonly confidence: number | null;
  readonly onMeaning: (field: ImportField | null) => void;
  readonly onConfirm: () => void;
};

/** Stands over a column of the drawn sheet: what the column means, to be changed in place. */
export function MeaningHead(props: MeaningHeadProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { column, columns, field, confidence, onMeaning, onConfirm } = props;
  const letters = columnLetters(column);
  const Icon = field === null ? null : LOOKS[field].icon;
  const options = MEANINGS.map((one) => {
    const at = columns[one];
    const elsewhere = at === undefined || at === column ? '' : ` (${columnLetters(at)})`;
    return { value: one, label: t(`field.${one}`) + elsewhere };
  });
  return (
    <th
      scope="col"
      className="sheet__meaning"
      data-group={field === null ? undefined : LOOKS[field].group}
      data-doubt={confidence !== null}
    >
      <NativeSelect
        id={meaningId(column)}
        size="xs"
        variant="unstyled"
        aria-label={t('understood.meaningOf', { column: letters })}
        leftSection={Icon ? <Icon size={14} aria-hidden /> : <span className="sheet__letter">{letters}</span>}
        data={[{ value: '', label: t('understood.unused') }, ...options]}
        value={field ?? ''}
        onChange={(event) => onMeaning(MEANINGS.find((one) => one === event.currentTarget.value) ?? null)}
      />
      {confidence === null ? null : (
        <span className="sheet__doubt">
          <IconHelpCircle size={13} aria-hidden />
          {t('understood.unsure', { confidence })}
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={onConfirm}
            aria-label={t('understood.confirmLabel', { column: letters })}
          >
            {t('understood.confirm')}
          </Button>
        </span>
      )}
    </th>
  );
}

export function meaningId(column: number): string {
  return `meaning-${column}`;
}
