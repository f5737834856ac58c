import type { Refusal } from '#domain/result.ts';
import { useRefusalWords } from '#kit/problem.tsx';
import { Button, Text } from '@mantine/core';
import { IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { goToColumn } from './columns-list.tsx';
import { asDoubt } from './doubts.ts';
import { meaningId } from './meaning-head.tsx';
import { currencyOf } from './rate-fields.tsx';
import { doubtOf } from './sheet-grid.tsx';
import { meaningOf, type Drafted } from './wizard.ts';

type DoubtsListProps = {
  readonly drafted: Drafted;
  readonly doubts: readonly Refusal[];
};

/** What the user must look at, each with the way to where it is put right. */
export function DoubtsList({ drafted, doubts }: DoubtsListProps): JSX.Element {
  const { t } = useTranslation('imports');
  const say = useRefusalWords();
  const unsure = unsureColumns(drafted);
  const count = doubts.length + unsure.length;
  if (count === 0) {
    return (
      <Text size="sm" className="doubts__none">
        <IconCircleCheck size={16} aria-hidden /> {t('understood.noDoubts')}
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" fw={600}>
        {t('understood.toDoubts', { count })}
      </Text>
      <ul className="doubts" aria-live="polite">
        {doubts.map((doubt) => (
          <li key={doubt.code + JSON.stringify(doubt.values ?? {})} className="doubts__item">
            <IconHelpCircle size={16} aria-hidden />
            <span>{say(asDoubt(doubt))}</span>
            <Button size="compact-xs" variant="light" onClick={() => goToFix(doubt, drafted)}>
              {t('understood.fix')}
            </Button>
          </li>
        ))}
        {unsure.map(({ column, field }) => (
          <li key={column} className="doubts__item">
            <IconHelpCircle size={16} aria-hidden />
            <span>
              {t('understood.unsureColumn', {
                header: drafted.understood.headers[column] ?? '',
                meaning: t(`field.${field}`),
              })}
            </span>
            <Button size="compact-xs" variant="light" onClick={() => goToColumn(column)}>
              {t('understood.fix')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function unsureColumns(drafted: Drafted): readonly { column: number; field: string }[] {
  return Object.values(drafted.map.columns).flatMap((column) => {
    const field = meaningOf(drafted.map, column);
    return field === null || doubtOf(drafted, column) === null ? [] : [{ column, field }];
  });
}

/** The control that ends a doubt: a field of the options, else the column it is about or the first one. */
function goToFix(doubt: Refusal, drafted: Drafted): void {
  const target = document.getElementById(fixId(doubt));
  if (target) {
    target.scrollIntoView({ block: 'center' });
    target.focus({ preventScroll: true });
    return;
  }
  const columns: Readonly<Record<string, number>> = drafted.map.columns;
  goToColumn(columns[doubt.field ?? ''] ?? firstUnused(drafted));
}

function firstUnused({ understood, map }: Drafted): number {
  const column = understood.headers.findIndex((_, at) => meaningOf(map, at) === null);
  return Math.max(0, column);
}

function fixId(doubt: Refusal): string {
  switch (doubt.code) {
    case 'rate-missing':
      return `rate-${currencyOf(doubt)}`;
    case 'date-order-ambiguous':
      return 'date-order-day-first';
    case 'drafts-left-out':
      return 'take-drafts';
    default:
      return doubt.field === undefined ? meaningId(-1) : doubt.field;
  }
}
