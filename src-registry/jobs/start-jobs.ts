import type { Registry } from '../registry.ts';
import type { Job } from './job.ts';

export type RunningJobs = { readonly stop: () => Promise<void> };

/** Each job by itself, one run after the other; a failed run is told of and tried again at its next time. */
export function startJobs(
  registry: Registry,
  jobs: readonly Job[],
  onTrouble: (job: string, error: unknown) => void,
): RunningJobs {
  const end = new AbortController();
  const running = jobs.map((job) => repeat(registry, job, { onTrouble, signal: end.signal }));
  return {
    stop: async () => {
      end.abort();
      await Promise.all(running);
    },
  };
}

type Run = { readonly onTrouble: (job: string, error: unknown) => void; readonly signal: AbortSignal };

async function repeat(registry: Registry, job: Job, { onTrouble, signal }: Run): Promise<void> {
  while (!signal.aborted) {
    try {
      await job.run(registry);
    } catch (error) {
      onTrouble(job.name, error);
    }
    await pause(job.everySeconds * 1000, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
