import type { Day } from '#domain/days.ts';
import { DataTable, ROW_HEIGHT } from '#kit/data-table.tsx';
import { tableFromColumns } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { Section } from '#kit/page.tsx';
import { useMemo, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { writeTable } from '../../client.ts';
import { useGatewayColumns, type GatewayCost } from './gateway-columns.tsx';

type GatewayCostsProps = { readonly month: Day; readonly gateways: readonly GatewayCost[] };

const ROWS_SHOWN = 10;
/** The table is never lower than with two. */
const ROWS_LEAST = 2;
/** Head, totals and the frame. */
const OTHER_ROWS = 2.3;
const NO_ROWS: readonly GatewayCost[] = [];

/** What each gateway cost in a month: messages, parts, the estimate beside the actual. */
export function GatewayCosts({ month, gateways }: GatewayCostsProps): JSX.Element {
  const { t } = useTranslation('costs');
  const head = useExportHead();
  const columnsOf = useGatewayColumns();
  const columns = useMemo(() => columnsOf(gateways), [columnsOf, gateways]);
  const shownRef = useRef(NO_ROWS);
  const rows = Math.min(ROWS_SHOWN, Math.max(ROWS_LEAST, gateways.length)) + OTHER_ROWS;
  const title = t('gateways.title');
  const name = t('monthOf', { month: t(`month.${Number(month.slice(5, 7))}`), year: month.slice(0, 4) });
  return (
    <Section
      title={title}
      aside={
        <ExportMenu
          size="compact-sm"
          name={`${title} ${month.slice(0, 7)}`}
          makeTable={() =>
            tableFromColumns({
              title: `${title}: ${name}`,
              lines: head.lines(),
              columns: columnsOf(shownRef.current),
              rows: shownRef.current,
              currency: 'INR',
              totalWord: head.totalWord,
            })
          }
          onWrite={writeTable}
        />
      }
    >
      <div className="costs__gateways" style={{ height: Math.ceil(rows * ROW_HEIGHT) }}>
        <DataTable
          label={title}
          columns={columns}
          rows={gateways}
          keyOf={keyOf}
          initialSort={{ key: 'costMicros', direction: 'desc' }}
          withTotals
          shownRef={shownRef}
        />
      </div>
    </Section>
  );
}

function keyOf({ gatewayId }: GatewayCost): string {
  return String(gatewayId);
}
