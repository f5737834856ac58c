// Apart from the shapes, so that the window can list them without carrying the schema library.

/** Age counts from the due day or from the bill's own day. */
export const ageBys = ['due', 'bill'] as const;
export type AgeBy = (typeof ageBys)[number];

export const creditViews = ['net', 'gross'] as const;
export type CreditView = (typeof creditViews)[number];

export const groupBys = ['parent', 'salesperson', 'territory', 'group', 'tag'] as const;
export type GroupBy = (typeof groupBys)[number];
