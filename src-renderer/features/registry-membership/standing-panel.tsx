import type { Membership } from '#contract/engine/registry.ts';
import { DayText } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button } from '@mantine/core';
import { IconDoorExit, IconRefresh } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Lamp } from './lamp.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import './registry-membership.css';
import { StandingFacts } from './standing-facts.tsx';
import { isSaidAbove, lampOf, standingOf } from './standing.ts';
import { SyncLine } from './sync-line.tsx';
import { syncNow, useSyncRun } from './sync-run.ts';
import { TroubleNote } from './trouble-note.tsx';

type StandingPanelProps = {
  readonly membership: Membership;
  /** Another day is looked at: nothing may be written. */
  readonly isOff: boolean;
  readonly onTab: (tab: string) => void;
  readonly onRejoin: () => void;
};

/** How the membership stands: what waits, when it was last sent, what is in the way, and the way out. */
export function StandingPanel({ membership, isOff, onTab, onRejoin }: StandingPanelProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [isLeaving, setLeaving] = useState(false);
  const run = useSyncRun();
  const { registryName, address, probationUntil } = membership;
  const stands = standingOf(membership);
  const lamp = lampOf(membership);
  return (
    <div className="standing">
      <Section
        title={
          <span className="standing__title">
            <Lamp lamp={lamp} size={18} />
            {t(`standing.${stands}`, { name: registryName ?? '' })}
          </span>
        }
        aside={<span className="selectable">{address}</span>}
      >
        <div className="standing__body">
          {stands === 'member' ? null : <p role="status">{t(`standing.${stands}Note`)}</p>}
          {membership.trouble && !isSaidAbove(membership) ? (
            <TroubleNote trouble={membership.trouble} membership={membership} onRejoin={onRejoin} />
          ) : null}
          {run.problem ? <ProblemNote problem={run.problem} onRetry={() => void syncNow()} /> : null}
          <SyncLine membership={membership} progress={run.progress} />
          <StandingFacts membership={membership} onTab={onTab} onRejoin={isOff ? undefined : onRejoin} />
          {probationUntil === null ? null : (
            <p className="standing__soft">
              {t('standing.probation')} <DayText day={probationUntil} /> · {t('standing.probationNote')}
            </p>
          )}
          <div className="standing__buttons">
            <Button
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={run.progress !== null}
              onClick={() => void syncNow()}
            >
              {t('sync.now')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconDoorExit size={16} aria-hidden />}
              disabled={isOff || run.progress !== null}
              onClick={() => setLeaving(true)}
            >
              {t('leave.button')}
            </Button>
          </div>
        </div>
      </Section>
      {isLeaving ? <LeaveDialog membership={membership} onClose={() => setLeaving(false)} /> : null}
    </div>
  );
}
