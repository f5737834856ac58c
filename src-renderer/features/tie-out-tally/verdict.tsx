import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import './tie-out-tally.css';

type VerdictProps = { readonly isEqual: boolean; readonly children: ReactNode };

/** Whether both agree, in a sentence with a mark: its shape tells it, for colour means lateness alone. */
export function Verdict({ isEqual, children }: VerdictProps): JSX.Element {
  const Mark = isEqual ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className="verdict" role="status" data-testid="tally-tie-out-verdict" data-equal={isEqual}>
      <Mark size={18} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
