import { readFileSync } from 'node:fs';
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import { startOf } from '../../src-engine/adapters/typst/printer.ts';
const start = await startOf(); if (!start) throw 1;
initSync({ module: start.module as never });
const b = new TypstCompilerBuilder(); b.set_dummy_access_model();
for (const f of start.fonts) await b.add_raw_font(readFileSync(f));
const c = await b.build();
const cpu = () => { const u = process.threadCpuUsage(); return (u.user + u.system) / 1000; };
let seed = 0;
const rows = () => JSON.stringify(Array.from({ length: 360 }, (_, i) => `RCT ${seed * 1000 + i} ${(seed * 77 + i * 7919) % 99999}.00`));
const head = (set: string) => `#let rows = json(bytes(sys.inputs.r))\n#set text(${set})\n`;
const all = 'font: ("Noto Sans","Noto Sans Gujarati","Noto Sans Tamil"), size: 8.5pt';
const variants: Record<string, string> = {
  'nothing': head(all),
  'join linebreak all': head(all) + '#rows.join(linebreak())',
  'one long text, \\n': head(all) + '#rows.join("\\n")',
  'one text per-line par, spaces': head(all) + '#rows.join(" ")',
  'tabular': head(all + ', number-width: "tabular"') + '#rows.join(linebreak())',
  'one font': head('font: "Noto Sans", size: 8.5pt') + '#rows.join(linebreak())',
  'no kerning': head('font: "Noto Sans", size: 8.5pt, kerning: false, ligatures: false') + '#rows.join(linebreak())',
  'no fallback': head('font: "Noto Sans", size: 8.5pt, fallback: false') + '#rows.join(linebreak())',
  'edges': head('font: "Noto Sans", size: 8.5pt, top-edge: 0.8em, bottom-edge: -0.25em') + '#rows.join(linebreak())',
  'nbsp': head(all) + '#rows.map(r => r.replace(" ", "\\u{a0}")).join(linebreak())',
  'par each': head(all) + '#for r in rows { par(r) }',
  'place each': head(all) + '#for (i, r) in rows.enumerate() { place(top+left, dy: i*2pt, r) }',
  'box each': head(all) + '#for r in rows { box(width: 25%, r) }',
  'same text': head(all) + '#rows.map(r => "RCT 1000 2000.00").join(linebreak())',
};
for (const [name, source] of Object.entries(variants)) {
  c.add_source('/m.typ', source); const ts: number[] = [];
  for (let i = 0; i < 9; i++) { seed++; const inp: [string, string][] = [['r', rows()]]; const t = cpu(); const a: any = c.compile('/m.typ', inp, 'pdf', 3); ts.push(cpu() - t); if (!a.result) { console.log(name, JSON.stringify(a).slice(0, 300)); break; } }
  ts.sort((x, y) => x - y); console.log(name.padEnd(30), (ts[4] ?? 0).toFixed(1));
}
