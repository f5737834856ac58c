import type { Buffer } from 'node:buffer';
import type { Cell } from '#domain/imports/cells.ts';
import { textCell } from '#domain/imports/number-formats.ts';
import { WorkbookFault } from './fault.ts';
import { eachTag, nameCode, type TagKind, type Tags } from './tags.ts';
import { cellText } from './xml.ts';

/** A cell of a spreadsheet holds no more. What holds more was made by a program to stop its reader. */
export const CELL_LETTERS_MOST = 32_767;

const STRINGS_MOST = 8_000_000;
const STRING = nameCode('si');
const TEXT = nameCode('t');
const PHONETIC = nameCode('rPh');

type Reading = { readonly cells: Cell[]; text: string; isText: boolean; isPhonetic: boolean };

/** The strings that cells refer to by number: runs of rich text put together, how they are spoken left out. */
export async function readStrings(pieces: AsyncIterable<Buffer>): Promise<readonly Cell[]> {
  const reading: Reading = { cells: [], text: '', isText: false, isPhonetic: false };
  await eachTag(pieces, (tags, kind) => takeTag(reading, tags, kind));
  return reading.cells;
}

function takeTag(reading: Reading, tags: Tags, kind: TagKind): void {
  if (reading.isText) takeText(reading, tags, kind);
  if (kind === 'raw' || kind === 'skipped') return;
  switch (tags.code) {
    case TEXT:
      reading.isText = kind === 'open' && !reading.isPhonetic;
      return;
    case PHONETIC:
      reading.isPhonetic = kind === 'open';
      return;
    case STRING:
      if (kind === 'open') {
        reading.text = '';
        return;
      }
      if (reading.cells.length >= STRINGS_MOST) throw new WorkbookFault('too-large');
      reading.cells.push(kind === 'empty' ? null : textCell(cellText(reading.text)));
      reading.text = '';
      return;
    default:
  }
}

function takeText(reading: Reading, tags: Tags, kind: TagKind): void {
  reading.text = joined(reading.text, tags, kind);
}

/** The text with what stands before the tag and, of CDATA, within it. Throws where no cell could hold it. */
export function joined(text: string, tags: Tags, kind: TagKind): string {
  const { bytes } = tags;
  const more = bytes.toString('utf8', tags.textFrom, tags.textTo);
  // An "&" of CDATA is a letter and not the beginning of an entity.
  const raw = kind === 'raw' ? escaped(bytes.toString('utf8', tags.rawFrom, tags.rawTo)) : '';
  const all = text === '' && raw === '' ? more : text + more + raw;
  if (all.length > CELL_LETTERS_MOST && cellText(all).length > CELL_LETTERS_MOST)
    throw new WorkbookFault('cell-too-long');
  return all;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;');
}
