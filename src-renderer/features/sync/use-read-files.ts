import { endWork, reportWork } from '#kit/status.ts';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf, type CallProblem, type Client } from '../../client.ts';

const WORK_ID = 'tally-files';

type FilesProgress =
  Awaited<ReturnType<Client['sync']['importFiles']>> extends AsyncIterable<infer One> ? One : never;
export type FilesReport = NonNullable<FilesProgress['report']>;

type ReadFiles = {
  /** Null while nothing is read. */
  readonly reading: { readonly done: number; readonly of: number } | null;
  readonly report: FilesReport | null;
  readonly problem: CallProblem | null;
  readonly read: (paths: readonly string[]) => Promise<void>;
  readonly stop: () => void;
};

/** Reads exported files into the open book, while the user watches or does something else. */
export function useReadFiles(): ReadFiles {
  const { t } = useTranslation('sync');
  const [reading, setReading] = useState<ReadFiles['reading']>(null);
  const [report, setReport] = useState<FilesReport | null>(null);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const abortRef = useRef<AbortController>(null);
  const stop = (): void => abortRef.current?.abort();
  const tell = (done: number, of: number): void => {
    setReading({ done, of });
    reportWork({ id: WORK_ID, label: t('stage.files'), done, of, stop });
  };
  const read = async (paths: readonly string[]): Promise<void> => {
    const abort = new AbortController();
    abortRef.current = abort;
    setProblem(null);
    setReport(null);
    tell(0, 0);
    try {
      const wish = { paths: [...paths] };
      for await (const event of await client.sync.importFiles(wish, { signal: abort.signal })) {
        tell(event.done, event.of);
        if (event.report) setReport(event.report);
      }
    } catch (error) {
      if (!abort.signal.aborted) setProblem(problemOf(error));
    } finally {
      endWork(WORK_ID);
      setReading(null);
    }
  };
  return { reading, report, problem, read, stop };
}
