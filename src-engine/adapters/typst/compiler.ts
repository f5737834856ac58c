import { readFileSync } from 'node:fs';
import type { Paper } from '#domain/papers/paper.ts';
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler';
import type { PrintingStart } from './messages.ts';
import { qrDrawing } from './qr-code.ts';

const TEMPLATE = '/paper.typ';
/** Diagnostics as objects. */
const DIAGNOSTICS = 3;

/** A typst compiler with its fonts read. It can be opened once in a thread. */
export type PaperCompiler = {
  /** Papers, each on pages of its own, as typst writes a PDF. Throws with what typst says of a fault of the template. */
  readonly draw: (papers: readonly Paper[]) => Uint8Array;
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
  const draw = (papers: readonly Paper[]): Uint8Array => {
    const drawn = papers.map((paper) => {
      const link = paper.pay?.code?.link;
      return { ...paper, code: link === undefined ? null : qrDrawing(link) };
    });
    const inputs: [string, string][] = [['papers', JSON.stringify(drawn)]];
    const answer: unknown = compiler.compile(TEMPLATE, inputs, 'pdf', DIAGNOSTICS);
    if (typeof answer === 'object' && answer !== null && 'result' in answer) {
      const { result } = answer;
      if (result instanceof Uint8Array) return result;
    }
    throw new Error(JSON.stringify(answer));
  };
  return { draw, memoryBytes: () => memory.buffer.byteLength };
}
