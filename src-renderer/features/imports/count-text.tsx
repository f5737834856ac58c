import type { JSX } from 'react';

const indian = new Intl.NumberFormat('en-IN');

/** A number of things in lakh groups; none is paler, so that what is there stands out. */
export function CountText({ count }: { readonly count: number }): JSX.Element {
  return <span className={count === 0 ? 'count count--none' : 'count'}>{indian.format(count)}</span>;
}
