import type { GatewayShown } from '#contract/engine/gateways.ts';
import { ProblemNote, useRefusalWords, type Problem } from '#kit/problem.tsx';
import { useTellProblem } from '#kit/undo.tsx';
import { Button, TextInput } from '@mantine/core';
import { IconCircleCheck, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { hasPassed, hasSent } from './test-outcome.ts';
import type { GatewayTest } from './use-gateway-test.ts';

const HAND_KIND = 'whatsapp-link';

type OwnerTestProps = { readonly gateway: GatewayShown; readonly test: GatewayTest };

/** A message to the owner himself: until he says that it has arrived, nobody else gets any from here. */
export function OwnerTest({ gateway, test }: OwnerTestProps): JSX.Element | null {
  const { t } = useTranslation('gateways');
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  if (!business) return null;
  const isMail = gateway.channel === 'email';
  // What is sent by hand waits for its sender, also when he writes to himself.
  const isByHand = gateway.kind === HAND_KIND;
  const address = isMail ? business.ownerEmail : business.ownerPhone;
  const isIdle = test.state !== 'running';
  return (
    <section className="owner-test" aria-label={t('owner.title')}>
      <h2 className="owner-test__title">{t('owner.title')}</h2>
      <p className="owner-test__note">{t(gateway.hasReachedOwner ? 'owner.reached' : 'owner.why')}</p>
      {isByHand && hasSent(test.steps) ? <p className="owner-test__note">{t('owner.byHand')}</p> : null}
      {address === null ? (
        <OwnerAddress isMail={isMail} onKept={() => test.start(true)} />
      ) : (
        <div className="owner-test__buttons">
          <Button
            variant={gateway.hasReachedOwner || hasSent(test.steps) ? 'default' : 'filled'}
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={!isIdle || !hasPassed(test.steps)}
            onClick={() => test.start(true)}
          >
            {t('owner.send', { address })}
          </Button>
          {isIdle && hasSent(test.steps) && !gateway.hasReachedOwner ? (
            <Arrived gatewayId={gateway.gatewayId} />
          ) : null}
        </div>
      )}
    </section>
  );
}

function Arrived({ gatewayId }: { readonly gatewayId: number }): JSX.Element {
  const { t } = useTranslation('gateways');
  const tell = useTellProblem(problemOf);
  const confirm = (): void => {
    client.gateways
      .confirmOwner({ gatewayId })
      .then(async () => queryClient.invalidateQueries({ queryKey: orpc.gateways.key() }))
      .catch(tell);
  };
  return (
    <Button leftSection={<IconCircleCheck size={16} aria-hidden />} onClick={confirm} data-autofocus>
      {t('owner.arrived')}
    </Button>
  );
}

type OwnerAddressProps = { readonly isMail: boolean; readonly onKept: () => void };

/** Where tests go to; asked for where it is missed and kept with the business. */
function OwnerAddress({ isMail, onKept }: OwnerAddressProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const sayRefusal = useRefusalWords();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const keep = async (): Promise<void> => {
    try {
      await client.business.save(isMail ? { ownerEmail: text.trim() } : { ownerPhone: text.trim() });
      await queryClient.invalidateQueries({ queryKey: orpc.business.key() });
      onKept();
    } catch (error) {
      const met = problemOf(error);
      if (met.kind === 'refused') setFault(sayRefusal(met.refusal));
      else setProblem(met);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') setFault(t('fault.required'));
    else void keep();
  };
  return (
    <form className="owner-test__address" onSubmit={submit}>
      <TextInput
        label={t(isMail ? 'owner.email' : 'owner.phone')}
        description={t('owner.addressHint')}
        type={isMail ? 'email' : 'tel'}
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setFault(undefined);
        }}
        error={fault}
      />
      <Button type="submit" leftSection={<IconSend size={16} aria-hidden />}>
        {t('owner.keepAndSend')}
      </Button>
      {problem ? <ProblemNote problem={problem} /> : null}
    </form>
  );
}
