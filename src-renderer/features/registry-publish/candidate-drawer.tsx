import type { Candidate } from '#contract/engine/registry.ts';
import { DayText } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { oneStepBack } from '#kit/one-step-back.ts';
import { Button, Drawer } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { BarFix } from './bar-fix.tsx';
import { BillMark } from './bill-mark.tsx';
import { EvidenceDialog } from './evidence-dialog.tsx';

type CandidateDrawerProps = {
  /** undefined while it is closed. */
  readonly candidate: Candidate | undefined;
  readonly isAllowed: boolean;
  readonly onPublish: (candidate: Candidate) => void;
  readonly onAskConsent: (customerId: number) => void;
  readonly onClose: () => void;
};

/** One due: every reason against it with how to put it right, and its proof. */
export function CandidateDrawer(props: CandidateDrawerProps): JSX.Element {
  const { candidate, onClose } = props;
  const { t } = useTranslation('registry');
  return (
    <Drawer
      opened={candidate !== undefined}
      onClose={oneStepBack(onClose)}
      position="right"
      size="min(520px, 94vw)"
      title={candidate ? t('due.title', { name: candidate.customerName }) : ' '}
      closeButtonProps={{ 'aria-label': t('close') }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {candidate ? <Due key={candidate.billId} {...props} candidate={candidate} /> : null}
    </Drawer>
  );
}

type DueProps = CandidateDrawerProps & { readonly candidate: Candidate };

function Due({ candidate, isAllowed, onPublish, onAskConsent }: DueProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [isProving, setProving] = useState(false);
  const { bars, evidence } = candidate;
  return (
    <div className="due">
      <Facts candidate={candidate} />
      {candidate.isCorrected ? <p className="due__soft">{t('due.corrected')}</p> : null}
      {bars.length === 0 ? (
        <p className="publish__ready">
          <IconCheck size={16} aria-hidden />
          {t('due.ready')}
        </p>
      ) : (
        <ul className="due__bars" aria-label={t('due.against')}>
          {bars.map((bar) => (
            <BarFix
              key={bar}
              {...{ bar, candidate, onAskConsent }}
              isOff={!isAllowed}
              onProve={() => setProving(true)}
            />
          ))}
        </ul>
      )}
      <div className="due__proof">
        <span>
          <span className="due__soft">{t('column.proof')}</span> {t(`grade.${evidence}`)}
        </span>
        {bars.includes('no-proof') ? null : (
          <Button size="compact-sm" variant="default" disabled={!isAllowed} onClick={() => setProving(true)}>
            {t(evidence === 'claim' ? 'evidence.add' : 'evidence.change')}
          </Button>
        )}
      </div>
      {evidence === 'irp' ? <p className="due__soft">{t('evidence.unverified')}</p> : null}
      <BillMark candidate={candidate} isOff={!isAllowed} />
      <div className="form-foot">
        <Button disabled={!isAllowed || bars.length > 0} onClick={() => onPublish(candidate)}>
          {t('due.publish')}
        </Button>
      </div>
      {isProving ? <EvidenceDialog candidate={candidate} onClose={() => setProving(false)} /> : null}
    </div>
  );
}

function Facts({ candidate }: { readonly candidate: Candidate }): JSX.Element {
  const { t } = useTranslation('registry');
  const { number, billDay, dueDay, daysLate, amountPaise, openPaise, entity } = candidate;
  return (
    <dl className="due__facts">
      <div>
        <dt>{t('column.number')}</dt>
        <dd>{number ?? '–'}</dd>
      </div>
      <div>
        <dt>{t('column.billDay')}</dt>
        <dd>
          <DayText day={billDay} />
        </dd>
      </div>
      <div>
        <dt>{t('column.dueDay')}</dt>
        <dd>
          <DayText day={dueDay} /> <span className="due__soft">{t('due.late', { count: daysLate })}</span>
        </dd>
      </div>
      <div>
        <dt>{t('due.amount')}</dt>
        <dd>
          <MoneyText paise={amountPaise} withSign />
        </dd>
      </div>
      <div>
        <dt>{t('due.open')}</dt>
        <dd>
          <MoneyText paise={openPaise} withSign />
        </dd>
      </div>
      <div>
        <dt>{t('due.entity')}</dt>
        <dd>{t(`entity.${entity}`)}</dd>
      </div>
    </dl>
  );
}
