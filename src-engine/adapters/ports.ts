import type { Day } from '#domain/days.ts';
import type { ExportFormat, ExportTable } from '#domain/exports.ts';
import type { SheetGrid } from '#domain/imports/cells.ts';
import type {
  TallyCompany,
  TallyGroup,
  TallyLedger,
  TallyOpenBill,
  TallyThinLedger,
  TallyVoucher,
  TallyVoucherMark,
  VoucherShape,
} from '#domain/tally/facts.ts';

/** What a reader found in a file. Nothing of it is trusted: rules check every cell. */
export type FileContent = {
  readonly sheets: readonly SheetGrid[];
  readonly fileName: string;
  readonly byteCount: number;
  readonly sha256: string;
};

/** The closed list of what can go wrong with a file. */
export type FileFailureCode =
  | 'not-found'
  | 'too-large'
  | 'empty'
  | 'not-a-workbook'
  | 'password'
  | 'unreadable'
  /** The end of the file is missing. */
  | 'truncated'
  /** One cell holds more text than a cell of a list can. */
  | 'cell-too-long'
  /** The file holds rows, yet none could be read. */
  | 'reads-as-empty'
  | 'too-slow'
  | 'too-much-memory'
  /** The reading process could not be started or ended by itself. */
  | 'reader-failed';

/** What went wrong with a file, with a sentence that says what to do next. */
export type FileFailure = {
  readonly code: FileFailureCode;
  readonly sentence: string;
  readonly retryable: boolean;
};

export type FailedFile = { readonly ok: false; readonly failure: FileFailure };

export type ReadFile = { readonly ok: true; readonly value: FileContent } | FailedFile;

export type ReadOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file that are read so far, and of how many. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
};

/** Reads a list of bills from a file of this machine or from the clipboard. */
export type WorkbookSource = {
  /** Rejects with the signal's reason when it is aborted. */
  readonly read: (path: string, options?: ReadOptions) => Promise<ReadFile>;
  /** Rows as a spreadsheet puts them on the clipboard: columns by tabs, cells with lines in quotation marks. */
  readonly readPasted: (text: string) => ReadFile;
};

export function failedFile(code: FileFailureCode, sentence: string, retryable = false): FailedFile {
  return { ok: false, failure: { code, sentence, retryable } };
}

/** The closed list of what can go wrong while a file is written. */
export type WriteFailure = {
  readonly code:
    | 'export-folder-gone'
    | 'export-file-open'
    | 'export-not-allowed'
    | 'export-disk-full'
    | 'export-not-written';
  readonly sentence: string;
  readonly retryable: boolean;
};

export type WrittenFile =
  { readonly ok: true; readonly byteCount: number } | { readonly ok: false; readonly failure: WriteFailure };

export type WriteWish = {
  readonly path: string;
  readonly format: ExportFormat;
  readonly table: ExportTable;
  readonly signal?: AbortSignal | undefined;
};

/** Writes tables to files of this machine, whole or not at all. */
export type TableWriter = {
  readonly write: (wish: WriteWish) => Promise<WrittenFile>;
  /** Whether a file lies, or would lie, somewhere under a folder. */
  readonly isWithin: (file: string, folder: string) => Promise<boolean>;
};

/** Where a Tally listens. */
export type TallyAddress = { readonly host: string; readonly port: number };

/** The closed list of what can stand between us and a Tally. None of them ever means "no bills". */
export type TallyFailureCode =
  /** Nothing listens on the port of this machine: Tally is not started, or its port is switched off. */
  | 'tally-not-running'
  /** The other machine refuses the port, or cannot be reached. */
  | 'tally-port-closed'
  /** Something answers that is no Tally. */
  | 'tally-not-tally'
  /** It works on something else and answers later. */
  | 'tally-busy'
  /** It took the request and says nothing: a box waits on its screen. */
  | 'tally-dialog'
  /** No company is open, or its password box waits. */
  | 'tally-no-company'
  /** Our company is not among the open ones. */
  | 'tally-other-company'
  /** Two open companies cannot be told apart by name. */
  | 'tally-same-name'
  /** The open company is a group of companies. */
  | 'tally-group-company'
  /** Educational mode takes other dates than it was asked for. */
  | 'tally-educational'
  /** Its counters fell: a backup was restored, all has to be read again. */
  | 'tally-restored'
  /** The reply ended too early, or with fewer rows than were counted. */
  | 'tally-truncated'
  /** It refused the request, although with HTTP 200. */
  | 'tally-refused'
  /** The books changed while they were read. */
  | 'tally-moved'
  /** The connection broke in the middle. */
  | 'tally-cut-off';

export type TallyFailure = {
  readonly code: TallyFailureCode;
  readonly sentence: string;
  readonly retryable: boolean;
  readonly values?: Readonly<Record<string, string | number>>;
};

export type FailedTally = { readonly ok: false; readonly failure: TallyFailure };

/** What one read cost: for windows that are sized by Tally's own speed. */
export type TallyCost = {
  readonly rowCount: number;
  readonly byteCount: number;
  readonly milliseconds: number;
};

export type TallyAnswer<T> = { readonly ok: true; readonly value: T; readonly cost: TallyCost } | FailedTally;

