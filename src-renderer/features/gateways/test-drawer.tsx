import type { GatewayCheckShown, GatewayShown } from '#contract/engine/gateways.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Drawer, Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from './bilingual.ts';
import { OwnerTest } from './owner-test.tsx';
import { hasPassed, hasSent } from './test-outcome.ts';
import { useGatewayTest, type GatewayTest } from './use-gateway-test.ts';

type TestDrawerProps = {
  /** undefined while it is closed. */
  readonly gateway: GatewayShown | undefined;
  readonly onChange: (gateway: GatewayShown) => void;
  readonly onClose: () => void;
};

/** Tries a gateway out: each step as it is taken, then a message to the owner himself. */
export function TestDrawer({ gateway, onChange, onClose }: TestDrawerProps): JSX.Element {
  const { t } = useTranslation('gateways');
  return (
    <Drawer
      opened={gateway !== undefined}
      onClose={onClose}
      position="right"
      size="min(560px, 94vw)"
      title={gateway ? t('trial.title', { name: gateway.name }) : ' '}
      closeButtonProps={{ 'aria-label': t('close') }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {gateway ? (
        <Trial
          key={gateway.gatewayId}
          gateway={gateway}
          onChange={() => onChange(gateway)}
          onClose={onClose}
        />
      ) : null}
    </Drawer>
  );
}

type TrialProps = {
  readonly gateway: GatewayShown;
  readonly onChange: () => void;
  readonly onClose: () => void;
};

function Trial({ gateway, onChange, onClose }: TrialProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const test = useGatewayTest(gateway.gatewayId);
  const isRunning = test.state === 'running';
  const hasFailed = test.state === 'done' && !hasPassed(test.steps);
  return (
    <div className="trial">
      <Steps test={test} />
      {test.problem ? <ProblemNote problem={test.problem} /> : null}
      {isRunning || test.problem || hasSent(test.steps) ? null : (
        <p className="trial__verdict" role="status">
          {t(hasPassed(test.steps) ? 'trial.passed' : 'trial.failed')}
        </p>
      )}
      {gateway.channel === 'payment' ? null : <OwnerTest gateway={gateway} test={test} />}
      <div className="form-foot">
        <Button variant={hasFailed ? 'filled' : 'default'} disabled={isRunning} onClick={onChange}>
          {t('change')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={isRunning}
          onClick={() => test.start(false)}
        >
          {t('trial.again')}
        </Button>
        <Button variant={gateway.hasReachedOwner ? 'filled' : 'default'} onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </div>
  );
}

const marks = {
  ok: IconCircleCheck,
  warning: IconAlertTriangle,
  failed: IconCircleX,
  'left-out': IconCircleMinus,
} as const satisfies Record<GatewayCheckShown['outcome'], TablerIcon>;

function Steps({ test }: { readonly test: GatewayTest }): JSX.Element {
  const { t } = useTranslation('gateways');
  return (
    <ol className="trial__steps" aria-live="polite" aria-busy={test.state === 'running'}>
      {test.steps.map((step, at) => (
        // Steps are only ever added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <Step key={at} step={step} />
      ))}
      {test.state === 'running' ? (
        <li className="trial__step">
          <Loader size={17} color="gray" />
          <span className="trial__detail">{t('trial.running')}</span>
        </li>
      ) : null}
    </ol>
  );
}

function Step({ step: { step, outcome, detail } }: { readonly step: GatewayCheckShown }): JSX.Element {
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  const Icon = marks[outcome];
  return (
    <li className={`trial__step trial__step--${outcome}`}>
      <Icon size={18} stroke={2} className="trial__mark" aria-hidden />
      <span>
        <span className="unseen">{t(`outcome.${outcome}`)}: </span>
        <span className="trial__name">{t(`step.${step}`)}</span>
        <span className="trial__detail selectable">{say(detail)}</span>
      </span>
    </li>
  );
}
