// What main's own thread did while something happened: it only carries, and nothing may hold it.
import type { ElectronApplication } from '@playwright/test';

export type MainLoop = {
  /** Milliseconds of the processor for each second. */
  readonly cpuMsEachSecond: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
};

type Kept = {
  readonly stop: () => {
    readonly cpuMs: number;
    readonly ms: number;
    readonly p99: number;
    readonly max: number;
  };
};

export async function watchMain(app: ElectronApplication, run: () => Promise<void>): Promise<MainLoop> {
  await app.evaluate(() => {
    const { monitorEventLoopDelay, performance } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const [cpu, begun] = [process.cpuUsage(), performance.now()];
    const kept: Kept = {
      stop: () => {
        delay.disable();
        const { user, system } = process.cpuUsage(cpu);
        return {
          cpuMs: (user + system) / 1000,
          ms: performance.now() - begun,
          p99: delay.percentile(99) / 1e6,
          max: delay.max / 1e6,
        };
      },
    };
    Object.assign(globalThis, { benchMain: kept });
  });
  await run();
  const { cpuMs, ms, p99, max } = await app.evaluate(() =>
    (globalThis as unknown as { benchMain: Kept }).benchMain.stop(),
  );
  const round = (value: number): number => Math.round(value * 10) / 10;
  return { cpuMsEachSecond: round((cpuMs * 1000) / ms), delayP99Ms: round(p99), delayMaxMs: round(max) };
}
