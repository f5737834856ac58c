import type { GatewayKind } from '#contract/engine/gateways.ts';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconLogin2 } from '@tabler/icons-react';
import { useEffect, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient, shell } from '../../client.ts';
import { useBilingual } from './bilingual.ts';
import { SIGN_IN_FIELD } from './form-values.ts';
import type { GatewayFormState } from './use-gateway-form.ts';

type SignInButtonProps = {
  readonly form: GatewayFormState;
  readonly label: GatewayKind['name'];
  /** What the form says the mailbox is at; it names the button. */
  readonly provider: string;
};

function houseOf(provider: string): 'google' | 'microsoft' | 'other' {
  if (provider === 'gmail') return 'google';
  return provider === 'microsoft365' ? 'microsoft' : 'other';
}

type SignIn = {
  readonly state: 'idle' | 'waiting' | 'done';
  readonly url: string | null;
  readonly problem: Problem | undefined;
  readonly start: () => Promise<void>;
};

/** What is typed is kept first: the sign-in belongs to a gateway that is there. */
function useSignIn(form: GatewayFormState): SignIn {
  const [state, setState] = useState<SignIn['state']>('idle');
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (): Promise<void> => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setProblem(undefined);
    setUrl(null);
    const gatewayId = await form.save();
    if (gatewayId === null) return;
    setState('waiting');
    try {
      for await (const step of await client.gateways.signIn({ gatewayId }, { signal: control.signal })) {
        if (step.openUrl !== null) {
          setUrl(step.openUrl);
          // Main hands the address to the system's browser; no window of ours opens.
          window.open(step.openUrl, '_blank', 'noopener');
        }
        if (step.isDone) setState('done');
      }
      await queryClient.invalidateQueries({ queryKey: orpc.gateways.key() });
    } catch (error) {
      if (control.signal.aborted) return;
      setState('idle');
      setProblem(problemOf(error));
    }
  };
  return { state, url, problem, start };
}

/** The sign-in in the browser, where a password is no longer taken. Nothing of it is typed here. */
export function SignInButton({ form, label, provider }: SignInButtonProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const say = useBilingual();
  const signIn = useSignIn(form);
  const isSignedIn = signIn.state === 'done' || form.hasSecrets.includes(SIGN_IN_FIELD);
  return (
    <div className="sign-in" role="group" aria-label={say(label)}>
      <Button
        variant="default"
        leftSection={<IconLogin2 size={16} aria-hidden />}
        loading={form.isBusy}
        onClick={() => void signIn.start()}
      >
        {t(`signIn.${houseOf(provider)}`)}
      </Button>
      <p className="sign-in__state" aria-live="polite">
        {signIn.state === 'waiting' ? t('signIn.waiting') : null}
        {signIn.state !== 'waiting' && isSignedIn ? (
          <>
            <IconCircleCheck size={16} aria-hidden /> {t('signIn.done')}
          </>
        ) : null}
        {signIn.state === 'idle' && !isSignedIn ? t('signIn.hint') : null}
      </p>
      {signIn.state === 'waiting' && signIn.url !== null ? <Address url={signIn.url} /> : null}
      {signIn.problem ? <ProblemNote problem={signIn.problem} /> : null}
    </div>
  );
}

/** For whoever's browser did not come up. */
function Address({ url }: { readonly url: string }): JSX.Element {
  const { t } = useTranslation('gateways');
  return (
    <div className="sign-in__address">
      <span>{t('signIn.notOpened')}</span>
      <code className="sign-in__url">{url}</code>
      <Button size="compact-sm" variant="default" onClick={() => shell.copyText(url)}>
        {t('signIn.copy')}
      </Button>
    </div>
  );
}
