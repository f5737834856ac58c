import type { PartyState, TieOutParty } from '#contract/engine/sync.ts';
import { DayText } from '#kit/day-text.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useCauseWords } from './cause-text.tsx';
import { differingFirst, isBillDiffering } from './differing.ts';
import './tie-out-tally.css';

type Bill = PartyState['bills'][number];

const AT_FIRST = 100;
const MORE_AT_ONCE = 200;

type BillsBesideProps = { readonly party: TieOutParty; readonly bills: readonly Bill[] };

/** The bills of one party, Tally's at the left and Baaki's at the right; what differs stands on top. */
export function BillsBeside({ party, bills }: BillsBesideProps): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const [shown, setShown] = useState(AT_FIRST);
  const ordered = differingFirst(bills);
  const left = Math.max(0, ordered.length - shown);
  if (bills.length === 0 && party.onAccountPaise === 0)
    return <p className="tally-tie__none">{t('drawer.none')}</p>;
  return (
    <>
      {bills.length > 0 && !bills.some(isBillDiffering) ? (
        <p className="tally-tie__none">{t('drawer.all')}</p>
      ) : null}
      <table className="beside__table">
        <BesideHead />
        <tbody>
          {ordered.slice(0, shown).map((bill) => (
            <BillRow key={`${bill.ref} ${bill.billId ?? ''} ${bill.tallyBillDay ?? ''}`} bill={bill} />
          ))}
          {left === 0 && party.onAccountPaise !== 0 ? <OnAccountRow party={party} /> : null}
        </tbody>
        <BesideFoot party={party} />
      </table>
      {left > 0 ? (
        <Button variant="default" my="sm" onClick={() => setShown((was) => was + MORE_AT_ONCE)}>
          {t('drawer.more', { count: Math.min(left, MORE_AT_ONCE) })}
        </Button>
      ) : null}
    </>
  );
}

const sides = ['tally', 'baaki'] as const;

function BesideHead(): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const sign = currencySign(useCurrency());
  return (
    <thead>
      <tr>
        <th rowSpan={2} scope="col">
          {t('drawer.bill')}
        </th>
        {sides.map((side) => (
          <th key={side} colSpan={3} scope="colgroup" className="beside__side">
            {t(`panel.${side}`)}
          </th>
        ))}
        <th rowSpan={2} scope="col" className="beside__number">
          {t('drawer.difference', { sign })}
        </th>
        <th rowSpan={2} scope="col">
          {t('drawer.causes')}
        </th>
      </tr>
      <tr>
        {sides.flatMap((side) => [
          <th key={`${side} day`} scope="col" className="beside__side">
            {t('drawer.billDay')}
          </th>,
          <th key={`${side} due`} scope="col">
            {t('drawer.dueDay')}
          </th>,
          <th key={`${side} amount`} scope="col" className="beside__number">
            {t('drawer.amount', { sign })}
          </th>,
        ])}
      </tr>
    </thead>
  );
}

function BillRow({ bill }: { readonly bill: Bill }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { ofCauses } = useCauseWords();
  return (
    <tr data-differs={isBillDiffering(bill)}>
      <th scope="row" className="beside__ref">
        {bill.ref}
        {isBillDiffering(bill) ? <IconAlertTriangle size={14} aria-label={t('drawer.differs')} /> : null}
      </th>
      <BillSide bill={bill} side="tally" />
      <BillSide bill={bill} side="baaki" />
      <td className="beside__number">
        <MoneyText paise={bill.baakiPaise - bill.tallyPaise} />
      </td>
      <td>{ofCauses(bill.causes)}</td>
    </tr>
  );
}

type BillSideProps = { readonly bill: Bill; readonly side: (typeof sides)[number] };

/** One side's days and amount; what the other side has otherwise is marked. */
function BillSide({ bill, side }: BillSideProps): JSX.Element {
  const { tallyPaise, baakiPaise, tallyBillDay, baakiBillDay, tallyDueDay, baakiDueDay } = bill;
  const isDiffering = isBillDiffering(bill);
  const marked = (base: string, isOther: boolean): string =>
    isDiffering && isOther ? `${base} beside__differs` : base;
  const isTally = side === 'tally';
  return (
    <>
      <td className={marked('beside__side', tallyBillDay !== baakiBillDay)}>
        <DayText day={isTally ? tallyBillDay : baakiBillDay} />
      </td>
      <td className={marked('', tallyDueDay !== baakiDueDay)}>
        <DayText day={isTally ? tallyDueDay : baakiDueDay} />
      </td>
      <td className={marked('beside__number', tallyPaise !== baakiPaise)}>
        <MoneyText paise={isTally ? tallyPaise : baakiPaise} />
      </td>
    </>
  );
}

/** What stands in Tally in no bill; here it is a credit or a charge of its own. */
function OnAccountRow({ party }: { readonly party: TieOutParty }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  return (
    <tr>
      <th scope="row">{t('drawer.onAccount')}</th>
      <td colSpan={2} className="beside__side" aria-hidden />
      <td className="beside__number">
        <MoneyText paise={party.onAccountPaise} />
      </td>
      <td colSpan={3} className="beside__side" aria-hidden />
      <td aria-hidden />
      <td aria-hidden />
    </tr>
  );
}

/** The sums are the certificate's: what Baaki holds of the party beyond its bills is among them. */
function BesideFoot({ party }: { readonly party: TieOutParty }): JSX.Element {
  const { t } = useTranslation('kit');
  return (
    <tfoot>
      <tr>
        <th scope="row">{t('table.total')}</th>
        <td colSpan={3} className="beside__number beside__side">
          <MoneyText paise={party.tallyPaise} />
        </td>
        <td colSpan={3} className="beside__number beside__side">
          <MoneyText paise={party.baakiPaise} />
        </td>
        <td className="beside__number">
          <MoneyText paise={party.differencePaise} />
        </td>
        <td aria-hidden />
      </tr>
    </tfoot>
  );
}
