// What held the window's own thread: every task with its time by the clock and by the processor, and every frame, told
// apart by what was looked at. The processor's time is what the window itself did: on a loaded machine a task also waits.
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';

const TASKS = 'disabled-by-default-devtools.timeline';
const MARKS = 'blink.user_timing';
const MARK = 'bench:';

export type Held = {
  /** The longest tasks in milliseconds of the processor, and those by the clock that took more than 50. */
  readonly longestCpuMs: number;
  readonly longestMs: number;
  readonly over50Cpu: readonly number[];
  readonly over50: readonly number[];
  readonly frames: number;
  /** The longest time between two frames. */
  readonly longestFrameMs: number;
};

const OVER_MS = 50;

type TraceEvent = {
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly startTime?: number } };
};

export type Watch = {
  /** From here on everything counts for this part. */
  readonly part: (name: string) => Promise<void>;
  readonly end: () => Promise<ReadonlyMap<string, Held>>;
};

export async function watchWindow(app: ElectronApplication, page: Page): Promise<Watch> {
  await app.evaluate(
    async ({ contentTracing }, categories) =>
      contentTracing.startRecording({ included_categories: [...categories], excluded_categories: ['*'] }),
    [TASKS, MARKS, '__metadata'],
  );
  await page.evaluate(() => {
    const frames: number[] = [];
    let before = performance.now();
    const frame = (at: number): void => {
      frames.push(at - before);
      before = at;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { benchFrames: frames });
  });
  const frames = new Map<string, readonly number[]>();
  let current: string | null = null;
  const part = async (name: string | null): Promise<void> => {
    const drawn = await page.evaluate(
      (mark) => {
        performance.mark(mark);
        return (window as unknown as { benchFrames: number[] }).benchFrames.splice(0);
      },
      `${MARK}${name ?? ''}`,
    );
    if (current !== null) frames.set(current, [...(frames.get(current) ?? []), ...drawn]);
    current = name;
  };
  return {
    part,
    end: async () => {
      await part(null);
      const file = path.join(os.tmpdir(), `baaki-trace-${process.pid}.json`);
      await app.evaluate(async ({ contentTracing }, to) => contentTracing.stopRecording(to), file);
      const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
      rmSync(file);
      return heldByPart(traceEvents, frames);
    },
  };
}

function heldByPart(
  events: readonly TraceEvent[],
  frames: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Held> {
  const marks = events
    .filter(({ name, cat }) => cat.includes(MARKS) && name.startsWith(MARK))
    .toSorted((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (!first) throw new Error('The trace holds no marks.');
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === first.pid && tid === first.tid,
  );
  if (tasks.length === 0) throw new Error('The trace holds no tasks.');
  const byPart = Map.groupBy(
    tasks,
    ({ ts, dur = 0 }) => marks.findLast((mark) => mark.ts < ts + dur)?.name.slice(MARK.length) ?? '',
  );
  return new Map([...frames].map(([name, drawn]) => [name, heldOf(byPart.get(name) ?? [], drawn)]));
}

function heldOf(tasks: readonly TraceEvent[], frames: readonly number[]): Held {
  const ms = tasks.map(({ dur = 0 }) => dur / 1000);
  const cpuMs = tasks.map(({ tdur = 0 }) => tdur / 1000);
  const over = (all: readonly number[]): readonly number[] =>
    all.filter((one) => one > OVER_MS).map((one) => Math.round(one));
  return {
    longestCpuMs: Math.round(Math.max(0, ...cpuMs)),
    longestMs: Math.round(Math.max(0, ...ms)),
    over50Cpu: over(cpuMs),
    over50: over(ms),
    frames: frames.length,
    longestFrameMs: Math.round(Math.max(0, ...frames)),
  };
}
