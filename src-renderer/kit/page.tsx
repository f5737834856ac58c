import type { JSX, ReactNode } from 'react';
import './page.css';

type PageProps = {
  readonly title: ReactNode;
  /** One line under the title. */
  readonly note?: ReactNode;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  /** A second row: search, filters. */
  readonly toolbar?: ReactNode;
  /** 'fill': the body takes the height and scrolls inside (tables); 'scroll': the page scrolls. */
  readonly body?: 'fill' | 'scroll';
  readonly children: ReactNode;
};

/** A screen: header, toolbar, body. */
export function Page({ title, note, actions, toolbar, body = 'scroll', children }: PageProps): JSX.Element {
  return (
    <div className={`page page--${body}`}>
      <header className="page__header">
        <div className="page__titles">
          <h1 className="page__title">{title}</h1>
          {note ? <div className="page__note">{note}</div> : null}
        </div>
        {actions ? <div className="page__actions">{actions}</div> : null}
      </header>
      {toolbar ? <div className="page__toolbar">{toolbar}</div> : null}
      <div className="page__body">{children}</div>
    </div>
  );
}

type SectionProps = {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** A card with a heading of its own. */
export function Section({ title, aside, children, className = '' }: SectionProps): JSX.Element {
  return (
    <section className={`card section ${className}`}>
      <header className="section__header">
        <h2 className="section__title">{title}</h2>
        {aside ? <div className="section__aside">{aside}</div> : null}
      </header>
      <div className="section__body">{children}</div>
    </section>
  );
}
