import type { Book } from '#contract/engine/books.ts';
import type { DryRun, ImportBatch, ImportDraft, ImportMap, Understood } from '#contract/engine/imports.ts';
import { ok, type Result } from '#domain/result.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Client, Command, Options, World } from '../command.ts';
import { done, failed, refused, usage, type Ending } from '../ending.ts';
import { mergeMap, readUserMap, sheetOf, type UserMap } from '../import-map.ts';
import { batchText, dryRunText, understoodText } from '../import-text.ts';

const help = `Usage: baaki import FILE [--book B] [--map M] [--rate USD=83.25 …] [--take-drafts]
                         [--complete-list] [--dry-run] [--yes] [--format table|json]

  FILE         a workbook (.xlsx, .xlsm, .xls, .xlsb, .ods) or a list (.csv, .tsv)
  --book B     the book, by id or name; the one opened last if not given. With --yes an absent book is made
  --map M      a JSON file, or JSON itself, over what was guessed; rows and columns count from 0:
               {"sheet":"Bills","headerRow":3,"columns":{"customerName":"Party","openAmount":7,"phone":null},
                "dateOrder":"day-first","creditDays":30,"currency":"INR","rates":{"USD":"83.25"},
                "balancesDay":"2026-10-31","sameCustomers":{"raosons":12},
                "fixes":[{"row":7,"column":2,"text":"2026-10-05"}]}
  --rate R     an exchange rate into the book’s currency; may be given more than once
  --take-drafts  take bills that their program still calls drafts
  --complete-list  the file lists every open bill: those that earlier lists of its kind brought and that it lacks are
               settled since, on the day the balances hold for
  --dry-run    only tell what would be taken; write nothing
  --yes        do not ask before writing`;

/** Named apart from the reserved word it is called by. */
export const importFile: Command = {
  summary: 'Import a workbook or CSV of bills.',
  help,
  takes: ['book', 'map', 'rate', 'take-drafts', 'complete-list', 'dry-run', 'yes', 'format'],
  formats: ['table', 'json'],
  read: ({ options, rest }) => {
    const [file, ...more] = rest;
    if (file === undefined) return usage('Which file? Write it like “baaki import bills.xlsx”.');
    if (more.length > 0) return usage(`One file at a time: “${more[0]}” is one too many.`);
    if (options['dry-run'] && options.yes) return usage('--dry-run and --yes do not go together.');
    const read = readUserMap(options.map, options.rate ?? []);
    if (!read.ok) return usage(read.refusal.sentence);
    const others = {
      ...read.value.others,
      ...(options['take-drafts'] === true && { takeDrafts: true }),
      ...(options['complete-list'] === true && { isCompleteList: true }),
    };
    const map = { ...read.value, others };
    return (world) => runImport(world, { file: path.resolve(file), map, options });
  },
};

type Wish = { readonly file: string; readonly map: UserMap; readonly options: Options };

type Plan = {
  readonly draftId: string;
  readonly book: Book;
  readonly understood: Understood;
  readonly map: ImportMap;
};

/** A book that was made for this file alone does not outlive it when nothing of the file was taken. */
async function runImport(world: World, wish: Wish): Promise<Ending> {
  const found = await findBook(world, wish);
  if ('kind' in found) return found;
  const { book, isNew } = found;
  const isTaken = (): Promise<boolean> => world.client.imports.list().then((batches) => batches.length > 0);
  try {
    return await importInto(world, wish, book);
  } finally {
    if (isNew && !(await isTaken())) await world.client.books.discardEmpty({ bookId: book.bookId });
  }
}

async function importInto(world: World, wish: Wish, book: Book): Promise<Ending> {
  const { client, terminal } = world;
  const draft = await readDraft(world, wish.file);
  const meant = await understand(client, draft, wish.map);
  if (!meant.ok) return usage(meant.refusal.sentence);
  const plan: Plan = { ...meant.value, book, draftId: draft.draftId };
  const run = await client.imports.preview({ draftId: plan.draftId, map: plan.map });
  const isJson = wish.options.format === 'json';
  const told = `${understoodText(plan.understood, plan.map)}\n\n${dryRunText(run, book.baseCurrency)}`;
  if (isJson) terminal.note(told);
  else terminal.out(told);
  const isDry = wish.options['dry-run'] ?? false;
  const ending = isDry ? done : await agree(world, wish, run);
  if (ending.kind !== 'done') return ending;
  const batch = isDry ? null : await commit(world, plan);
  if (isJson) terminal.out(JSON.stringify(resultOf(plan, run, batch)));
  else if (batch) terminal.out(`\n${batchText(batch, book.baseCurrency)}`);
  return done;
}

