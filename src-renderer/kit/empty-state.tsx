import type { JSX, ReactNode } from 'react';
import './empty-state.css';

type EmptyStateProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do next, in a sentence. */
  readonly next?: ReactNode;
  readonly actions?: ReactNode;
};

/** Nothing here, and what to do about it. */
export function EmptyState({ icon, title, next, actions }: EmptyStateProps): JSX.Element {
  return (
    <div className="empty">
      {icon ? (
        <div className="empty__icon" aria-hidden>
          {icon}
        </div>
      ) : null}
      <p className="empty__title">{title}</p>
      {next ? <p className="empty__next">{next}</p> : null}
      {actions ? <div className="empty__actions">{actions}</div> : null}
    </div>
  );
}
