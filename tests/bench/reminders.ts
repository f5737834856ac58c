// Reminders through the engine over 50,000 bills and 10,000 messages a day: the plan, its approval, a month of the calendar,
// the facts of one customer as each claim reads them, and the outbox into a gateway that answers at once. Each beside a
// floor of the same run, so that the machine's speed cancels out. Run: node tests/bench/reminders.ts [one|calendar|approve|outbox]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleSources } from '../builders/bundle.ts';

/** An approval beside the same rows written bare, by processor. */
const LIMITS = { approveToFloor: 8 };
const folder = path.resolve(import.meta.dirname, '../../test-results/bench');
mkdirSync(folder, { recursive: true });
// Beside the packages that it loads at run time.
const built = mkdtempSync(path.join(folder, 'reminders-'));
try {
  await bundleSources(built, { run: 'tests/bench/reminders-run.ts' });
  const { run }: typeof import('./reminders-run.ts') = await import(
    pathToFileURL(path.join(built, 'run.js')).href
  );
  const report = { ...(await run(new Set(process.argv.slice(2)))), loadAverage: loadavg() };
  writeFileSync(path.join(folder, 'reminders.json'), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const { approveToFloor } = report as { readonly approveToFloor?: number };
  if ((approveToFloor ?? 0) > LIMITS.approveToFloor)
    throw new Error('An approval is slower than its limit (see above).');
} finally {
  rmSync(built, { recursive: true, force: true });
}
