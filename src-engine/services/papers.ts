import { wordsOf } from '#domain/papers/words.ts';
import { paperFileNames } from '#domain/papers/file-names.ts';
import type { PaperWish } from '#contract/engine/papers.ts';
import type { Paper } from '#domain/papers/paper.ts';
import { customerNames } from '../storage/customers.ts';
import { accepted } from './documents.ts';
import { bookDoor, failed, type BookContext } from './door.ts';
import { writePapers } from './papers/batch.ts';
import { checkPlace } from './papers/place.ts';
import { paperOf, type PaperOrder } from './papers/paper-of.ts';

type Wish = Omit<PaperWish, 'customerId'>;

function orderOf(context: BookContext, customerId: number, wish: Wish): PaperOrder {
  const { kind, asOf = context.today, from = null, language = null } = wish;
  return { kind, customerId, asOf, fromDay: from, language, letter: null };
}

async function printed(
  { papers }: BookContext,
  paper: Paper,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const made = await papers.print(paper, signal);
  if (!made.ok) throw failed(made.failure);
  return made.bytes;
}

const write = bookDoor.papers.write.handler(async ({ context, input, signal }) => {
  const { path, customerId } = input;
  await checkPlace(context, { path, kind: 'file' });
  const { paper } = accepted(paperOf(context, orderOf(context, customerId, input)));
  const bytes = await printed(context, paper, signal);
  const written = await context.paperFiles.write(path, bytes, signal);
  if (!written.ok) throw failed(written.failure);
  return { byteCount: written.byteCount };
});

const show = bookDoor.papers.show.handler(async ({ context, input, signal }) => {
  const { paper } = accepted(paperOf(context, orderOf(context, input.customerId, input)));
  const bytes = await printed(context, paper, signal);
  return { base64: Buffer.from(bytes).toString('base64') };
});

const writeMany = bookDoor.papers.writeMany.handler(async function* ({ context, input, signal }) {
  const { folder, kind, asOf = context.today, language = 'en' } = input;
  await checkPlace(context, { path: folder, kind: 'folder' });
  const customerIds = [...new Set(input.customerIds)];
  // Among all customers of the book, so that a namesake's file of another run is not written over.
  const customers = [...context.db.read(customerNames)].map(([customerId, { name }]) => ({
    customerId,
    name,
  }));
  const fileNames = paperFileNames(customers, { title: wordsOf(language).title[kind], asOf });
  const batch = writePapers({
    printer: context.papers,
    files: context.paperFiles,
    folder,
    entries: customerIds.map((customerId) => ({
      customerId,
      fileName: fileNames.get(customerId) ?? `${customerId}.pdf`,
    })),
    paperOf: (customerId) => paperOrNothing(context, orderOf(context, customerId, input)),
    // What an earlier run wrote may say other amounts.
    keepsExisting: false,
    now: context.now,
    signal,
  });
  for (;;) {
    const step = await batch.next();
    if (step.done !== true) {
      yield step.value;
      continue;
    }
    if (step.value.failure !== null) throw failed(step.value.failure);
    return;
  }
});

/** Null where there is nothing to write to this customer, or he is gone. */
function paperOrNothing(context: BookContext, order: PaperOrder): Paper | null {
  const made = paperOf(context, order);
  return made.ok && !made.value.isEmpty ? made.value.paper : null;
}

export const papers = { write, show, writeMany };
