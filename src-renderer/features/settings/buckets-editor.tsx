import { bucketsOf } from '#domain/aging.ts';
import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { Button, CloseButton, NumberInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { boundFault, BOUNDS_MOST, DAYS_MOST, withBound, withoutBound, type BoundFault } from './bounds.ts';
import './settings.css';

type BucketsEditorProps = {
  readonly bounds: readonly number[];
  readonly isOff: boolean;
  readonly onChange: (bounds: readonly number[]) => void;
};

/** The last day of each bucket as a chip, a field to add one, and the buckets that come of it. */
export function BucketsEditor({ bounds, isOff, onChange }: BucketsEditorProps): JSX.Element {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState<number | string>('');
  const [fault, setFault] = useState<BoundFault>();
  const add = (): void => {
    const found = typed === '' ? 'not-whole' : boundFault(bounds, Number(typed));
    setFault(found);
    if (found !== undefined) return;
    onChange(withBound(bounds, Number(typed)));
    setTyped('');
  };
  return (
    <div className="buckets-editor">
      <div className="buckets-editor__chips">
        {bounds.slice(1).map((days) => (
          <span key={days} className="buckets-editor__chip">
            {t('aging.days', { count: days })}
            {/* One late bucket is the least there can be. */}
            {isOff || bounds.length <= 2 ? null : (
              <CloseButton
                size="xs"
                aria-label={t('aging.removeBound', { days })}
                onClick={() => onChange(withoutBound(bounds, days))}
              />
            )}
          </span>
        ))}
      </div>
      <form
        className="buckets-editor__add"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <NumberInput
          size="xs"
          w={110}
          value={typed}
          disabled={isOff}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          placeholder={t('aging.addPlaceholder')}
          aria-label={t('aging.addLabel')}
          aria-invalid={fault !== undefined}
          onChange={(value) => {
            setTyped(value);
            setFault(undefined);
          }}
        />
        <Button type="submit" size="compact-sm" variant="default" disabled={isOff || typed === ''}>
          {t('aging.add')}
        </Button>
      </form>
      <div className="buckets-editor__fault" role="status">
        {fault === undefined
          ? null
          : t(`aging.fault.${fault}`, { days: typed, most: fault === 'too-many' ? BOUNDS_MOST : DAYS_MOST })}
      </div>
      <Preview bounds={bounds} />
    </div>
  );
}

/** The buckets as every chart and table will show them. */
function Preview({ bounds }: { readonly bounds: readonly number[] }): JSX.Element {
  const sayRange = useLateWords();
  const ranges = bucketsOf(bounds);
  return (
    <div className="buckets-editor__preview">
      {ranges.map((range, index) => (
        <span key={range.key} className="buckets-editor__bucket">
          <LateMark bucket={index} bucketCount={ranges.length} />
          {sayRange(range)}
        </span>
      ))}
    </div>
  );
}
