import { failedFile, type FailedFile } from '../ports.ts';
import { CELL_LETTERS_MOST } from './strings.ts';
import { ROWS_MOST } from './sheet.ts';
import type { WorkbookFault } from './fault.ts';

/** The sentence for what is wrong with a workbook. */
export function faultFile({ code, sheet, rowCount }: WorkbookFault): FailedFile {
  switch (code) {
    case 'password':
      return failedFile(
        'password',
        'The file is locked with a password. Open it in Excel, remove the password and save it again.',
      );
    case 'truncated':
      return failedFile(
        'truncated',
        'The end of the file is missing. Copy or download it again, then choose it once more.',
        true,
      );
    case 'too-large':
      return failedFile(
        'too-large',
        'The workbook unpacks to more than can be read. Save the sheet with the list as .csv and choose that file.',
      );
    case 'too-many-rows':
      return failedFile(
        'too-large',
        `The sheet “${sheet}” has more than ${ROWS_MOST} rows; at most that many can be read from a workbook. Save it as .csv instead.`,
      );
    case 'cell-too-long':
      return failedFile(
        'cell-too-long',
        `A cell of the file holds more than ${CELL_LETTERS_MOST} letters, which is no value of a list. Shorten it and save the file again.`,
      );
    case 'odd':
    case 'reads-as-empty':
      return failedFile(
        'reads-as-empty',
        sheet === ''
          ? 'The file is packed or written in a way that cannot be read. Open it in Excel and save it again as .xlsx.'
          : `The sheet “${sheet}” holds ${rowCount} rows, but not all of it could be understood. Open the file in Excel and save it again as .xlsx.`,
      );
    case 'damaged':
      return failedFile(
        'unreadable',
        sheet === ''
          ? 'The file is damaged or is not an Excel workbook. Open it in Excel and save it again as .xlsx.'
          : `The sheet “${sheet}” is damaged. Open the file in Excel and save it again as .xlsx.`,
      );
    default:
      return code satisfies never;
  }
}
