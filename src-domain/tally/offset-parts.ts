import { paise, type Paise } from '../money.ts';
import type { Day } from '../days.ts';
import type { AccountPart } from './account-parts.ts';

export type Offset = {
  readonly debit: AccountPart;
  readonly credit: AccountPart;
  /** The later of both days. */
  readonly day: Day;
  readonly amountPaise: Paise;
};

type Waiting = { readonly part: AccountPart; leftPaise: number };

/** Sets opposite parts of one reference off against each other, oldest first. The parts come in order of day. */
export function offsetParts(parts: readonly AccountPart[]): readonly Offset[] {
  const offsets: Offset[] = [];
  // All that waits has the same sign: an opposite part takes from it before it waits itself.
  const waiting: Waiting[] = [];
  let next = 0;
  for (const part of parts) {
    let left = Math.abs(part.amountPaise);
    for (let oldest = waiting[next]; left > 0 && oldest !== undefined; oldest = waiting[next]) {
      if (oldest.part.amountPaise > 0 === part.amountPaise > 0) break;
      const amountPaise = paise(Math.min(left, oldest.leftPaise));
      const [debit, credit] = part.amountPaise > 0 ? [part, oldest.part] : [oldest.part, part];
      offsets.push({ debit, credit, day: part.day, amountPaise });
      left -= amountPaise;
      oldest.leftPaise -= amountPaise;
      if (oldest.leftPaise === 0) next += 1;
    }
    if (left > 0) waiting.push({ part, leftPaise: left });
  }
  return offsets;
}
