import { useAsOf } from '#kit/as-of.tsx';
import { dayWords } from '#kit/day-text.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { orpc } from '../../client.ts';
import type { ShapeProps } from './preview-shapes.tsx';

/** A letter on the business's own paper. */
export function LetterPage({ draft, preview }: ShapeProps): JSX.Element {
  const { today } = useAsOf();
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const address = business?.address?.split('\n').join(', ');
  const lines = [address, business?.phone, business?.email, business?.gstin];
  return (
    <div className="paper">
      <header className="paper__head">
        <strong>{business?.name ?? ''}</strong>
        <div>{lines.filter((line) => line !== null && line !== undefined && line !== '').join(' · ')}</div>
      </header>
      <div className="paper__day">{dayWords(today)}</div>
      <address className="paper__to">{preview.customerName ?? ''}</address>
      <div className="paper__subject" lang={draft.language}>
        {preview.subject ?? ''}
      </div>
      <p className="paper__text" lang={draft.language}>
        {preview.text}
      </p>
      <footer className="paper__foot">{business?.signatory ?? business?.name ?? ''}</footer>
    </div>
  );
}
