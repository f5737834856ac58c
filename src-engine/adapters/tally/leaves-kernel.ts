import { Buffer } from 'node:buffer';
import type { ChildTable } from './shapes.ts';

/** What leaves.wat compiles to. */
const BYTES = Buffer.from(
  [
    'AGFzbQEAAAABFgNgAn9/AX9gA39/fwF/YAR/f39/AX8CEQEFYmFha2kGbWVtb3J5AgABAwcGAAAAAQICBwgBBHBhc3MABQqyCAZV',
    'AQF/A0AgACABTwRAIAEPCyAA/QAEAP0MPAA8ADwAPAA8ADwAPAA8AP0t/YQBIQIgAkUEQCAAQRBqIQAMAQsLIAAgAmhBAXRqIQAg',
    'ACABIAAgAUkbC4sBAgF/AXsDQCAAIAFPBEAgAQ8LIAD9AAQAIQMgA/0MJwAnACcAJwAnACcAJwAnAP00IAP9DC8ALwAvAC8ALwAv',
    'AC8ALwD9LSAD/Qw+AD4APgA+AD4APgA+AD4A/S39UP1Q/YQBIQIgAkUEQCAAQRBqIQAMAQsLIAAgAmhBAXRqIQAgACABIAAgAUkb',
    'C1oBAn8DQCAAIAFPBEBBAA8LIAAvAQAhAiACQT5NBEAgAwRAIAIgA0YEQEEAIQMLBSACQT5GBEAgAA8LIAJBIkYgAkEnRnIEQCAC',
    'IQMLCwsgAEECaiEADAALAAt+AQF/IAJBEEkEQEEBIAJ0QQFrIQMgAP0ABAAgAf0ABAD9I/1kIANxIANGDwsDQCAA/QAEACAB/QAE',
    'AP0j/WNFBEBBAA8LIAJBEGshAiACRQRAQQEPCyACQRAgAkEQSRshAyAAIANqIQAgASADaiEBIAJBECADa2ohAgwACwALowEBBH8g',
    'ASAAa0EBdiEEIARBFXQgAC8BAEEOdHMgACAEQQF2QQF0ai8BAEEHdCABQQJrLwEAc3NBsfPd8XlsQQ52QYCAEHIhBSAFIANxIQYD',
    'QCACIAZBBHRqIQcgBygCAEUEQEEADwsgBygCACAFRiAHKAIIIAEgAGtGcQRAIAAgBygCBCAHKAIIEAMEQCAGQQFqDwsLIAZBAWog',
    'A3EhBgwACwALzQMBC39BAyEOA0AgACABEAAhBEEEIAQ2AgAgBCABTwRAQQAPCyAEQQJqIQUgBSABEAEhBiAGIAFPBEBBAQ8LIAYg',
    'BUYEQCAFLwEAQS9HBEBBAQ8LIAVBAmohBSAFIAEQASEGIAYgAU8EQEEBDwsgBiAFRgRAQQEPCyAFLwEAQT9GBEBBAQ8LIAYvAQBB',
    'PkcEQEEBDwtBCCAGNgIAQQwgBjYCAEEEDwsgBS8BAEE/RgRAQQEPCyAGLwEAIQggBiEHQQAhCSAIQT5HBEAgCEEvRyAIQSBHcSAI',
    'QQ1HIAhBCkcgCEEJR3FxcQRAQQEPCyAGIAEQAiEHIAdFBEBBAQ8LIAdBAmsvAQAhCCAIQS9GIQkgCEEgTSAIQTtGcgRAQQEPCwtB',
    'ACEKIAIEQCAFIAYgAiADEAQhCgsgB0ECaiEAIAkEQCAKBEBBAQ8LDAELIAAgARAAIQsgBiAFayEMIAsgDGpBBmohDSANIAFNBEAg',
    'C0ECai8BAEEvRiANQQJrLwEAQT5GcQRAIAUgC0EEaiAMEAMEQCAKRQRAIA0hAAwEC0ECIQ4LCwtBCCAGNgIAQQwgBzYCAEEQIAs2',
    'AgBBFCANNgIAQRggCjYCACAODwsACw==',
  ].join(''),
  'base64',
);

type Memory = { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
type Pass = (at: number, fill: number, table: number, mask: number) => number;

/** The little of it that is used here; Node brings it, its types do not. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly baaki: { readonly memory: Memory } },
  ) => { readonly exports: { readonly pass: Pass } };
};

/** What `pass` found. */
export const NO_MORE = 0;
export const FOR_SLOWER_WAY = 1;
export const LEAF = 2;
export const CLOSES = 4;

/** Where it says more, in places of `said`. */
export const OPEN = 1;
export const NAME_END = 2;
export const TAG_END = 3;
export const CLOSE = 4;
export const END = 5;
/** One more than the place in the table of names. */
export const LISTED = 6;

const PAGE_BYTES = 1 << 16;
const TABLES_FROM = 1024;
/** The units of a scan stand behind four pages for tables. */
export const UNITS_FROM = 4 * PAGE_BYTES;
/** Loads of eight units reach beyond the last one. */
const SLACK_BYTES = 64;

/** leaves.wat at work on one scan: its units stand in the kernel's own memory. */
export type Kernel = {
  readonly pass: Pass;
  readonly memory: Memory;
  said: Int32Array;
  tablesTo: number;
};

let compiled: object | null = null;

export function kernelOf(): Kernel {
  compiled ??= new WebAssembly.Module(BYTES);
  const memory = new WebAssembly.Memory({ initial: UNITS_FROM / PAGE_BYTES });
  const { exports } = new WebAssembly.Instance(compiled, { baaki: { memory } });
  return { pass: exports.pass, memory, said: new Int32Array(memory.buffer, 0, 8), tablesTo: TABLES_FROM };
}

/** Room for so many bytes of units; what stands there stays. */
export function kernelRoom(kernel: Kernel, byteCount: number): Buffer {
  const { memory } = kernel;
  const more = UNITS_FROM + byteCount + SLACK_BYTES - memory.buffer.byteLength;
  if (more > 0) memory.grow(Math.ceil(more / PAGE_BYTES));
  kernel.said = new Int32Array(memory.buffer, 0, 8);
  return Buffer.from(memory.buffer, UNITS_FROM, byteCount);
}

const NO_TABLE = 0;

/** Puts a table of names where the kernel finds it, and says where. */
export function putTable(kernel: Kernel, { keys, nodes }: ChildTable): number {
  if (keys.every((key) => key === 0)) return NO_TABLE;
  const entries = [...keys].flatMap((key, place) => {
    const units = nodes[place]?.units;
    return units === undefined ? [0, 0, 0, 0] : [key, put(kernel, units), units.byteLength, 0];
  });
  return put(kernel, Int32Array.from(entries));
}

const ALIGNED = 16;

function put(kernel: Kernel, values: Int32Array | Uint16Array): number {
  const at = kernel.tablesTo;
  kernel.tablesTo += Math.ceil(values.byteLength / ALIGNED) * ALIGNED;
  if (kernel.tablesTo > UNITS_FROM) throw new Error('The names that are wanted are too many for the kernel.');
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  new Uint8Array(kernel.memory.buffer, at).set(bytes);
  return at;
}
