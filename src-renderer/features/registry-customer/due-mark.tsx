import type { PublishedDue } from '#contract/engine/registry.ts';
import { IconBuildingCommunity } from '@tabler/icons-react';
import type { JSX } from 'react';
import './registry-customer.css';
import { useDueWords } from './use-customer-dues.ts';

/** Beside a bill's number: how it stands with the registry, in a word; the sentence on hover. */
export function DueMark({ due }: { readonly due: PublishedDue }): JSX.Element {
  const { short, sentence } = useDueWords()(due);
  return (
    <span className="due-mark" title={sentence}>
      <IconBuildingCommunity size={12} aria-hidden />
      {short}
    </span>
  );
}