/** Which company a request is about, and as of when. `name` is what Tally calls it now. */
export type TallyTarget = {
  readonly address: TallyAddress;
  readonly company: string;
  readonly signal?: AbortSignal | undefined;
  /** A background read: others that wait go first. Never more than one request at a time either way. */
  readonly isPatient?: boolean;
};

export type TallyPeriod = { readonly from: Day; readonly to: Day };

export type TallyProduct = { readonly product: 'prime' | 'erp9' | 'unknown'; readonly greeting: string };

export type TallyVoucherWish = TallyPeriod & {
  readonly shape: VoucherShape;
  /** Only vouchers whose AlterID is higher; the period is then that of the whole books. */
  readonly afterAlterId?: number;
  /** Rows counted beforehand; a reply with another number is 'tally-truncated'. */
  readonly expected?: number;
};

/** One party's own bills and balance. */
export type TallyPartyState = {
  readonly ledger: TallyThinLedger | null;
  readonly bills: readonly TallyOpenBill[];
};

/** One question that no public source settles, and what a Tally answered: counts and shapes, no name and no amount. */
export type TallyProbe = {
  readonly question:
    | 'bill-types'
    | 'ledger-from-date'
    | 'opening-bills'
    | 'byte-order-mark'
    | 'unknown-report'
    | 'company-away'
    | 'fetch-shapes'
    | 'reply-length'
    | 'day-numbers';
  readonly answer: 'yes' | 'no' | 'unclear' | 'not-asked';
  readonly evidence: Readonly<Record<string, string | number>>;
};

export type TallyProbeWish = {
  readonly companyGuid: string;
  readonly asOf: Day;
  /** A day with vouchers; null where there is none. */
  readonly voucherDay: Day | null;
};

export type TallyProbed = { readonly companyHash: string; readonly probes: readonly TallyProbe[] };

/**
 * A Tally on a port, read only. One request at a time per address, whoever asks. Nothing here throws for what the world
 * does; an aborted signal rejects with its reason. Rows that are streamed are only true once the answer is ok: keep them
 * aside until then.
 */
export type TallySource = {
  readonly greet: (address: TallyAddress, signal?: AbortSignal) => Promise<TallyAnswer<TallyProduct>>;
  /** The open companies; an empty list is an answer here ('no company open' is said by who needs one). */
  readonly companies: (
    address: TallyAddress,
    signal?: AbortSignal,
  ) => Promise<TallyAnswer<readonly TallyCompany[]>>;
  readonly groups: (on: TallyTarget) => Promise<TallyAnswer<readonly TallyGroup[]>>;
  /** Every ledger, thin, with its closing balance as of a day. */
  readonly thinLedgers: (on: TallyTarget, asOf: Day) => Promise<TallyAnswer<readonly TallyThinLedger[]>>;
  /** Whole ledgers: those of the customers' groups and all bill-wise ones, or (by AlterID) what changed. */
  readonly ledgers: (
    on: TallyTarget,
    wish: { readonly asOf: Day; readonly afterAlterId?: number },
    take: (ledger: TallyLedger) => void,
  ) => Promise<TallyAnswer<null>>;
  /** Tally's own report, as of a day. Both sides are needed: a customer's advance stands among the payables. */
  readonly openBills: (
    on: TallyTarget,
    side: 'receivable' | 'payable',
    period: TallyPeriod,
  ) => Promise<TallyAnswer<readonly TallyOpenBill[]>>;
  readonly party: (on: TallyTarget, name: string, asOf: Day) => Promise<TallyAnswer<TallyPartyState>>;
  /** Vouchers a day, cancelled and optional ones too. */
  readonly voucherCounts: (
    on: TallyTarget,
    period: TallyPeriod,
  ) => Promise<TallyAnswer<ReadonlyMap<Day, number>>>;
  readonly vouchers: (
    on: TallyTarget,
    wish: TallyVoucherWish,
    take: (voucher: TallyVoucher) => void,
  ) => Promise<TallyAnswer<null>>;
  readonly census: (
    on: TallyTarget,
    period: TallyPeriod & { readonly expected?: number },
    take: (mark: TallyVoucherMark) => void,
  ) => Promise<TallyAnswer<null>>;
  /** What no public source settles, by requests that freeze no Tally. */
  readonly probe: (on: TallyTarget, wish: TallyProbeWish) => Promise<TallyAnswer<TallyProbed>>;
};

/** What Tally's own export holds (Export > Masters, Export > Day Book), read from a file. */
export type TallyFileContent = {
  readonly fileName: string;
  readonly byteCount: number;
  readonly companyName: string | null;
};

export type TallyFileTakers = {
  readonly group: (group: TallyGroup) => void;
  readonly ledger: (ledger: TallyLedger) => void;
  readonly voucher: (voucher: TallyVoucher) => void;
};

/** Reads an exported file, plain or zipped, through the same reader as the wire. */
export type TallyFiles = {
  readonly read: (
    path: string,
    takers: TallyFileTakers,
    options?: ReadOptions,
  ) => Promise<{ readonly ok: true; readonly value: TallyFileContent } | FailedFile>;
};
