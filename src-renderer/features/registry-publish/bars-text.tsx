import type { PublishBar } from '#domain/registry/publish.ts';
import { IconCheck } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** "Ready", or the first reason against it and how many more there are; all of them on hover. */
export function BarsText({ bars }: { readonly bars: readonly PublishBar[] }): JSX.Element {
  const { t } = useTranslation('registry');
  const [first, ...others] = bars;
  if (first === undefined) {
    return (
      <span className="publish__ready">
        <IconCheck size={14} aria-hidden />
        {t('publish.ready')}
      </span>
    );
  }
  return (
    <span className="publish__barred" title={bars.map((bar) => t(`bar.${bar}`)).join('\n')}>
      {t(`bar.${first}`)}
      {others.length > 0 ? ` ${t('publish.more', { count: others.length })}` : ''}
    </span>
  );
}
