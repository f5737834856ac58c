import type { GatewayShown } from '#contract/engine/gateways.ts';
import type { PayLink } from '#contract/engine/pay-links.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconLink, IconRefresh, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

const NONE: readonly never[] = [];

type PayLinksProps = {
  readonly customerId: number;
  readonly billIds: readonly number[];
  readonly isReadOnly: boolean;
};

/** Links of a payment company: made for these bills, looked at, taken back. Nothing without such a gateway. */
export function PayLinks({ customerId, billIds, isReadOnly }: PayLinksProps): JSX.Element | null {
  const { t } = useTranslation('customer-reminders');
  const { data: gateways = NONE } = useQuery(orpc.gateways.list.queryOptions());
  const { data: links = NONE } = useQuery(orpc.payLinks.list.queryOptions({ input: { customerId } }));
  const calls = useLinkCalls();
  const payers = gateways.filter(isPayer);
  if (payers.length === 0 && links.length === 0) return null;
  return (
    <div className="care__part">
      <ul className="pay-links">
        {links.map((link) => (
          <LinkLine key={link.linkId} link={link} isReadOnly={isReadOnly} calls={calls} />
        ))}
      </ul>
      {isReadOnly ? null : (
        <div className="care__buttons">
          {payers.map(({ gatewayId, name }) => (
            <Button
              key={gatewayId}
              size="compact-sm"
              variant="default"
              loading={calls.isBusy}
              disabled={billIds.length === 0}
              leftSection={<IconLink size={14} aria-hidden />}
              onClick={() =>
                calls.run(
                  async () => client.payLinks.create({ customerId, billIds: [...billIds], gatewayId }),
                  t('link.made'),
                )
              }
            >
              {t('link.make', { gateway: name })}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function isPayer({ channel, isOn, pause }: GatewayShown): boolean {
  return channel === 'payment' && isOn && pause === null;
}

type LinkCalls = {
  readonly isBusy: boolean;
  readonly run: (call: () => Promise<unknown>, said: string | null) => void;
};

function useLinkCalls(): LinkCalls {
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const [isBusy, setBusy] = useState(false);
  const run = async (call: () => Promise<unknown>, said: string | null): Promise<void> => {
    setBusy(true);
    try {
      await call();
      if (said !== null) done({ message: said });
      await queryClient.invalidateQueries({ queryKey: orpc.payLinks.list.key() });
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run: (call, said) => void run(call, said) };
}

type LinkLineProps = { readonly link: PayLink; readonly isReadOnly: boolean; readonly calls: LinkCalls };

function LinkLine({ link, isReadOnly, calls }: LinkLineProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { linkId, url, status, amountPaise, paidPaise, gatewayName, createdAt } = link;
  const isOpen = status === 'open' || status === 'part-paid' || status === 'unknown' || status === 'making';
  return (
    <li>
      <span className="care__words">
        <MoneyText paise={amountPaise} withSign /> <strong>{t(`link.status.${status}`)}</strong>
        {paidPaise > 0 && paidPaise < amountPaise ? (
          <>
            {' '}
            <MoneyText paise={paidPaise} withSign />
          </>
        ) : null}
        <span className="care__soft">
          {' '}
          · {gatewayName} · <AgoText at={createdAt} />
        </span>
      </span>
      {url === null || !isOpen ? null : (
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <ActionIcon
              size={22}
              title={t('link.copy')}
              aria-label={t(copied ? 'pay.copied' : 'link.copy')}
              onClick={copy}
            >
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      )}
      {isOpen && !isReadOnly ? (
        <>
          <ActionIcon
            size={22}
            title={t('link.look')}
            aria-label={t('link.look')}
            disabled={calls.isBusy}
            onClick={() => calls.run(async () => client.payLinks.look({ linkId }), null)}
          >
            <IconRefresh size={14} aria-hidden />
          </ActionIcon>
          <ActionIcon
            size={22}
            title={t('link.cancel')}
            aria-label={t('link.cancel')}
            disabled={calls.isBusy}
            onClick={() => calls.run(async () => client.payLinks.cancel({ linkId }), t('link.cancelled'))}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </>
      ) : null}
    </li>
  );
}
