import { readFileSync } from 'node:fs';
import type { Paper } from '#domain/papers/paper.ts';
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import type { PrintingStart } from './messages.ts';
import { qrPixels } from './qr-code.ts';

const TEMPLATE = '/paper.typ';
const CODE = '/code';
/** Diagnostics as objects. */
const DIAGNOSTICS = 3;

/** A typst compiler with its fonts read. It can be opened once in a thread. */
export type PaperCompiler = {
  /** A PDF as typst writes it. Throws with what typst says where the template is at fault. */
  readonly draw: (paper: Paper) => Uint8Array;
  readonly memoryBytes: () => number;
};

export async function openCompiler({ module, template, fonts }: PrintingStart): Promise<PaperCompiler> {
  const { memory } = initSync({ module });
  const builder = new TypstCompilerBuilder();
  // It reads no file and fetches no package: all it sees is handed to it.
  builder.set_dummy_access_model();
  for (const font of fonts) await builder.add_raw_font(readFileSync(font));
  const compiler = await builder.build();
  compiler.add_source(TEMPLATE, readFileSync(template, 'utf8'));
  const draw = (paper: Paper): Uint8Array => {
    const inputs: [string, string][] = [['paper', JSON.stringify(paper)]];
    const link = paper.pay?.code?.link;
    if (link !== undefined) {
      const { size, pixels } = qrPixels(link);
      compiler.map_shadow(CODE, pixels);
      inputs.push(['code', String(size)]);
    }
    const answer: unknown = compiler.compile(TEMPLATE, inputs, 'pdf', DIAGNOSTICS);
    if (typeof answer === 'object' && answer !== null && 'result' in answer) {
      const { result } = answer;
      if (result instanceof Uint8Array) return result;
    }
    throw new Error(JSON.stringify(answer));
  };
  return { draw, memoryBytes: () => memory.buffer.byteLength };
}
