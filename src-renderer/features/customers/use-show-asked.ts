import { useEffect } from 'react';
import { useSearch } from 'wouter';
import { isShow, NO_FILTER } from './customer-filters.ts';
import type { CustomersViews } from './use-customers-view.ts';

/** An address such as '/customers?show=overdue' sets the chip once; what one chooses afterwards stands. */
export function useShowAsked({ change }: CustomersViews): void {
  const asked = new URLSearchParams(useSearch()).get('show');
  useEffect(() => {
    if (isShow(asked)) change({ filter: { ...NO_FILTER, show: asked } });
  }, [asked, change]);
}
