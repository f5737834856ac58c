import { CopyButton, Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terms } from './use-join.ts';

/** What every member promises: the registry's law is its own text, these are its points. */
const promises = ['true', 'notice', 'consent', 'correct', 'alone', 'proof'] as const;
const sents = ['join', 'who', 'due'] as const;
const seens = ['customer', 'member', 'log'] as const;
const leaves = ['day', 'fade'] as const;

/** The registry's own words and numbers, and what they mean. */
export function TermsStep({ terms }: { readonly terms: Terms | undefined }): JSX.Element | null {
  const { t } = useTranslation('registry');
  if (!terms) return null;
  const { name, address, termsUrl, termsVersion, leastOverdueDays, noticeDays } = terms;
  return (
    <div className="join__terms">
      <p className="join__name selectable">
        {name} <span className="join__soft">{address}</span>
      </p>
      <dl className="join__numbers">
        <div>
          <dt>{t('terms.overdue')}</dt>
          <dd>{t('terms.days', { count: leastOverdueDays })}</dd>
        </div>
        <div>
          <dt>{t('terms.notice')}</dt>
          <dd>{t('terms.days', { count: noticeDays })}</dd>
        </div>
        <div>
          <dt>{t('terms.version')}</dt>
          <dd>{termsVersion}</dd>
        </div>
      </dl>
      <div className="join__points">
        <Points title={t('terms.promise')}>
          {promises.map((one) => (
            <li key={one}>{t(`terms.promises.${one}`, { days: noticeDays })}</li>
          ))}
        </Points>
        <Points title={t('terms.sent')}>
          {sents.map((one) => (
            <li key={one}>{t(`terms.sents.${one}`)}</li>
          ))}
        </Points>
        <Points title={t('terms.seen')}>
          {seens.map((one) => (
            <li key={one}>{t(`terms.seens.${one}`)}</li>
          ))}
        </Points>
        <Points title={t('terms.leave')}>
          {leaves.map((one) => (
            <li key={one}>{t(`terms.leaves.${one}`)}</li>
          ))}
        </Points>
      </div>
      <div className="join__link">
        <span>
          {t('terms.whole')} <span className="selectable join__url">{termsUrl}</span>
        </span>
        <CopyButton value={termsUrl}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

function Points({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section>
      <h3 className="join__heading">{title}</h3>
      <ul className="join__list">{children}</ul>
    </section>
  );
}
