import { startOf } from '../../src-engine/adapters/typst/printer.ts';
import { openCompiler } from '../../src-engine/adapters/typst/compiler.ts';
import { statementPaper } from '../../src-domain/papers/statement-paper.ts';
import { account, statementFacts } from '../builders/papers.ts';
const start = await startOf(); if (!start) throw 1;
const template = process.argv[2];
const c = await openCompiler(template && template !== '-' ? { ...start, template } : start);
const cpu = () => { const u = process.threadCpuUsage(); return (u.user + u.system) / 1000; };
for (let i = 0; i < 10; i++) c.draw([statementPaper(statementFacts(account(40, i)))]);
for (const rows of [0, 20, 40]) for (const link of [null, 'upi://pay?pa=sharma@okbank&pn=Sharma']) {
  let d = 0; const n = 15;
  for (let i = 0; i < n; i++) {
    const p = statementPaper(statementFacts(account(rows, i * 3 + 1 + (link ? 1000 : 0)), { language: 'en', payLink: link && link + i }));
    const t = cpu(); c.draw([p] as never); d += cpu() - t;
  }
  console.log('bills', rows, link !== null, (d / n).toFixed(1));
}
