import type { Book } from '#contract/engine/books.ts';
import type { SyncStatus } from '#contract/engine/sync.ts';
import { formatDay } from '#domain/days.ts';
import { formatMoney } from '#domain/money.ts';
import { plainText } from './table-text.ts';

/** How a book stands with its Tally, a line each. */
export function syncText(book: Book, status: SyncStatus): string {
  const { connection, asOf, history, failure } = status;
  if (!connection) return `“${book.name}” is not connected to a Tally.`;
  const lines = [
    `${book.name}: “${plainText(connection.companyName)}” at ${connection.host}:${connection.port}`,
    asOf === null ? 'Nothing has been read yet.' : `Read as of ${formatDay(asOf)}.`,
    history && history.state !== 'complete'
      ? `Older vouchers: ${history.state}, ${history.voucherCount} read${
          history.from === null ? '' : ` back to ${formatDay(history.from)}`
        }.`
      : '',
    tieOutLine(book, status),
    status.offerCount > 0 ? `Contact details found in addresses: ${status.offerCount}.` : '',
    failure ? `Now: ${failure.sentence}` : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function tieOutLine({ baseCurrency }: Book, { tieOut }: SyncStatus): string {
  if (tieOut === null) return '';
  const { differencePaise, differingCount } = tieOut;
  if (differencePaise === 0 && differingCount === 0) return 'Ties out with Tally to the paisa.';
  const amount = `${baseCurrency} ${formatMoney(differencePaise, baseCurrency)}`;
  const parties = differingCount === 1 ? '1 party differs' : `${differingCount} parties differ`;
  return `Does not tie out: ${parties} from Tally, ${amount} in all.`;
}
