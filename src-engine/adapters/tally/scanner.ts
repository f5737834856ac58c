import { Buffer } from 'node:buffer';
import { gather } from './gather.ts';
import { HostileReplyError } from './reply.ts';
import { isLeftBlank, scanUnits } from './markup.ts';
import { interned } from './interned.ts';
import { kernelOf, kernelRoom, putTable, type Kernel } from './leaves-kernel.ts';
import { DEPTH_MOST, type Scan } from './scan.ts';
import { treeOf, type Found, type Node, type WantedRow } from './shapes.ts';

/** Held of one value, tag or comment, in bytes of the wire. */
const VALUE_BYTES_MOST = 1_000_000;
/** How many texts of a large reply, and tags or texts of a small one, are remembered at most. */
const TEXTS_KNOWN = 1 << 13;
const TAGS_KNOWN = 1 << 9;
const LARGE_BYTES = 1 << 18;
const UNITS_AT_FIRST = 1 << 17;

export type ScanEnd = {
  readonly isWhole: boolean;
  readonly root: string | null;
  readonly isBare: boolean;
  readonly byteCount: number;
};

export type Scanner = { readonly push: (chunk: Uint8Array) => void; readonly end: () => ScanEnd };

/** The plain way is what the kernel is held to; by size, what comes beyond LARGE_BYTES of a reply is for the kernel. */
export type ScanWay = 'plain' | 'kernel' | 'by-size';

/** Hands on each wanted row when its end tag has come. */
export function scannerOf(
  rows: readonly WantedRow[],
  takeRow: (row: number, found: Found) => void,
  way: ScanWay = 'by-size',
): Scanner {
  const tree = treeOf(rows);
  const scan = freshScan(tree, takeRow);
  if (way === 'kernel') handToKernel(scan, tree);
  const intake: Intake = { scan, head: [], isKnown: false, odd: -1 };
  let byteCount = 0;
  return {
    push: (chunk) => {
      if (way === 'by-size' && scan.kernel === null && byteCount > LARGE_BYTES) handToKernel(scan, tree);
      byteCount += chunk.length;
      if (intake.isKnown) feed(intake, chunk);
      else feedHead(intake, chunk);
    },
    end: () => {
      if (!intake.isKnown) startWith(intake);
      scan.isLast = true;
      scanUnits(scan);
      const isWhole = scan.isClosed && !scan.isBroken && intake.odd < 0 && isLeftBlank(scan);
      return { isWhole, root: scan.root, isBare: scan.isBare && scan.root !== null, byteCount };
    },
  };
}

function freshScan(tree: Node, takeRow: (row: number, found: Found) => void): Scan {
  return {
    kernel: null,
    ...roomOf(null, UNITS_AT_FIRST),
    isWide: false,
    fill: 0,
    at: 0,
    searched: 0,
    isLast: false,
    name: 0,
    nameEnd: 0,
    tagEnd: 0,
    names: new Int32Array(DEPTH_MOST),
    depth: 0,
    skipped: 0,
    isHeard: true,
    root: null,
    isBare: true,
    isClosed: false,
    isBroken: false,
    gather: gather(tree, takeRow),
    known: interned(TAGS_KNOWN, false),
    knownTags: interned(TAGS_KNOWN, true),
  };
}

function handToKernel(scan: Scan, tree: Node): void {
  const kernel = kernelOf();
  putTables(kernel, tree);
  const room = roomOf(kernel, scan.units.length);
  room.units.set(scan.units.subarray(0, scan.fill));
  scan.kernel = kernel;
  scan.bytes = room.bytes;
  scan.units = room.units;
  scan.known = interned(TEXTS_KNOWN, false);
}

function putTables(kernel: Kernel, node: Node): void {
  node.children.address = putTable(kernel, node.children);
  for (const child of node.children.nodes) if (child !== null) putTables(kernel, child);
}

/** The same memory as bytes and as units. */
function roomOf(kernel: Kernel | null, unitCount: number): Pick<Scan, 'bytes' | 'units'> {
  const bytes = kernel === null ? Buffer.allocUnsafeSlow(unitCount * 2) : kernelRoom(kernel, unitCount * 2);
  return { bytes, units: new Uint16Array(bytes.buffer, bytes.byteOffset, unitCount) };
}

type Intake = {
  readonly scan: Scan;
  readonly head: number[];
  isKnown: boolean;
  /** The first half of a UTF-16 unit whose second half is still to come; -1 where there is none. */
  odd: number;
};

const HEAD_BYTES = 4;

function feedHead(intake: Intake, chunk: Uint8Array): void {
  let taken = 0;
  while (intake.head.length < HEAD_BYTES && taken < chunk.length) {
    intake.head.push(chunk[taken] ?? 0);
    taken += 1;
  }
  if (intake.head.length < HEAD_BYTES) return;
  startWith(intake);
  feed(intake, chunk.subarray(taken));
}

/** By a byte order mark, or by the zero bytes between letters: Tally sends UTF-16 without a mark. */
function startWith(intake: Intake): void {
  const { head, scan } = intake;
  const hasWideMark = head[0] === 0xff && head[1] === 0xfe;
  const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  scan.isWide = hasWideMark || (head.length > 1 && head[0] !== 0 && head[1] === 0);
  intake.isKnown = true;
  feed(intake, Uint8Array.from(head.slice(hasWideMark ? 2 : hasMark ? 3 : 0)));
}

function feed(intake: Intake, chunk: Uint8Array): void {
  const { scan } = intake;
  let rest = chunk;
  while (rest.length > 0 && !scan.isBroken) {
    makeRoom(scan);
    rest = rest.subarray(scan.isWide ? fillWide(intake, rest) : fillNarrow(scan, rest));
    scanUnits(scan);
  }
}

function fillNarrow(scan: Scan, chunk: Uint8Array): number {
  const count = Math.min(chunk.length, scan.units.length - scan.fill);
  scan.units.set(chunk.subarray(0, count), scan.fill);
  scan.fill += count;
  return count;
}

/** Pieces come cut at any byte, also within a unit. */
function fillWide(intake: Intake, chunk: Uint8Array): number {
  const { scan } = intake;
  let from = 0;
  if (intake.odd >= 0) {
    scan.units[scan.fill] = intake.odd | ((chunk[0] ?? 0) << 8);
    scan.fill += 1;
    intake.odd = -1;
    from = 1;
  }
  const count = Math.min((chunk.length - from) >> 1, scan.units.length - scan.fill);
  scan.bytes.set(chunk.subarray(from, from + count * 2), scan.fill * 2);
  scan.fill += count;
  const used = from + count * 2;
  if (chunk.length - used !== 1 || scan.fill === scan.units.length) return used;
  intake.odd = chunk[used] ?? 0;
  return used + 1;
}

/** Moves what is left to the front; a value that fills the room gets more, up to what a value may be. */
function makeRoom(scan: Scan): void {
  const left = scan.fill - scan.at;
  if (left * (scan.isWide ? 2 : 1) > VALUE_BYTES_MOST)
    throw new HostileReplyError('One value holds more than 1 MB.');
  if (scan.at > 0) {
    scan.units.copyWithin(0, scan.at, scan.fill);
    scan.searched -= scan.at;
    scan.fill = left;
    scan.at = 0;
  }
  if (scan.fill < scan.units.length / 2) return;
  const { units } = scan;
  const room = roomOf(scan.kernel, units.length * 2);
  // The kernel's memory grows in its place, with what stands there.
  if (scan.kernel === null) room.units.set(units.subarray(0, scan.fill));
  scan.bytes = room.bytes;
  scan.units = room.units;
}
