import { MoneyText } from '#kit/money-text.tsx';
import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CountText } from './count-text.tsx';
import type { CurrencyTotal, DryRun } from './types.ts';

type Line = {
  readonly key: string;
  readonly label: string;
  readonly file: number;
  readonly taken: number;
  readonly refused: number;
  readonly leftOut: number;
  readonly show: (value: number) => ReactNode;
};

/** File = taken + refused + left out: for the rows, and for the money of each currency apart. */
export function TieOut({ dryRun }: { readonly dryRun: DryRun }): JSX.Element {
  const { t } = useTranslation('imports');
  const lines = [rowLine(dryRun, t('check.rows')), ...dryRun.currencies.map(currencyLine)];
  const isTied = lines.every((line) => differenceOf(line) === 0);
  return (
    <>
      <table className="facts" data-testid="tie-out">
        <thead>
          <tr>
            <td aria-hidden />
            {(['inFile', 'taken', 'refused', 'leftOut', 'difference'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`check.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.label}</th>
              <td>{line.show(line.file)}</td>
              <td>{line.show(line.taken)}</td>
              <td>{line.show(line.refused)}</td>
              <td>{line.show(line.leftOut)}</td>
              <td>
                <Difference line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Text size="sm" c="dimmed" mt="xs" role="status" data-testid="tie-out-mark" data-tied={isTied}>
        {t(isTied ? 'check.ties' : 'check.tiesNot')}
      </Text>
    </>
  );
}

function Difference({ line }: { readonly line: Line }): JSX.Element {
  const { t } = useTranslation('imports');
  const difference = differenceOf(line);
  const Mark = difference === 0 ? IconCircleCheck : IconAlertTriangle;
  return (
    <span className="tie">
      {line.show(difference)}
      <Mark size={16} aria-label={t(difference === 0 ? 'check.tiesMark' : 'check.tiesNotMark')} />
    </span>
  );
}

function differenceOf({ file, taken, refused, leftOut }: Line): number {
  return file - taken - refused - leftOut;
}

function rowLine({ fileRowCount, rowCounts }: DryRun, label: string): Line {
  return {
    key: 'rows',
    label,
    file: fileRowCount,
    ...rowCounts,
    show: (count) => <CountText count={count} />,
  };
}

function currencyLine(total: CurrencyTotal): Line {
  const { currency, fileMinor, takenMinor, refusedMinor, leftOutMinor } = total;
  return {
    key: currency,
    label: currency,
    file: fileMinor,
    taken: takenMinor,
    refused: refusedMinor,
    leftOut: leftOutMinor,
    show: (minor) => <MoneyText paise={minor} currency={currency} />,
  };
}
