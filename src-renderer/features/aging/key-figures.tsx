import type { KeyFigures } from '#contract/engine/aging.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc, problemOf } from '../../client.ts';
import { sharePercent, tenthsWords } from './figure-words.ts';
import './key-figures.css';

/** One figure: its value, its two sides, its definition, and the list it leads to. */
type Line = {
  readonly id: 'dso' | 'averageDaysLate' | 'effectiveness' | 'ninetyPlus' | 'topTen';
  readonly value: (of: KeyFigures) => { readonly text: string; readonly unit: 'days' | 'percent' } | null;
  readonly sides: (of: KeyFigures) => readonly number[];
  readonly leadsTo?: string;
};

const LINES: readonly Line[] = [
  {
    id: 'dso',
    value: ({ dso }) => days(dso.tenths),
    sides: ({ dso }) => [dso.receivablesPaise, dso.salesPaise],
    leadsTo: '/bills',
  },
  {
    id: 'averageDaysLate',
    value: ({ averageDaysLate }) => days(averageDaysLate.tenths),
    sides: ({ averageDaysLate }) => [averageDaysLate.settledPaise],
    leadsTo: '/customers',
  },
  {
    id: 'effectiveness',
    value: ({ collectionEffectiveness }) => percent(collectionEffectiveness.bps),
    sides: ({ collectionEffectiveness: of }) => [of.partPaise, of.wholePaise],
  },
  {
    id: 'ninetyPlus',
    value: ({ ninetyPlus }) => percent(ninetyPlus.bps),
    sides: ({ ninetyPlus: of }) => [of.partPaise, of.wholePaise],
    leadsTo: '/bills?part=over-90',
  },
  {
    id: 'topTen',
    value: ({ topTen }) => percent(topTen.bps),
    sides: ({ topTen: of }) => [of.partPaise, of.wholePaise],
    leadsTo: '/customers',
  },
];

function days(tenths: number | null): ReturnType<Line['value']> {
  return tenths === null ? null : { text: tenthsWords(tenths), unit: 'days' };
}

function percent(bps: number | null): ReturnType<Line['value']> {
  return bps === null ? null : { text: sharePercent(bps), unit: 'percent' };
}

/** How well the money comes in: five figures, each with what it was divided from and its definition printed. */
export function KeyFiguresPanel(): JSX.Element {
  const { t } = useTranslation('aging');
  const { wish } = useAsOf();
  const { data, error, refetch } = useQuery(orpc.aging.keyFigures.queryOptions({ input: { asOf: wish } }));
  return (
    <Section
      title={t('key.title')}
      aside={data ? t('key.period', { count: data.periodDays }) : undefined}
      className="key-figures"
    >
      {error ? (
        <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="key-figures__row">
          {LINES.map((line) => (
            <KeyFigure key={line.id} line={line} figures={data} />
          ))}
        </div>
      ) : (
        <div className="key-figures__bones">
          <Delayed>
            <Skeleton height={130} />
          </Delayed>
        </div>
      )}
    </Section>
  );
}

function KeyFigure({ line, figures }: { readonly line: Line; readonly figures: KeyFigures }): JSX.Element {
  const { t } = useTranslation('aging');
  const value = line.value(figures);
  const [part, whole] = line.sides(figures);
  const text = value === null ? '–' : t(`key.${value.unit}`, { value: value.text });
  return (
    <div className="key-figure">
      <div className="key-figure__label">{t(`key.${line.id}.label`)}</div>
      <div className="key-figure__value">
        {line.leadsTo ? (
          <Link href={line.leadsTo} title={t(`key.${line.id}.leads`)}>
            {text}
            <span className="unseen"> {t(`key.${line.id}.leads`)}</span>
          </Link>
        ) : (
          text
        )}
      </div>
      <dl className="key-figure__sides">
        <div>
          <dt>{t(`key.${line.id}.part`)}</dt>
          <dd>
            <MoneyText paise={part ?? 0} short withSign />
          </dd>
        </div>
        {whole === undefined ? null : (
          <div>
            <dt>÷ {t(`key.${line.id}.whole`)}</dt>
            <dd>
              <MoneyText paise={whole} short withSign />
            </dd>
          </div>
        )}
      </dl>
      <p className="key-figure__definition">
        {t(`key.${line.id}.definition`, { count: figures.periodDays })}
        {value === null ? ` ${t(`key.${line.id}.none`)}` : ''}
      </p>
    </div>
  );
}
