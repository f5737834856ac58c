/** What a request asks for, in one word. */
export type RequestKind =
  | 'greeting'
  | 'companies'
  | 'groups'
  | 'ledgers'
  | 'voucher-types'
  | 'currencies'
  | 'vouchers'
  | 'voucher-counts'
  | 'bills'
  | 'bills-receivable'
  | 'bills-payable'
  | 'ledger-outstandings'
  | 'list-of-accounts'
  | 'day-book'
  | 'function'
  | 'object'
  | 'import'
  | 'unknown';

export type Fault =
  /** Nothing listens: until restart(), or for so long. */
  | { readonly kind: 'refused'; readonly milliseconds?: number }
  /** A box on Tally's screen: taken, then nothing, for this and all that follow, until dismiss() or restart(). */
  | { readonly kind: 'silence' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** A long report on Tally's screen; 10 seconds unless told otherwise. */
  | { readonly kind: 'busy'; readonly milliseconds?: number }
  /**
   * The reply ends after so many bytes although STATUS 1 was sent: 'clean' as if that were all (Content-Length of what
   * came), 'broken' with the connection.
   */
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly how?: 'clean' | 'broken' }
  | { readonly kind: 'unknown-request' }
  | { readonly kind: 'empty-envelope' }
  /** A login or TallyVault box: no company is open as long as this request is answered. */
  | { readonly kind: 'login' }
  /** Something happens in Tally just before this request is answered: closed, switched, edited, restored, renumbered. */
  | { readonly kind: 'before'; readonly act: () => void }
  /** The same, just after. */
  | { readonly kind: 'after'; readonly act: () => void }
  /** Every character beyond ASCII comes as '?', whatever was asked. */
  | { readonly kind: 'non-ascii-loss' }
  /** A raw U+0003 or U+0005 in each row. */
  | { readonly kind: 'raw-control'; readonly code: 3 | 5 }
  | { readonly kind: 'undeclared-udf' }
  | { readonly kind: 'bare-ampersand' }
  /** One byte a character, with a lone 0xD7. */
  | { readonly kind: 'latin1' }
  /** Tags of somebody's own TDL inside the bills report. */
  | { readonly kind: 'third-party-tags' }
  /** Bill types lost, as one Tally does for curated lists. */
  | { readonly kind: 'wrong-bill-types' }
  /** Dates taken as an Educational Tally takes them. */
  | { readonly kind: 'edu-dates' }
  | { readonly kind: 'crash' }
  | { readonly kind: 'chunked' };

export type FaultPlan = {
  /** At the n-th request from the start (or since `clear`), counted from 1, GET / included. */
  readonly at: (number: number, fault: Fault) => void;
  /** At requests of a kind ('any' for all), once unless told how often, after letting `skip` of them pass. */
  readonly when: (
    kind: RequestKind | 'any',
    fault: Fault,
    options?: { readonly times?: number; readonly skip?: number },
  ) => void;
  /** Forgets all plans and counts requests from 1 again. */
  readonly clear: () => void;
  /** How many requests came since the start or `clear`. */
  readonly count: () => number;
};

export type FaultsTaken = {
  /** What befalls the request that comes now. */
  readonly take: (kind: RequestKind) => readonly Fault[];
  /** Whether the next request will find nothing that listens: the listener has to go before it comes. */
  readonly refusesNext: () => Extract<Fault, { kind: 'refused' }> | undefined;
};

type Rule = { readonly kind: RequestKind | 'any'; readonly fault: Fault; times: number; skip: number };

export function faultPlan(): { readonly plan: FaultPlan; readonly taken: FaultsTaken } {
  const numbered = new Map<number, Fault[]>();
  let rules: Rule[] = [];
  let count = 0;
  return {
    plan: {
      at: (number, fault) => void numbered.set(number, [...(numbered.get(number) ?? []), fault]),
      when: (kind, fault, { times = 1, skip = 0 } = {}) => void rules.push({ kind, fault, times, skip }),
      clear: () => {
        numbered.clear();
        rules = [];
        count = 0;
      },
      count: () => count,
    },
    taken: {
      take: (kind) => {
        count += 1;
        const found = [...(numbered.get(count) ?? [])];
        for (const rule of rules) {
          if ((rule.kind !== 'any' && rule.kind !== kind) || rule.times === 0) continue;
          if (rule.skip > 0) rule.skip -= 1;
          else {
            rule.times -= 1;
            found.push(rule.fault);
          }
        }
        return found;
      },
      refusesNext: () => {
        const next = numbered.get(count + 1)?.find((fault) => fault.kind === 'refused');
        if (next?.kind !== 'refused') return undefined;
        count += 1;
        return next;
      },
    },
  };
}
