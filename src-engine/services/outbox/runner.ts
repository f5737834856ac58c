import type { MessageChannel } from '../../adapters/message-ports.ts';
import type { Day } from '#domain/days.ts';
import type { BookFile, ReadTx } from '../../storage/database.ts';
import type { BookContext } from '../door.ts';
import type { KeptFacts } from './kept-facts.ts';

export type NamedPart = { readonly billId: number; readonly dueDay: Day };

/** A link that a message can name; `isTrue` asks whether it still asks for what is open of the parts it then names. */
export type MessageLink =
  | {
      readonly ok: true;
      readonly url: string;
      readonly isTrue: (tx: ReadTx, now: { readonly parts: readonly NamedPart[] }) => boolean;
    }
  | { readonly ok: false; readonly code: string };

/** What others do for a message before it leaves; each may talk to the world. */
export type OutboxHooks = {
  /** The payment link of these parts, made now where there is none. Never throws for what the world does. */
  readonly linkFor: (
    context: BookContext,
    about: { readonly customerId: number; readonly parts: readonly NamedPart[] },
    signal: AbortSignal,
  ) => Promise<MessageLink>;
  /**
   * Looks at the open payment links of these bills now, so that what was paid there is known (docs/gateways.md 8.6 b).
   */
  readonly lookAtLinks: (
    context: BookContext,
    about: { readonly customerId: number; readonly billIds: readonly number[] },
    signal: AbortSignal,
  ) => Promise<void>;
};

export const noHooks: OutboxHooks = {
  linkFor: () => Promise.resolve({ ok: false, code: 'no-payment-gateway' }),
  lookAtLinks: () => Promise.resolve(),
};

/** What a book's outbox is doing in this process; nothing of it outlives the program. */
export type Runner = {
  readonly db: BookFile;
  /** The name of this process in the lease. */
  readonly owner: string;
  hooks: OutboxHooks;
  /** Messages that are being sent by this process now. */
  readonly working: Set<number>;
  /** Open channels by gateway, and what they were opened with. */
  readonly channels: Map<number, { readonly key: string; readonly channel: MessageChannel }>;
  /** Gateways that cannot take anything before an instant: no token, or a circuit that is open. */
  readonly notBefore: Map<number, number>;
  /** Domains of recipients to which a gateway may not send before an instant, by gateway. */
  readonly domainsNotBefore: Map<number, Map<string, number>>;
  /** When a party was last read from Tally before a message to him. */
  readonly partyReadAt: Map<number, number>;
  /** For the last checks, until somebody else writes. */
  facts: KeptFacts | null;
  /** The facts under which all that waits for a person was last looked at. */
  handedSeen: string | null;
  /** The round under way; whoever asks for another gets one after it. */
  round: Promise<void> | null;
  isAgain: boolean;
  isStopped: boolean;
  holdsLease: boolean;
  /** Wall and monotonic clock of the last look, to see that one of them jumped. */
  seen: { readonly wall: number; readonly monotonic: number } | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  renewal: ReturnType<typeof setInterval> | undefined;
  stop: AbortController;
};

const runners = new WeakMap<BookFile, Runner>();

export function outboxOf({ db, newId }: Pick<BookContext, 'db' | 'newId'>): Runner {
  const known = runners.get(db);
  if (known) return known;
  const made: Runner = {
    db,
    owner: newId(),
    hooks: noHooks,
    working: new Set(),
    channels: new Map(),
    notBefore: new Map(),
    domainsNotBefore: new Map(),
    partyReadAt: new Map(),
    facts: null,
    handedSeen: null,
    round: null,
    isAgain: false,
    isStopped: false,
    holdsLease: false,
    seen: null,
    timer: undefined,
    renewal: undefined,
    stop: new AbortController(),
  };
  runners.set(db, made);
  return made;
}
