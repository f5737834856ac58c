import { escapeXml } from './xml.ts';

/** A reply before it is bytes. `chunks` can be walked again and gives the same: its length is counted first. */
export type Reply = {
  readonly chunks: () => Iterable<string>;
  readonly rowCount: number;
};

export const UNKNOWN_REQUEST = '<RESPONSE>Unknown Request, cannot be processed</RESPONSE>\r\n';

export function plainReply(text: string, rowCount = 0): Reply {
  return { chunks: () => [text], rowCount };
}

export type FieldType = 'String' | 'Number' | 'Logical' | 'Date' | 'Amount' | 'Due Date' | 'Rate' | null;

/** `<TAG TYPE="String">text</TAG>` on a line of its own. The text is escaped here. */
export function field(indent: number, tag: string, type: FieldType, text: string): string {
  return `${SPACES[indent]}<${tag}${type === null ? '' : ` TYPE="${type}"`}>${escapeXml(text)}</${tag}>\r\n`;
}

export function emptyTag(indent: number, tag: string): string {
  return `${SPACES[indent]}<${tag}/>\r\n`;
}

/** A list without items: only the blanks of its own depth. */
export function blankList(indent: number, tag: string): string {
  return `${SPACES[indent]}<${tag}.LIST>${SPACES[indent]}</${tag}.LIST>\r\n`;
}

export function list(indent: number, tag: string, content: string, type: FieldType = null): string {
  const attribute = type === null ? '' : ` TYPE="${type}"`;
  return `${SPACES[indent]}<${tag}.LIST${attribute}>\r\n${content}${SPACES[indent]}</${tag}.LIST>\r\n`;
}

const SPACES: readonly string[] = Array.from({ length: 16 }, (_, count) => ' '.repeat(count));

/** Paise, debit positive → Tally's text: two decimals, no grouping, a debit with a minus. */
export function amountText(paise: number): string {
  const absolute = Math.abs(paise);
  const whole = Math.floor(absolute / 100);
  const rest = absolute % 100;
  return `${paise > 0 ? '-' : ''}${whole}.${rest < 10 ? '0' : ''}${rest}`;
}

/** Numbers of methods carry a blank in front. */
export function numberText(value: number): string {
  return ` ${value}`;
}

export function yesNo(value: boolean): string {
  return value ? 'Yes' : 'No';
}

/** The 35 plain numbers in order. They are no rows, and they differ from read to read. */
const COUNTERS = [
  'COMPANY',
  'GROUP',
  'LEDGER',
  'COSTCATEGORY',
  'COSTCENTRE',
  'GODOWN',
  'STOCKGROUP',
  'STOCKCATEGORY',
  'STOCKITEM',
  'VOUCHERTYPE',
  'CURRENCY',
  'UNIT',
  'BUDGET',
  'CLIENTRULE',
  'SERVERRULE',
  'STATE',
  'TDSRATE',
  'TAXCLASSIFICATION',
  'STCATEGORY',
  'DEDUCTEETYPE',
  'ATTENDANCETYPE',
  'FBTCATEGORY',
  'FBTASSESSEETYPE',
  'TARIFFCLASSIFICATION',
  'EXCISEDUTYCLASSIFICATION',
  'SERIALNUMBER',
  'ADJUSTMENTCLASSIFICATION',
  'INCOMETAXSLAB',
  'INCOMETAXCLASSIFICATION',
  'LBTCLASSIFICATION',
  'TAXUNIT',
  'RETURNMASTER',
  'GSTCLASSIFICATION',
  'VOUCHERNUMBERSERIES',
  'VOUCHER',
] as const;

/** What the changing ones grow by with each request that was served. */
const GROWTH: Readonly<Partial<Record<(typeof COUNTERS)[number], number>>> = {
  LEDGER: 3,
  VOUCHERTYPE: 0.5,
  CURRENCY: 1.1,
  TAXUNIT: 1,
  VOUCHERNUMBERSERIES: 1,
  VOUCHER: 1.5,
};

export function companyInfo(served: number): string {
  const lines = COUNTERS.map((tag) => {
    const value = tag === 'COMPANY' ? (served > 0 ? 1 : 0) : Math.floor((GROWTH[tag] ?? 0) * served);
    return `    <${tag}>${value}</${tag}>\r\n`;
  });
  return `   <CMPINFO>\r\n${lines.join('')}   </CMPINFO>\r\n`;
}

export type CollectionFrame = {
  readonly attributes: string;
  readonly served: number;
  readonly rowCount: number;
  readonly rows: () => Iterable<string>;
};

export function collectionReply({ attributes, served, rowCount, rows }: CollectionFrame): Reply {
  const head =
    '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>1</STATUS>\r\n </HEADER>\r\n' +
    ` <BODY>\r\n  <DESC>\r\n${companyInfo(served)}  </DESC>\r\n  <DATA>\r\n   <COLLECTION${attributes}>`;
  const tail = '</COLLECTION>\r\n  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n';
  if (rowCount === 0) return plainReply(`${head}   ${tail}`);
  return {
    rowCount,
    chunks: function* () {
      yield `${head}\r\n`;
      yield* rows();
      yield `   ${tail}`;
    },
  };
}

export function refusalReply(sentence: string): Reply {
  return plainReply(
    '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>0</STATUS>\r\n </HEADER>\r\n <BODY>\r\n' +
      `  <DATA>\r\n   <LINEERROR>${escapeXml(sentence)}</LINEERROR>\r\n  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n`,
  );
}

const RELEASES = { erp9: [6, 6], prime2: [2, 1], prime4: [4, 1], prime7: [7, 0] } as const;

export function functionReply(
  result: { readonly type: FieldType; readonly text: string; readonly attributes?: string },
  { product, served }: { readonly product: keyof typeof RELEASES; readonly served: number },
): Reply {
  const [major, minor] = RELEASES[product];
  const type = result.type === null ? '' : ` TYPE="${result.type}"`;
  return plainReply(
    '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>1</STATUS>\r\n' +
      '  <PRODMAJORVER>1</PRODMAJORVER>\r\n  <PRODMINORVER>1</PRODMINORVER>\r\n' +
      `  <PRODMAJORREL>${major}</PRODMAJORREL>\r\n  <PRODMINORREL>${minor}</PRODMINORREL>\r\n` +
      `  <PRODTYPE>8</PRODTYPE>\r\n </HEADER>\r\n <BODY>\r\n  <DESC>\r\n${companyInfo(served)}  </DESC>\r\n  <DATA>\r\n` +
      `   <RESULT${type}${result.attributes ?? ''}>${escapeXml(result.text)}</RESULT>\r\n` +
      '  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n',
  );
}