async function readDraft({ client, terminal }: World, file: string): Promise<ImportDraft> {
  let draft: ImportDraft | undefined;
  for await (const event of await client.imports.read({ path: file })) {
    terminal.progress(`reading ${event.done} of ${event.of} bytes`);
    draft = event.draft ?? draft;
  }
  terminal.progress('');
  if (draft === undefined) throw new Error('The reading ended without a draft.');
  return draft;
}

type FoundBook = { readonly book: Book; readonly isNew: boolean };

/** The book to import into. With --yes one that is absent is made, but not for a file that is not there. */
async function findBook({ client, terminal }: World, wish: Wish): Promise<FoundBook | Ending> {
  const choice = await chooseBook(client, wish.options.book);
  if (choice.kind === 'ending') return choice.ending;
  if (choice.kind === 'book') return { book: choice.book, isNew: false };
  if (!wish.options.yes) return absentBook(choice.name, await client.books.list());
  if (!existsSync(wish.file)) return failed('not-found', `There is no file ${wish.file}.`);
  const book = await client.books.create({ name: choice.name });
  terminal.note(`Made the book “${book.name}” (${book.bookId}).`);
  return { book, isNew: true };
}

async function understand(
  client: Client,
  draft: ImportDraft,
  userMap: UserMap,
): Promise<Result<{ readonly understood: Understood; readonly map: ImportMap }>> {
  const sheet = sheetOf(userMap, draft);
  if (!sheet.ok) return sheet;
  const isElsewhere = sheet.value !== undefined || userMap.headerRow !== undefined;
  const understood = isElsewhere
    ? await client.imports.understand({
        draftId: draft.draftId,
        sheet: sheet.value ?? draft.understood.sheet,
        headerRow: userMap.headerRow ?? null,
      })
    : draft.understood;
  const map = mergeMap(understood, userMap);
  return map.ok ? ok({ understood, map: map.value }) : map;
}

/** Nothing is written before somebody said yes. */
async function agree({ terminal }: World, wish: Wish, run: DryRun): Promise<Ending> {
  if (run.rowCounts.taken === 0) {
    const why = run.notes[0]?.reason?.sentence ?? '';
    return refused(
      'nothing-to-import',
      `Not one of the ${run.fileRowCount} rows can be taken. Nothing was written. ${why}`.trimEnd(),
    );
  }
  if (wish.options.yes) return done;
  if (!terminal.isInteractive) {
    return usage('Nothing was written. Add --yes to import without being asked, or --dry-run to only look.');
  }
  const isAgreed = await terminal.confirm(`Import ${run.rowCounts.taken} rows?`);
  return isAgreed ? done : refused('not-agreed', 'Nothing was written.');
}

async function commit({ client, terminal }: World, plan: Plan): Promise<ImportBatch> {
  let batch: ImportBatch | undefined;
  for await (const event of await client.imports.commit({ draftId: plan.draftId, map: plan.map })) {
    terminal.progress(`${event.phase} ${event.done} of ${event.of}`);
    batch = event.batch ?? batch;
  }
  terminal.progress('');
  if (batch === undefined) throw new Error('The import ended without a batch.');
  return batch;
}

/** The one object of --format json: amounts are whole minor units. */
function resultOf({ book, understood, map }: Plan, run: DryRun, batch: ImportBatch | null): object {
  const { layout, headers, isRemembered } = understood;
  const { samples: _, ...dryRun } = run;
  return {
    book: { bookId: book.bookId, name: book.name, baseCurrency: book.baseCurrency },
    understood: { layout, isRemembered, headers, map },
    dryRun,
    batch,
  };
}
