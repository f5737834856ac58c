import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openCompiler } from './compiler.ts';
import type { FromPrinting, PrintingStart, ToPrinting } from './messages.ts';
import { inReadingOrder } from './reading-order.ts';

// The entry of a printing thread: one typst compiler, one file at a time.

async function main(port: MessagePort, start: PrintingStart): Promise<void> {
  const compiler = await openCompiler(start);
  const say = (message: FromPrinting, handed: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...handed]);
  port.on('message', ({ papers }: ToPrinting) => {
    try {
      const { bytes, pageCount } = inReadingOrder(compiler.draw(papers));
      say({ type: 'printed', bytes, pageCount, memoryBytes: compiler.memoryBytes() }, [bytes.buffer]);
    } catch (error) {
      say({ type: 'fault', message: error instanceof Error ? error.message : String(error) });
    }
  });
  say({ type: 'ready' });
}

if (parentPort !== null) await main(parentPort, workerData as PrintingStart);
