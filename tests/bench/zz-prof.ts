import { startOf } from '../../src-engine/adapters/typst/printer.ts';
import { openCompiler } from '../../src-engine/adapters/typst/compiler.ts';
import { inReadingOrder } from '../../src-engine/adapters/typst/reading-order.ts';
import { statementPaper } from '../../src-domain/papers/statement-paper.ts';
import { account, statementFacts } from '../builders/papers.ts';
const start = await startOf(); if (!start) throw 1;
const template = process.argv[2]; const n = Number(process.argv[3] ?? 25);
const c = await openCompiler(template && template !== '-' ? { ...start, template } : start);
const cpu = () => { const u = process.threadCpuUsage(); return (u.user + u.system) / 1000; };
for (const lang of ['en', 'hi'] as const) {
  let d = 0, m = 0, facts=0; 
  const pages = process.argv[4];
  for (let i = 0; i < n + 5; i++) {
    const t0 = cpu();
    const p = statementPaper(statementFacts(account(40, i * 3 + (lang === 'hi' ? 0 : 1)), { language: lang }));
    const t1 = cpu(); const b = c.draw([p] as never); const t2 = cpu(); const r = inReadingOrder(b).bytes; const t3 = cpu();
    if (i >= 5) { facts += t1 - t0; d += t2 - t1; m += t3 - t2; }
    if (i === 6 && pages) (await import('node:fs')).writeFileSync(`/tmp/pp/${pages}-${lang}.pdf`, r);
  }
  console.log(lang, 'facts', (facts / n).toFixed(1), 'draw', (d / n).toFixed(1), 'mend', (m / n).toFixed(1), 'MB', c.memoryBytes() / 1e6 | 0);
}
