// Apart from the shapes, so that the window can list them without carrying the schema library.

export const contactRoles = ['owner', 'accounts', 'purchase', 'other'] as const;
export type ContactRole = (typeof contactRoles)[number];

export const onLimits = ['warn', 'block'] as const;
export type OnLimit = (typeof onLimits)[number];

export const timelineKinds = [
  'bill',
  'receipt',
  'credit',
  'allocation',
  'allocation-undone',
  'cheque',
  'note',
  'message',
  'reply',
  'edit',
  'void',
  'restored',
  'import',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];
