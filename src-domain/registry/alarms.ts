// What the operator of a registry is told to look at (docs/registry.md 9). A member is judged by many of his acts, never by one.

/**
 * Few of those whom he asks agree; too much of what he said was false; he names tokens that nobody made for him. The last is
 * about no member: what a debtor asked to be erased waits too long.
 */
export const alarmKinds = ['approval', 'false-reports', 'unmatched-tokens', 'erasures-late'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** Requests that the approval rate is taken of: the newest. */
export const APPROVAL_WINDOW = 50;
/** A request that nobody answered for so long counts as refused. */
export const UNANSWERED_DAYS = 7;
/** After so many days of waiting an erasure is late. */
export const ERASURE_WAIT_DAYS = 25;

type Rule = { readonly least: number; readonly isAlarming: (count: number, of: number) => boolean };

const rules: Readonly<Record<AlarmKind, Rule>> = {
  // Under a fifth.
  approval: { least: APPROVAL_WINDOW, isAlarming: (count, of) => count * 5 < of },
  // Over a tenth.
  'false-reports': { least: 20, isAlarming: (count, of) => count * 10 > of },
  // Over a fifth.
  'unmatched-tokens': { least: 100, isAlarming: (count, of) => count * 5 > of },
  // Every single one.
  'erasures-late': { least: 1, isAlarming: (count) => count > 0 },
};

export function isAlarming(kind: AlarmKind, count: number, of: number): boolean {
  const { least, isAlarming: judge } = rules[kind];
  return of >= least && judge(count, of);
}
