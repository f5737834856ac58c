import type { MoneyIn } from '#contract/engine/customers.ts';
import { DayText } from '#kit/day-text.tsx';
import { currencySign, MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBan, IconDots, IconLink, IconPencil } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';
import type { DocumentActions } from './document-actions.ts';

const AT_FIRST = 20;
const MORE_AT_ONCE = 100;

type CustomerMoneyInProps = {
  readonly moneyIn: readonly MoneyIn[];
  readonly actions: DocumentActions | undefined;
};

/** Receipts and credits, the latest first, each with what no bill has taken of it. */
export function CustomerMoneyIn({ moneyIn, actions }: CustomerMoneyInProps): JSX.Element {
  const { t } = useTranslation('customers');
  const [shown, setShown] = useState(AT_FIRST);
  const sign = currencySign(useCurrency());
  const left = moneyIn.length - shown;
  return (
    <Section title={t('moneyIn.title')} aside={t('moneyIn.count', { count: moneyIn.length })}>
      {moneyIn.length === 0 ? (
        <p className="sum__why">{t('moneyIn.none')}</p>
      ) : (
        <table className="papers">
          <thead>
            <tr>
              <th scope="col">{t('moneyIn.what')}</th>
              <th scope="col">{t('moneyIn.day')}</th>
              <th scope="col" className="papers__number">
                {t('moneyIn.amount', { sign })}
              </th>
              <th scope="col" className="papers__number">
                {t('moneyIn.unallocated', { sign })}
              </th>
              {actions ? (
                <th scope="col">
                  <span className="unseen">{t('actions.title')}</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {moneyIn.slice(0, shown).map((money) => (
              <MoneyLine key={`${money.kind}:${money.documentId}`} money={money} actions={actions} />
            ))}
          </tbody>
        </table>
      )}
      {left > 0 ? (
        <Button variant="default" mt="sm" onClick={() => setShown((was) => was + MORE_AT_ONCE)}>
          {t('moneyIn.more', { count: Math.min(left, MORE_AT_ONCE) })}
        </Button>
      ) : null}
    </Section>
  );
}

type MoneyLineProps = { readonly money: MoneyIn; readonly actions: DocumentActions | undefined };

function MoneyLine({ money, actions }: MoneyLineProps): JSX.Element {
  const { t } = useTranslation('customers');
  // Most are plain receipts: their number says enough.
  const nameOf = (kind: MoneyIn['kind'], number: string | null): string =>
    kind === 'receipt' && number !== null ? number : `${t(`kind.${kind}`)} ${number ?? ''}`;
  return (
    <tr>
      <td>
        {nameOf(money.kind, money.number)}
        {money.currency === null || money.foreignMinor === null ? null : (
          <span className="papers__foreign">
            {' '}
            {money.currency} <MoneyText paise={money.foreignMinor} currency={money.currency} />
          </span>
        )}
      </td>
      <td>
        <DayText day={money.day} />
        {money.chequeDay === null ? null : (
          <span className="papers__foreign">
            {' '}
            {t('moneyIn.cheque')} <DayText day={money.chequeDay} />
          </span>
        )}
      </td>
      <td className="papers__number">
        <MoneyText paise={-Math.abs(money.amountPaise)} />
      </td>
      <td className="papers__number">
        {money.unallocatedPaise === 0 ? '–' : <MoneyText paise={-Math.abs(money.unallocatedPaise)} />}
      </td>
      {actions ? (
        <td className="papers__menu">
          <MoneyMenu money={money} actions={actions} />
        </td>
      ) : null}
    </tr>
  );
}

type MoneyMenuProps = { readonly money: MoneyIn; readonly actions: DocumentActions };

function MoneyMenu({ money, actions }: MoneyMenuProps): JSX.Element {
  const { t } = useTranslation('customers');
  const { documentId, number } = money;
  const kind = money.kind === 'receipt' ? 'receipt' : 'credit';
  const name = number ?? t(`kind.${money.kind}`);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('actions.of', { name })}>
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {money.unallocatedPaise === 0 ? null : (
          <Menu.Item
            leftSection={<IconLink size={15} />}
            onClick={() => actions.allocate(kind, documentId, number)}
          >
            {t('actions.allocate')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconPencil size={15} />}
          onClick={() => actions.changeMoney(kind, documentId)}
        >
          {t('actions.change')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBan size={15} />}
          onClick={() => actions.voidMoney(kind, documentId, number)}
        >
          {t('actions.void')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
