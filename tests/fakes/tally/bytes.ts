import type { Fault } from './faults.ts';
import type { Reply } from './wire.ts';

/** How a reply goes over the wire: two bytes a character, or one with '?' for all that is not ASCII. */
export type Coding = 'utf-16' | 'ascii' | 'latin1';

/** A body decoded by its Content-Type; null where its bytes are not what the header says. */
export function decodeBody(
  body: Buffer,
  contentType: string,
): { readonly text: string; readonly coding: Coding } | null {
  if (/utf-?16/i.test(contentType)) return { text: body.toString('utf16le'), coding: 'utf-16' };
  const looksWide =
    (body[0] === 0xff && body[1] === 0xfe) || (body.length > 3 && body[1] === 0 && body[3] === 0);
  return looksWide ? null : { text: body.toString('utf8'), coding: 'ascii' };
}

function encode(text: string, coding: Coding): Buffer {
  if (coding === 'utf-16') return Buffer.from(text, 'utf16le');
  return Buffer.from(coding === 'ascii' ? text.replace(NOT_ASCII, '?') : text, 'latin1');
}

// One '?' for each UTF-16 unit, as a Devanagari name of 14 of them comes back as 14 question marks.
// oxlint-disable-next-line no-control-regex -- Control characters are ASCII too.
const NOT_ASCII = /[^\u0000-\u007f]/g;

const BATCH_BYTES = 1 << 20;

/** The reply's bytes in pieces of about a million, written straight from its rows. */
function* encoded(chunks: Iterable<string>, coding: Coding): Generator<Buffer> {
  let batch = Buffer.allocUnsafe(BATCH_BYTES);
  let length = 0;
  for (const chunk of chunks) {
    const bytes = coding === 'utf-16' ? chunk.length * 2 : chunk.length;
    if (length + bytes > batch.length && length > 0) {
      yield batch.subarray(0, length);
      batch = Buffer.allocUnsafe(BATCH_BYTES);
      length = 0;
    }
    if (bytes > batch.length) yield encode(chunk, coding);
    else if (coding === 'utf-16') length += batch.write(chunk, length, 'utf16le');
    else length += encode(chunk, coding).copy(batch, length);
  }
  if (length > 0) yield batch.subarray(0, length);
}

const KEPT_LENGTH_MOST = 16_000_000;

/**
 * How many bytes a reply will have, and those bytes. Rows of a reply of ordinary size are made once and kept; those of
 * a huge one are made twice, so that it never stands in memory.
 */
export function measured(
  reply: Reply,
  coding: Coding,
): { readonly byteCount: number; readonly batches: () => Iterable<Buffer> } {
  let length = 0;
  let kept: string[] = [];
  for (const chunk of reply.chunks()) {
    length += chunk.length;
    if (length <= KEPT_LENGTH_MOST) kept.push(chunk);
    else kept = [];
  }
  const isKept = length <= KEPT_LENGTH_MOST;
  return {
    byteCount: coding === 'utf-16' ? length * 2 : length,
    batches: () => encoded(isKept ? kept : reply.chunks(), coding),
  };
}

/** The same reply with what the faults do to its text. */
export function bentReply(reply: Reply, faults: readonly Fault[]): Reply {
  const bends = faults.flatMap((fault): readonly ((text: string) => string)[] => textBends(fault));
  if (bends.length === 0) return reply;
  return {
    rowCount: reply.rowCount,
    chunks: function* () {
      for (const chunk of reply.chunks()) yield bends.reduce((text, bend) => bend(text), chunk);
    },
  };
}

const ROW = /^( {4}<(?:VOUCHER|LEDGER|GROUP|COMPANY)(?: [^>]*)>\r\n)/gm;

function textBends(fault: Fault): readonly ((text: string) => string)[] {
  const inRows = (line: string) => (text: string) => text.replace(ROW, `$1     ${line}\r\n`);
  switch (fault.kind) {
    case 'non-ascii-loss':
      return [(text) => text.replace(NOT_ASCII, '?')];
    case 'raw-control':
      return [inRows(`<CLASSNAME>Default${String.fromCharCode(fault.code)}Voucher</CLASSNAME>`)];
    case 'undeclared-udf':
      return [
        inRows(
          '<UDF:CFTAGENT.LIST DESC="`CftAgent`" ISLIST="YES" TYPE="String" INDEX="1001"><UDF:CFTAGENT DESC="`CftAgent`">Ravi</UDF:CFTAGENT></UDF:CFTAGENT.LIST>',
        ),
      ];
    case 'bare-ampersand':
      return [(text) => text.replaceAll('&amp;', '&'), inRows('<BASICBUYERNAME>Rao & Co</BASICBUYERNAME>')];
    case 'latin1':
      return [inRows('<BASICBUYERNAME>Box 10\u00d720</BASICBUYERNAME>')];
    case 'third-party-tags':
      return [
        (text) =>
          text
            .replaceAll('</BILLFIXED>\r\n', '</BILLFIXED>\r\n <PTYMOBILE>98200 00000</PTYMOBILE>\r\n')
            .replaceAll(' <BILLDUE>', ' <BILLSALESMAN>Ravi &amp; Co</BILLSALESMAN>\r\n <BILLDUE>'),
      ];
    case 'refused':
    case 'silence':
    case 'slow':
    case 'busy':
    case 'cut':
    case 'unknown-request':
    case 'empty-envelope':
    case 'login':
    case 'before':
    case 'after':
    case 'wrong-bill-types':
    case 'edu-dates':
    case 'crash':
    case 'chunked':
      return [];
  }
}
