import { createFakeCompany, type FakeCompany } from './book.ts';
import { MEASURED, type CostModel } from './cost.ts';
import { faultPlan, type Fault, type FaultPlan, type RequestKind } from './faults.ts';
import { startServer } from './server.ts';
import { sessionOf } from './session.ts';

export type FakeProfile = {
  readonly product: 'erp9' | 'prime2' | 'prime4' | 'prime7';
  readonly licence: 'edu' | 'licensed';
  /** An Edit Log edition. Nothing of it shows in what collections answer: deleted vouchers are gone there too. */
  readonly editLog: boolean;
};

export type FakeTallyOptions = {
  /** A free one where it is not given. */
  readonly port?: number;
  readonly host?: string;
  readonly profile?: Partial<FakeProfile>;
  /** 'YYYY-MM-DD'; overdue days count to SVTODATE, this is only what stands where no period is told. */
  readonly today?: string;
  /** 'none' answers at once; 'measured' costs what live Tallys cost. */
  readonly cost?: 'none' | 'measured' | Partial<CostModel>;
  /** All of them are open at the start; the first one is active. */
  readonly books?: readonly FakeCompany[];
  /** SVFROMDATE on a Ledger collection freezes it, as was seen on one 7.0. Off by default. */
  readonly freezesOnLedgerFromDate?: boolean;
};

/** One request as it was served. */
export type RequestRecord = {
  readonly number: number;
  readonly kind: RequestKind;
  /** The collection's or report's id. */
  readonly id: string;
  /** SVCURRENTCOMPANY as it was sent. */
  readonly company: string | null;
  readonly body: string;
  readonly requestByteCount: number;
  /** When it came and when its reply was done, by performance.now(). */
  readonly at: number;
  readonly endedAt: number;
  /** From its turn to its last byte, without the time it stood in the queue. */
  readonly milliseconds: number;
  readonly byteCount: number;
  readonly rowCount: number;
  readonly faults: readonly Fault[];
  /** The client was gone before the reply was out. */
  readonly isAbandoned: boolean;
};

export type FakeTally = {
  readonly port: number;
  readonly host: string;
  readonly address: { readonly host: string; readonly port: number };
  /** All companies on its disk, open or not. */
  readonly companies: readonly FakeCompany[];
  readonly open: (company: FakeCompany) => void;
  readonly close: (company: FakeCompany) => void;
  readonly activate: (company: FakeCompany) => void;
  readonly faults: FaultPlan;
  readonly requests: readonly RequestRecord[];
  readonly forgetRequests: () => void;
  /** Highest number of requests that were in work at one time: stays 1. */
  readonly busyMost: () => number;
  readonly isCrashed: () => boolean;
  /** Closes the box on the screen: what waited goes on unanswered, the next is served. */
  readonly dismiss: () => void;
  /** Starts Tally again after a crash, a box or a refusal, on the same port and with the same companies. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A Tally on a port of this machine. */
export async function startFakeTally(options: FakeTallyOptions = {}): Promise<FakeTally> {
  const books = options.books ?? [createFakeCompany({ name: 'Test P Ltd' })];
  const profile: FakeProfile = { product: 'prime7', licence: 'licensed', editLog: false, ...options.profile };
  const { plan, taken } = faultPlan();
  const session = sessionOf({
    books,
    profile,
    today: options.today ?? '2026-03-31',
    freezesOnLedgerFromDate: options.freezesOnLedgerFromDate ?? false,
  });
  const cost = options.cost ?? 'none';
  const server = await startServer({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    cost: cost === 'none' ? null : { ...MEASURED, ...(cost === 'measured' ? {} : cost) },
    session,
    faults: taken,
  });
  return {
    port: server.port,
    host: server.host,
    address: { host: server.host, port: server.port },
    companies: session.companies,
    open: session.open,
    close: session.close,
    activate: session.activate,
    faults: plan,
    requests: server.requests,
    forgetRequests: server.forgetRequests,
    busyMost: server.busyMost,
    isCrashed: server.isCrashed,
    dismiss: server.dismiss,
    restart: server.restart,
    stop: server.stop,
  };
}
