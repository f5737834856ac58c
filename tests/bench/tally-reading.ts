// Reading vouchers of a Tally from a local socket: our own reader beside merely taking the bytes (the floor) and beside
// the saxes library on a copy that a strict parser takes, round by round in the same run, so that the machine's speed
// cancels out. Run: node tests/bench/tally-reading.ts [megabytes of UTF-16] [rounds]
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { writeReply, type ReplyShape } from './tally/vouchers.ts';

const MEGABYTES = Number(process.argv[2] ?? 514);
const ROUNDS = Number(process.argv[3] ?? 5);
/** UTF-16 of one voucher. */
const VOUCHER_BYTES: Readonly<Record<ReplyShape, number>> = { lean: 6130, whole: 30_000 };
const LIMITS = { oursToFloor: 3, saxesToOurs: 2.5, peakRssMb: 160 };
const REPO = path.resolve(import.meta.dirname, '../..');
const HERE = path.join(import.meta.dirname, 'tally');

type Once = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly byteCount: number;
  readonly sums: Readonly<Record<'vouchers' | 'bills' | 'paise' | 'letters', number>>;
};
type Kind = 'floor' | 'ours' | 'saxes';

/** The reading process as plain JavaScript: taking types off sources while it runs costs it 40 MB. */
async function bundled(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: REPO,
    ssr: { noExternal: true },
    build: {
      outDir,
      ssr: true,
      minify: false,
      rolldownOptions: {
        input: { 'read-once': path.join(HERE, 'read-once.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  return path.join(outDir, 'read-once.js');
}

function readOnce(kind: Kind, url: string): Once {
  const answer = execFileSync(process.execPath, [reader, kind, url]);
  const once: Once = JSON.parse(answer.toString());
  return once;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function race(wide: string, clean: string): Readonly<Record<Kind, readonly Once[]>> {
  const rounds: Record<Kind, Once[]> = { floor: [], ours: [], saxes: [] };
  const hasSaxes = existsSync(path.join(REPO, 'node_modules/saxes'));
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.floor.push(readOnce('floor', wide));
    rounds.ours.push(readOnce('ours', wide));
    if (hasSaxes) rounds.saxes.push(readOnce('saxes', clean));
  }
  for (const other of [...rounds.ours, ...rounds.saxes]) {
    if (JSON.stringify(other.sums) !== JSON.stringify(rounds.ours[0]?.sums))
      throw new Error(`Not the same was read: ${JSON.stringify([other.sums, rounds.ours[0]?.sums])}`);
  }
  return rounds;
}

type Figures = {
  readonly vouchers: number;
  readonly megabytes: number;
  readonly floorMs: number;
  readonly oursMs: number;
  readonly megabytesPerSecond: number;
  readonly oursToFloor: number;
  readonly oursToFloorCpu: number;
  /** Null where the library is not there. */
  readonly saxesToOurs: number | null;
  readonly saxesToOursCpu: number | null;
  readonly peakRssMb: number;
  readonly floorRssMb: number;
};

function figures(rounds: Readonly<Record<Kind, readonly Once[]>>): Figures {
  const { floor, ours, saxes } = rounds;
  const ratio = (over: readonly Once[], under: readonly Once[], of: 'ms' | 'cpuMs'): number =>
    Math.round(median(over.map((one, at) => one[of] / (under[at]?.[of] ?? 1))) * 100) / 100;
  const ms = median(ours.map((one) => one.ms));
  return {
    vouchers: ours[0]?.sums.vouchers ?? 0,
    megabytes: Math.round((ours[0]?.byteCount ?? 0) / 1e6),
    floorMs: Math.round(median(floor.map((one) => one.ms))),
    oursMs: Math.round(ms),
    megabytesPerSecond: Math.round((ours[0]?.byteCount ?? 0) / 1000 / ms),
    oursToFloor: ratio(ours, floor, 'ms'),
    oursToFloorCpu: ratio(ours, floor, 'cpuMs'),
    saxesToOurs: saxes.length === 0 ? null : ratio(saxes, ours, 'ms'),
    saxesToOursCpu: saxes.length === 0 ? null : ratio(saxes, ours, 'cpuMs'),
    peakRssMb: Math.max(...ours.map((one) => one.rssMb)),
    floorRssMb: Math.max(...floor.map((one) => one.rssMb)),
  };
}

// Beside the packages, so that the bundle finds the library.
const results = path.join(REPO, 'test-results/bench');
mkdirSync(results, { recursive: true });
const built = mkdtempSync(path.join(results, 'tally-reading-'));
const reader = await bundled(built);
const folder = mkdtempSync(path.join(tmpdir(), 'baaki-tally-reading-'));
const server = spawn(process.execPath, [path.join(HERE, 'serve.ts'), folder], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
try {
  const [said]: readonly Buffer[] = await once(server.stdout ?? server, 'data');
  const root = `http://127.0.0.1:${String(said).trim()}`;
  const measured = (['lean', 'whole'] as const).map((shape) => {
    const files = { wide: path.join(folder, 'wide.xml'), clean: path.join(folder, 'clean.xml') };
    writeReply(files, Math.round((MEGABYTES * 1e6) / VOUCHER_BYTES[shape]), shape);
    return [shape, figures(race(`${root}/wide.xml`, `${root}/clean.xml`))] as const;
  });
  const report = { ...Object.fromEntries(measured), loadAverage: loadavg(), limits: LIMITS };
  writeFileSync(path.join(results, 'tally-reading.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  // Of wall and processor time the better one counts: the first alone says little on a machine that others use.
  const isBeyond = measured.some(
    ([, shape]) =>
      Math.min(shape.oursToFloor, shape.oursToFloorCpu) > LIMITS.oursToFloor ||
      // Nothing to be ahead of where the library is absent.
      Math.max(shape.saxesToOurs ?? Infinity, shape.saxesToOursCpu ?? Infinity) < LIMITS.saxesToOurs ||
      shape.peakRssMb > LIMITS.peakRssMb,
  );
  if (isBeyond) throw new Error('Reading a Tally is slower or larger than its limits (see above).');
} finally {
  server.disconnect();
  rmSync(folder, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}
