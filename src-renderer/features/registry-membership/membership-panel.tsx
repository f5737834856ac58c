import type { Membership } from '#contract/engine/registry.ts';
import type { JSX } from 'react';
import { JoinWizard } from './join-wizard.tsx';
import { OffPanel } from './off-panel.tsx';
import { isMember } from './standing.ts';
import { StandingPanel } from './standing-panel.tsx';

type MembershipPanelProps = {
  readonly membership: Membership;
  readonly isOff: boolean;
  readonly isJoining: boolean;
  readonly onJoining: (isJoining: boolean) => void;
  readonly onTab: (tab: string) => void;
};

/** What a registry is, the way into one, or how one stands with it. */
export function MembershipPanel(props: MembershipPanelProps): JSX.Element {
  const { membership, isOff, isJoining, onJoining, onTab } = props;
  if (isJoining && !isOff) return <JoinWizard membership={membership} onClose={() => onJoining(false)} />;
  if (isMember(membership)) {
    return (
      <StandingPanel membership={membership} isOff={isOff} onTab={onTab} onRejoin={() => onJoining(true)} />
    );
  }
  return <OffPanel membership={membership} isOff={isOff} onJoin={() => onJoining(true)} />;
}
