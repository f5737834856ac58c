import { client, orpc, problemOf } from '../../client.ts';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { endWork, reportWork } from '#kit/status.ts';
import { Button, Group, Progress, Text } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

const WORK_ID = 'demo-company';

type Making = { readonly done: number; readonly of: number; readonly stop: () => void };

type DemoCompanyProps = { readonly onMade: () => void };

/** Makes the demo company, or makes it anew, while the user watches or does something else. */
export function DemoCompany({ onMade }: DemoCompanyProps): JSX.Element {
  const { t } = useTranslation('books');
  const { data: books = [] } = useQuery(orpc.books.list.queryOptions());
  const [making, setMaking] = useState<Making | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (): Promise<void> => {
    setProblem(null);
    try {
      if (await makeDemo(setMaking, t('demoCompany.making'))) onMade();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setMaking(null);
    }
  };
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('demoCompany.about')}
      </Text>
      {problem ? <ProblemNote problem={problem} /> : null}
      {making ? (
        <MakingLine making={making} />
      ) : (
        <Button
          variant="default"
          leftSection={<IconBuildingStore size={16} aria-hidden />}
          onClick={() => void make()}
        >
          {t(books.some(({ isDemo }) => isDemo) ? 'demoCompany.again' : 'demoCompany.make')}
        </Button>
      )}
    </>
  );
}

function MakingLine({ making }: { readonly making: Making }): JSX.Element {
  const { t } = useTranslation('books');
  const { done, of, stop } = making;
  return (
    <Group gap="sm" wrap="nowrap" mih={30} role="status">
      <Progress
        className="books__progress"
        value={of > 0 ? (done * 100) / of : 0}
        aria-label={t('demoCompany.making')}
      />
      <Text size="sm" c="dimmed">
        {t('demoCompany.progress', { done, of })}
      </Text>
      <Button variant="default" onClick={stop}>
        {t('demoCompany.stop')}
      </Button>
    </Group>
  );
}

/** True once the company stands and is open; false when the user has stopped it. */
async function makeDemo(show: (making: Making) => void, label: string): Promise<boolean> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  const tell = (done: number, of: number): void => {
    show({ done, of, stop });
    reportWork({ id: WORK_ID, label, done, of, stop });
  };
  tell(0, 0);
  let isMade = false;
  try {
    for await (const event of await client.books.createDemo({}, { signal: abort.signal })) {
      tell(event.done, event.of);
      isMade ||= event.book !== undefined;
    }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    endWork(WORK_ID);
  }
  return isMade;
}
