// A batch of 1,000 statements of 60 lines into a folder, as the app writes them: printed in threads, each file whole.
// Beside it, what the same thread takes for one paper by itself, so that the machine's speed cancels out, and how long
// the engine's loop was held up. Run: node tests/bench/papers.ts
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { statementPaper } from '#domain/papers/statement-paper.ts';
import { paperFiles } from '#engine/adapters/disk/paper-files.ts';
import { openTypstPrinter, PRINTER_LIMITS } from '#engine/adapters/typst/printer.ts';
import { writePapers } from '#engine/services/papers/batch.ts';
import { account, statementFacts } from '../builders/papers.ts';

const COUNT = Number(process.argv[2] ?? 1000);
const ALONE = 30;
/** Whole papers a second at least, and milliseconds that the engine's loop may be held up at most. */
const LIMITS = { perSecond: 10, heldMs: 50 };

const paperOf = (customerId: number): ReturnType<typeof statementPaper> => {
  const language = customerId % 3 === 0 ? 'hi' : 'en';
  return statementPaper(statementFacts(account(40, customerId), { language }));
};

const folder = mkdtempSync(path.join(tmpdir(), 'baaki-papers-'));
const printer = openTypstPrinter(PRINTER_LIMITS);
try {
  const startedAt = performance.now();
  await printer.print(paperOf(0));
  const firstMs = Math.round(performance.now() - startedAt);
  const aloneAt = performance.now();
  for (let at = 1; at <= ALONE; at += 1) await printer.print(paperOf(at));
  const aloneMs = (performance.now() - aloneAt) / ALONE;

  const held = monitorEventLoopDelay({ resolution: 2 });
  held.enable();
  const entries = Array.from({ length: COUNT }, (_, at) => ({ customerId: at, fileName: `${at}.pdf` }));
  const batchAt = performance.now();
  const cpu = process.cpuUsage();
  const wish = {
    printer,
    files: paperFiles,
    folder,
    entries,
    paperOf,
    keepsExisting: false,
    now: () => Date.now(),
  };
  let peakBytes = 0;
  for await (const { done } of writePapers(wish)) {
    if (done % 20 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - batchAt) / 1000;
  held.disable();
  const { user, system } = process.cpuUsage(cpu);
  const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
  const report = {
    papers: sizes.length,
    perSecond: Math.round((COUNT / seconds) * 10) / 10,
    // Of all threads together: what a machine with nothing else to do needs of its cores.
    cpuMsEach: Math.round((user + system) / 1000 / COUNT),
    aloneMs: Math.round(aloneMs),
    firstMs,
    heldMs: Math.round(held.max / 1e6),
    heldP99Ms: Math.round(held.percentile(99) / 1e6),
    peakMb: Math.round(peakBytes / 1e6),
    kbEach: Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length / 1000),
    cores: availableParallelism(),
    load: loadavg()[0],
  };
  console.table(report);
  const reports = path.resolve(import.meta.dirname, '../../test-results/bench');
  mkdirSync(reports, { recursive: true });
  writeFileSync(
    path.join(reports, 'papers.json'),
    `${JSON.stringify({ report, limits: LIMITS }, null, 2)}\n`,
  );
  if (report.perSecond < LIMITS.perSecond || report.heldP99Ms > LIMITS.heldMs) process.exitCode = 1;
} finally {
  await printer.close();
  rmSync(folder, { recursive: true, force: true });
}
