import { Buffer } from 'node:buffer';
import { storedZip, ZipFault, type Parts } from './zip.ts';
import { attribute, escapeXml, tagsOf, withoutPrefixes } from './xml.ts';

export type Merge = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

export type SheetPart = {
  readonly name: string;
  /** The cells and nothing else, ready to be read. */
  readonly cellsXml: string;
  readonly rowCount: number;
  readonly merges: readonly Merge[];
};

export type WorkbookParts = {
  readonly sheets: readonly SheetPart[];
  readonly is1904: boolean;
  readonly stringsXml: string | null;
  readonly stylesXml: string | null;
};

const SHEETS_MOST = 256;
const MERGES_MOST = 20_000;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** Reads what a workbook says of itself: its sheets wherever they are filed, its epoch, its strings and styles. */
export function workbookParts(zip: Parts): WorkbookParts {
  const bookName = zip.names.find((name) => /(?:^|\/)workbook\.xml$/i.test(name));
  if (bookName === undefined) throw new ZipFault('damaged');
  const book = withoutPrefixes(textOf(zip, bookName));
  const room = bookName.replace(/[^/]*$/, '');
  const relations = relationsOf(zip, `${room}_rels/workbook.xml.rels`);
  const sheets = tagsOf(book, 'sheet')
    .slice(0, SHEETS_MOST)
    .flatMap((tag) => sheetPart(zip, tag, { room, relations }));
  // Both "1" and "true" are written for the epoch of 1904.
  const epoch = attribute(tagsOf(book, 'workbookPr')[0] ?? '', 'date1904');
  return {
    sheets,
    is1904: epoch === '1' || epoch === 'true' || epoch === 'on',
    stringsXml: optional(zip, `${room}sharedStrings.xml`),
    stylesXml: optional(zip, `${room}styles.xml`),
  };
}

/**
 * The same workbook with only its cells, strings and number formats under the names every reader expects: drawings,
 * comments, tables, validations over a whole column and the like can neither break nor slow the reader.
 */
export function plainWorkbook(parts: WorkbookParts): Buffer {
  const files: (readonly [string, Buffer])[] = [];
  const put = (name: string, xml: string): void => void files.push([name, Buffer.from(xml)]);
  const numbers = parts.sheets.map((_, at) => at + 1);
  put('_rels/.rels', relationships([['rId1', `${RELATIONS}/officeDocument`, 'xl/workbook.xml']]));
  const sheetTags = parts.sheets.map(
    ({ name }, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  put(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr date1904="${parts.is1904 ? 1 : 0}"/><sheets>${sheetTags.join('')}</sheets></workbook>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    relationships(numbers.map((at) => [`rId${at}`, `${RELATIONS}/worksheet`, `worksheets/sheet${at}.xml`])),
  );
  if (parts.stringsXml !== null) put('xl/sharedStrings.xml', parts.stringsXml);
  if (parts.stylesXml !== null) put('xl/styles.xml', parts.stylesXml);
  parts.sheets.forEach(({ cellsXml }, at) => {
    put(`xl/worksheets/sheet${at + 1}.xml`, `<worksheet xmlns="${MAIN}">${cellsXml}</worksheet>`);
  });
  return storedZip(files);
}

type Where = { readonly room: string; readonly relations: ReadonlyMap<string, string> };

function sheetPart(zip: Parts, tag: string, { room, relations }: Where): SheetPart[] {
  const target = relations.get(attribute(tag, 'id') ?? '') ?? '';
  const path = target.startsWith('/') ? target.slice(1) : room + target.replace(/^\.\//, '');
  // Chart sheets and macro sheets hold no rows.
  if (!zip.has(path) || !/worksheets?\//i.test(path)) return [];
  const xml = withoutPrefixes(textOf(zip, path));
  const cellsXml = addressed(cellsOf(xml));
  const merges = tagsOf(xml, 'mergeCell').slice(0, MERGES_MOST).flatMap(mergeOf);
  const rowCount = cellsXml.match(/<row[\s>]/g)?.length ?? 0;
  return [{ name: attribute(tag, 'name') ?? '', cellsXml: isoAsText(cellsXml), rowCount, merges }];
}

// Found by position: an expression over the whole text would take hours on a part made to mislead it.
function cellsOf(xml: string): string {
  const start = /<sheetData[\s>]/.exec(xml)?.index;
  const end = xml.lastIndexOf('</sheetData>');
  return start === undefined || end < start ? '<sheetData/>' : xml.slice(start, end + '</sheetData>'.length);
}

// Cells of type "d" bear ISO text, which the reader would take for the number of their year.
function isoAsText(xml: string): string {
  return xml.replace(/(<c\s[^<>]*\bt=)(["'])d\2/g, '$1$2str$2');
}

// Cells may leave their address out; they then follow the one before.
function addressed(xml: string): string {
  if (!/<c(?![^<>]*\sr=)[\s>]/.test(xml)) return xml;
  let row = 0;
  let column = 0;
  return xml.replace(/<(row|c)((?:\s[^<>]*)?)>/g, (_whole, name: string, rest: string) => {
    const own = attribute(rest, 'r');
    if (name === 'row') {
      row = own === undefined ? row + 1 : Number(own);
      column = 0;
      return own === undefined ? `<row r="${row}"${rest}>` : `<row${rest}>`;
    }
    column = own === undefined ? column + 1 : columnNumber(own);
    return own === undefined ? `<c r="${columnLetters(column)}${row}"${rest}>` : `<c${rest}>`;
  });
}

function mergeOf(tag: string): Merge[] {
  const match = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(attribute(tag, 'ref') ?? '');
  if (match === null) return [];
  const [, left = '', top = '', right = '', bottom = ''] = match;
  return [
    {
      top: Number(top) - 1,
      left: columnNumber(left) - 1,
      bottom: Number(bottom) - 1,
      right: columnNumber(right) - 1,
    },
  ];
}

function relationsOf(zip: Parts, path: string): ReadonlyMap<string, string> {
  if (!zip.has(path)) return new Map();
  const tags = tagsOf(textOf(zip, path), 'Relationship');
  return new Map(tags.map((tag) => [attribute(tag, 'Id') ?? '', attribute(tag, 'Target') ?? '']));
}

function relationships(rows: readonly (readonly [string, string, string])[]): string {
  const tags = rows.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${tags.join('')}</Relationships>`;
}

function optional(zip: Parts, path: string): string | null {
  return zip.has(path) ? withoutPrefixes(textOf(zip, path)) : null;
}

function textOf(zip: Parts, name: string): string {
  const bytes = zip.bytes(name);
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  // No spreadsheet program writes a document type; files that bear one try entity tricks.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.slice(0, 2000))) throw new ZipFault('damaged');
  return text;
}

function columnNumber(address: string): number {
  let column = 0;
  for (const letter of address.replace(/\d+/g, '')) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return column > 26 ? columnLetters(Math.floor((column - 1) / 26)) + letter : letter;
}
