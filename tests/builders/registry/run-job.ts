import type { Change } from '#contract/registry/batches.ts';
import type { OpenRegistry } from '#registry/open-registry.ts';

/** One run of a job by its name, as a server would start it. */
export async function runJob({ jobs, registry }: OpenRegistry, name: string): Promise<void> {
  const job = jobs.find((one) => one.name === name);
  if (!job) throw new Error(`There is no job ${name}.`);
  await job.run(registry);
}

/** What a member was told, oldest first. */
export async function feedOf(
  { registry }: Pick<OpenRegistry, 'registry'>,
  memberNo: number,
): Promise<readonly Change[]> {
  const rows = await registry.store.rows<{ readonly change: string }>({
    text: 'SELECT change FROM feed WHERE member_no = $1 ORDER BY n',
    values: [memberNo],
  });
  return rows.map(({ change }) => JSON.parse(change) as Change);
}
