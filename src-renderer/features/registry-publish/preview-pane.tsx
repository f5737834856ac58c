import { Delayed } from '#kit/delayed.tsx';
import { Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { bytesParts } from './bytes-text.ts';

type PreviewPaneProps = {
  readonly preview:
    { readonly text: string; readonly byteCount: number; readonly packedByteCount: number } | undefined;
};

/** The bytes themselves, to be read, searched and copied. */
export function PreviewPane({ preview }: PreviewPaneProps): JSX.Element {
  const { t } = useTranslation('registry');
  const size = (count: number): string => {
    const { figure, unit } = bytesParts(count);
    return t(`size.${unit}`, { figure });
  };
  return (
    <div className="go__preview">
      <div className="go__preview-head">
        <h3 className="go__heading" id="registry-preview">
          {t('go.leaves')}
        </h3>
        {preview ? (
          <span className="go__size">
            {t('go.size', { size: size(preview.byteCount), packed: size(preview.packedByteCount) })}
          </span>
        ) : null}
      </div>
      {preview ? (
        <textarea
          className="go__bytes"
          aria-labelledby="registry-preview"
          readOnly
          spellCheck={false}
          value={preview.text}
        />
      ) : (
        <Delayed>
          <Skeleton className="go__bytes" />
        </Delayed>
      )}
      <p className="go__note">{t('go.leavesNote')}</p>
    </div>
  );
}
