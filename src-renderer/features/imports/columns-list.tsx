import { Text, UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { meaningId } from './meaning-head.tsx';
import { columnLetters, LOOKS, MEANINGS } from './meanings.ts';
import type { ImportField } from './types.ts';
import type { Drafted } from './wizard.ts';

/** What is taken from which column, with a sample; a press leads to the column in the sheet. */
export function ColumnsList({ drafted }: { readonly drafted: Drafted }): JSX.Element {
  const { t } = useTranslation('imports');
  const { map } = drafted;
  const used = MEANINGS.flatMap((field) => {
    const column = map.columns[field];
    return column === undefined ? [] : [{ field, column }];
  });
  if (used.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('understood.noColumns')}
      </Text>
    );
  return (
    <ul className="meanings">
      {used.map(({ field, column }) => {
        const Icon = LOOKS[field].icon;
        return (
          <li key={field}>
            <UnstyledButton
              className="meanings__item"
              title={t('understood.goToColumn', { column: columnLetters(column) })}
              onClick={() => goToColumn(column)}
            >
              <Icon size={15} aria-hidden />
              <span className="meanings__field">{t(`field.${field}`)}</span>
              <span className="meanings__letter">{columnLetters(column)}</span>
              <span className="meanings__sample">{sampleOf(drafted, field)}</span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}

/** The first filled cell under the header; of days and amounts the first with a digit, below a second header line. */
function sampleOf({ understood, map }: Drafted, field: ImportField): string {
  const column = map.columns[field] ?? -1;
  const hasDigits = LOOKS[field].group === 'money' || LOOKS[field].group === 'when';
  const wanted = hasDigits ? /\d/ : /\S/;
  const cells = understood.grid.slice(understood.headerRow + 1).map((row) => row[column] ?? '');
  return cells.find((cell) => wanted.test(cell)) ?? cells.find((cell) => /\S/.test(cell)) ?? '–';
}

export function goToColumn(column: number): void {
  const select = document.getElementById(meaningId(column));
  select?.scrollIntoView({ block: 'nearest', inline: 'center' });
  select?.focus({ preventScroll: true });
}
