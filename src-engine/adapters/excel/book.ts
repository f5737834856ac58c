import {
  builtInFormat,
  numberFormat,
  PLAIN_FORMAT,
  type NumberFormat,
} from '#domain/imports/number-formats.ts';
import { WorkbookFault } from './fault.ts';
import { attribute, partText, tagsOf } from './xml.ts';
import type { Parts } from './zip.ts';

/** What a workbook says of itself: its sheets wherever they are filed, its epoch, its strings and formats. */
export type Book = {
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly is1904: boolean;
  readonly stringsPath: string | null;
  /** By the number of a cell's style. */
  readonly formats: readonly NumberFormat[];
};

const SHEETS_MOST = 256;
const STYLES_MOST = 70_000;
/** The parts that are read whole are small; a large one is made to stop its reader. */
const PART_BYTES_MOST = 32_000_000;

export async function readBook(zip: Parts, signal?: AbortSignal): Promise<Book> {
  const path = await bookPath(zip, signal);
  const xml = await smallPart(zip, path, signal);
  const relations = await relationsOf(zip, path, signal);
  const sheets = tagsOf(xml, 'sheet')
    .slice(0, SHEETS_MOST)
    .flatMap((tag) => sheetOf(zip, tag, relations));
  if (tagsOf(xml, 'sheet').length > SHEETS_MOST) throw new WorkbookFault('too-large');
  // Both "1" and "true" are written for the epoch of 1904.
  const epoch = attribute(tagsOf(xml, 'workbookPr')[0] ?? '', 'date1904');
  const stylesPath = partOf(zip, { path, relations }, 'styles');
  return {
    sheets,
    is1904: epoch === '1' || epoch === 'true' || epoch === 'on',
    stringsPath: partOf(zip, { path, relations }, 'sharedStrings'),
    formats: stylesPath === null ? [] : formatsOf(await smallPart(zip, stylesPath, signal)),
  };
}

/** Whether the names in a zip are those of a workbook of this format. */
export function isBook(names: readonly string[]): boolean {
  return names.some((name) => /(?:^|\/)workbook\d*\.xml$/i.test(name));
}

type Relation = { readonly id: string; readonly type: string; readonly path: string };

async function bookPath(zip: Parts, signal: AbortSignal | undefined): Promise<string> {
  const main = (await relationsOf(zip, '', signal)).find(
    ({ type, path }) => type === 'officeDocument' && zip.has(path),
  );
  const path = main?.path ?? zip.names.find((name) => /(?:^|\/)workbook\d*\.xml$/i.test(name));
  if (path === undefined) throw new WorkbookFault('damaged');
  return path;
}

async function smallPart(zip: Parts, path: string, signal: AbortSignal | undefined): Promise<string> {
  if (zip.unpackedBytes(path) > PART_BYTES_MOST) throw new WorkbookFault('too-large');
  return partText(await zip.bytes(path, signal));
}

// Only one step is ever taken from the workbook, so relations that lead in a circle lead nowhere.
async function relationsOf(
  zip: Parts,
  of: string,
  signal: AbortSignal | undefined,
): Promise<readonly Relation[]> {
  const room = of.replace(/[^/]*$/, '');
  const path = `${room}_rels/${of.slice(room.length)}.rels`;
  if (!zip.has(path)) return [];
  return tagsOf(await smallPart(zip, path, signal), 'Relationship')
    .filter((tag) => attribute(tag, 'TargetMode')?.toLowerCase() !== 'external')
    .map((tag) => ({
      id: attribute(tag, 'Id') ?? '',
      type: (attribute(tag, 'Type') ?? '').replace(/^.*\//s, ''),
      path: resolved(room, attribute(tag, 'Target') ?? ''),
    }));
}

/** A target as the name of a part: "./" and "../" are walked, and a leading "/" is the zip itself. */
function resolved(room: string, target: string): string {
  const steps: string[] = [];
  for (const step of `${target.startsWith('/') ? '' : room}${target.replace(/\\/g, '/')}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function sheetOf(zip: Parts, tag: string, relations: readonly Relation[]): Book['sheets'][number][] {
  const id = attribute(tag, 'id');
  const name = attribute(tag, 'name') ?? '';
  const relation = relations.find((one) => one.id === id);
  // Chart sheets and macro sheets hold no rows.
  if (relation === undefined || /chartsheet|macrosheet|dialogsheet/i.test(relation.type)) return [];
  if (!zip.has(relation.path)) throw new WorkbookFault('damaged', name);
  return [{ name, path: relation.path }];
}

type Place = { readonly path: string; readonly relations: readonly Relation[] };

function partOf(zip: Parts, { path, relations }: Place, type: string): string | null {
  const related = relations.find((one) => one.type === type)?.path;
  const beside = `${path.replace(/[^/]*$/, '')}${type}.xml`;
  return [related, beside].find((one) => one !== undefined && zip.has(one)) ?? null;
}

function formatsOf(xml: string): readonly NumberFormat[] {
  const own = new Map(
    tagsOf(xml, 'numFmt')
      .slice(0, STYLES_MOST)
      .map((tag) => [attribute(tag, 'numFmtId') ?? '', numberFormat(attribute(tag, 'formatCode') ?? '')]),
  );
  // Found by position: an expression over the whole text would take hours on a part made to mislead it.
  const from = /<(?:\w+:)?cellXfs[\s>]/.exec(xml)?.index ?? -1;
  if (from < 0) return [];
  const to = /<\/(?:\w+:)?cellXfs\s*>/.exec(xml.slice(from))?.index;
  const ids = tagsOf(xml.slice(from, to === undefined ? undefined : from + to), 'xf').slice(0, STYLES_MOST);
  return ids.map((tag) => {
    const id = attribute(tag, 'numFmtId') ?? '0';
    return own.get(id) ?? (id === '0' ? PLAIN_FORMAT : builtInFormat(Number(id)));
  });
}
