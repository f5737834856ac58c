import type { OpenBook } from '#contract/engine/books.ts';
import type { TallyFailureShown } from '#contract/engine/sync.ts';
import { TALLY_HOST, TALLY_PORT } from '#contract/engine/sync-words.ts';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Loader, Text } from '@mantine/core';
import { IconDeviceDesktop, IconRefresh } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AddressForm } from './address-form.tsx';
import { CompanyPicker } from './company-picker.tsx';
import { askAddress, useConnecting } from './connecting.ts';
import { FailureNote } from './failure-note.tsx';
import { FilesCard } from './files-card.tsx';
import { Light } from './light.tsx';
import { tellingLook } from './telling-look.ts';
import { useLook } from './use-look.ts';
import { useSyncStatus } from './use-sync-status.ts';
import './connect.css';

type ConnectPanelProps = {
  /** The open book, or null: then connecting makes one. */
  readonly book: OpenBook | null;
  /** What to do where the port cannot be opened. */
  readonly files: ReactNode;
};

/** Nothing is connected yet: what was found, another address, or Tally's own files. */
export function ConnectPanel({ book, files }: ConnectPanelProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { asked, companyName, problem } = useConnecting();
  const look = useLook(asked, companyName === null);
  const read = useSyncStatus(book !== null)?.files ?? null;
  return (
    <div className="connect">
      <div className="connect__main">
        {read ? <FilesCard files={read} /> : null}
        <Section
          title={asked ? t('look.titleAt', { host: asked.host, port: asked.port }) : t('look.title')}
          aside={asked ? <BackHere /> : null}
        >
          {problem ? <ProblemNote problem={problem} /> : null}
          {companyName === null ? (
            <Looked look={look} asked={asked} book={book} />
          ) : (
            <Waiting words={t('look.connecting', { company: companyName })} />
          )}
        </Section>
      </div>
      <div className="connect__aside">
        <Section title={t('address.title')}>
          <Text size="sm" c="dimmed" mb="sm">
            {t('address.about')}
          </Text>
          <AddressForm
            initial={asked}
            submit={t('address.look')}
            isBusy={asked !== null && look.isLooking}
            onAddress={(address) => {
              const isSame = asked?.host === address.host && asked.port === address.port;
              if (isSame) look.lookAgain();
              else askAddress(address);
            }}
          />
        </Section>
        <Section title={t('files.title')}>{files}</Section>
      </div>
    </div>
  );
}

type LookedProps = {
  readonly look: ReturnType<typeof useLook>;
  readonly asked: ReturnType<typeof useConnecting>['asked'];
  readonly book: OpenBook | null;
};

function Looked({ look, asked, book }: LookedProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { looks, problem, isLooking, lookAgain } = look;
  if (problem) return <ProblemNote problem={problem} onRetry={lookAgain} />;
  if (looks === undefined) return <Waiting words={t('look.looking')} />;
  const answering = looks.filter(({ companies }) => companies.length > 0);
  const [first] = answering;
  if (!first) {
    const told = tellingLook(looks);
    const at = told ?? asked ?? { host: TALLY_HOST, port: TALLY_PORT };
    return (
      <FailureNote
        failure={told?.failure ?? silence(told?.product ?? null)}
        where={{ host: at.host, port: at.port }}
        again={t('look.again')}
        isBusy={isLooking}
        onAgain={lookAgain}
        otherWay={t('port.other')}
      />
    );
  }
  return (
    <>
      <div className="connect__found">
        <Light light="green" size={20}>
          {t('look.found', { product: t(`product.${first.product ?? 'unknown'}`) })}
        </Light>
        <Button
          variant="default"
          loading={isLooking}
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={lookAgain}
        >
          {t('look.again')}
        </Button>
      </div>
      <CompanyPicker looks={answering} book={book} />
    </>
  );
}

/** A look that found neither company nor failure: a Tally that answered has none open, a silent port is no Tally. */
function silence(product: string | null): TallyFailureShown {
  const code = product === null ? 'tally-not-running' : 'tally-no-company';
  return { code, sentence: '', retryable: true };
}

function Waiting({ words }: { readonly words: string }): JSX.Element {
  return (
    <div className="connect__waiting" role="status">
      <Loader size={18} aria-hidden />
      <span>{words}</span>
    </div>
  );
}

function BackHere(): JSX.Element {
  const { t } = useTranslation('sync');
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconDeviceDesktop size={15} aria-hidden />}
      onClick={() => askAddress(null)}
    >
      {t('look.here')}
    </Button>
  );
}
