export type FaultCode =
  | 'damaged'
  | 'too-large'
  | 'truncated'
  | 'password'
  | 'cell-too-long'
  | 'too-many-rows'
  | 'reads-as-empty'
  /** Nothing is wrong with it, but this reader does not know its structure: another one may. */
  | 'odd';

/** A workbook that cannot be read as it says it is; `code` tells which sentence to say. */
export class WorkbookFault extends Error {
  readonly code: FaultCode;
  /** The sheet it is about, where it is about one, and the rows that were met in it. */
  readonly sheet: string;
  readonly rowCount: number;
  constructor(code: FaultCode, sheet = '', rowCount = 0) {
    super(code);
    this.code = code;
    this.sheet = sheet;
    this.rowCount = rowCount;
  }
}
