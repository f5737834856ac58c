import { refuse } from '#domain/result.ts';
import type { TallyGroup, TallyLedger } from '#domain/tally/facts.ts';
import { tallyNameKey } from '#domain/tally/groups.ts';
import { connectionRow } from '../../storage/tally-connection.ts';
import { inLittleMemory, voucherSpool, type VoucherSpool } from '../../storage/tally-spool.ts';
import { accepted } from '../documents.ts';
import { failed, type BookContext } from '../door.ts';
import { withProgress, type Progress } from '../imports/progress.ts';
import { accepts } from './connect.ts';
import { writeFiles, type FilesRead, type FilesReport } from './write-files.ts';

export type FilesProgress = Progress & { report?: FilesReport };

/** Tally's own exports, in any order: read first, all of them, and then written at once or not at all. */
export async function* readFiles(
  context: BookContext,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<FilesProgress, void> {
  accepted(mayImport(context));
  const startedAt = context.now();
  const vouchers = voucherSpool();
  try {
    const read = yield* withProgress((tell) => readAll(context, paths, { vouchers, tell, signal }));
    yield writeRead(context, read, { startedAt, signal });
  } finally {
    vouchers.close();
  }
}

type ReadWish = { readonly startedAt: number; readonly signal: AbortSignal | undefined };

function writeRead(context: BookContext, read: Read, { startedAt, signal }: ReadWish): FilesProgress {
  const known = context.db.read(connectionRow);
  const files = identified(read, known?.companyGuid ?? null);
  accepted(accepts(context, { guid: files.companyGuid, name: files.companyName }));
  if (files.ledgers.size === 0 && known === null) accepted(mastersMissing());
  signal?.throwIfAborted();
  const report = context.db.write((tx) =>
    inLittleMemory(tx, () => writeFiles(tx, context, { files, startedAt })),
  );
  context.changed('sync', 'customers', 'bills', 'receipts', 'credits', 'aging', 'books');
  return { done: read.byteCount, of: read.byteCount, report };
}

function mayImport({ db }: BookContext) {
  const connection = db.read(connectionRow);
  if (!connection?.isConnected || connection.origin === 'files') return { ok: true, value: null } as const;
  const sentence = `This book follows “${connection.companyName}” in Tally by itself. Disconnect it first.`;
  return refuse('connected-live', sentence, { values: { name: connection.companyName } });
}

function mastersMissing() {
  return refuse(
    'masters-missing',
    'These files hold no ledgers. Export the masters from Tally too, and choose both files.',
  );
}

type Read = Omit<FilesRead, 'companyGuid' | 'companyName'> & { readonly companyName: string | null };

type Reading = {
  readonly vouchers: VoucherSpool;
  readonly tell: (progress: Progress) => void;
  readonly signal: AbortSignal | undefined;
};

async function readAll(
  { tallyFiles }: BookContext,
  paths: readonly string[],
  { vouchers, tell, signal }: Reading,
): Promise<Read> {
  const groups = new Map<string, TallyGroup>();
  const ledgers = new Map<string, TallyLedger>();
  const takers = {
    group: (group: TallyGroup) => void groups.set(group.guid, group),
    ledger: (ledger: TallyLedger) => void ledgers.set(ledger.guid, ledger),
    voucher: vouchers.add,
  };
  let byteCount = 0;
  let companyName: string | null = null;
  for (const [at, path] of paths.entries()) {
    const before = byteCount;
    const onProgress = (done: number, of: number): void =>
      tell({ done: before + done, of: before + of * (paths.length - at) });
    const read = await tallyFiles.read(path, takers, { signal, onProgress });
    if (!read.ok) throw failed(read.failure);
    byteCount += read.value.byteCount;
    const name = read.value.companyName;
    if (companyName !== null && name !== null && tallyNameKey(name) !== tallyNameKey(companyName)) {
      accepted(twoCompanies(companyName, name));
    }
    companyName ??= name;
  }
  return { groups, ledgers, vouchers, byteCount, companyName };
}

function twoCompanies(name: string, other: string) {
  const sentence = `These files are of two companies: “${name}” and “${other}”. Take those of one.`;
  return refuse('two-companies', sentence, { values: { name, other } });
}

/** All objects of a company bear its GUID before their own number. */
function identified(read: Read, knownGuid: string | null): FilesRead {
  const first = [...read.ledgers.keys()][0] ?? read.vouchers.firstGuid();
  const companyGuid = /^(.+)-[0-9a-f]{8}$/i.exec(first ?? '')?.[1] ?? knownGuid ?? '';
  return { ...read, companyGuid, companyName: read.companyName ?? '' };
}
