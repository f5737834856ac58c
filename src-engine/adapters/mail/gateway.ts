import { compose, problemsOf } from './compose.ts';
import { checkMail } from './check.ts';
import { description } from './form.ts';
import { inMailbox, type ImapWish } from './imap.ts';
import { watchInbox } from './idle.ts';
import { pullInbox } from './inbox.ts';
import { fileUnderSent, findSent, reportsOf } from './sent.ts';
import { openAccess, type Access } from './access.ts';
import { readSettings, type Settings } from './settings.ts';
import { beginSignIn } from './sign-in.ts';
import { sendOnce, signInOnly } from './smtp.ts';
import type {
  Gateway,
  GatewayConfig,
  GatewayWorld,
  MessageChannel,
  OutgoingMessage,
  Pulled,
  SendOutcome,
} from '../message-ports.ts';

export const gateways: readonly Gateway[] = [{ describe: description, open, signIn: beginSignIn }];

function open(config: GatewayConfig, world: GatewayWorld): MessageChannel {
  const read = readSettings(config);
  if (!read.ok) return closedChannel(read);
  const { settings } = read;
  const access = openAccess(settings, { world, refreshToken: config.secrets['refreshToken'] ?? '' });
  const filing = openFiling(settings, access);
  const ownAddresses = new Set([settings.from.toLowerCase(), settings.user.toLowerCase()]);
  return {
    check: (signal, tell) => checkMail(settings, portsOf(access), { signal, tell }),
    preflight: problemsOf,
    send: (message, signal) => send({ settings, access, file: filing.file }, message, signal),
    pull: (sent, signal) => inInbox(access, signal, (imap) => reportsOf({ imap, now: world.now() }, sent)),
    pullInbound: (cursor, signal) =>
      inInbox(access, signal, (imap) => pullInbox({ imap, now: world.now(), ownAddresses }, cursor)),
    watchInbound: async (told, signal) => {
      const ended = await inInbox(access, signal, (imap) => watchInbox(imap, told));
      if (ended.ok) return ended.value;
      return ended.errorClass === 'account-config' ? 'never' : 'lost';
    },
    find: (mark, signal) =>
      inInbox(access, signal, (imap) =>
        findSent({ imap, now: world.now(), filesSent: settings.filesSent }, mark),
      ),
    close: filing.close,
  };
}

type Sender = {
  readonly settings: Settings;
  readonly access: Access;
  readonly file: (mail: { readonly messageId: string; readonly raw: Buffer }) => void;
};

async function send(
  { settings, access, file }: Sender,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const problem = problemsOf(message).find((one) => one.isBlocking);
  if (problem) {
    const errorClass = problem.code === 'BAD-ADDRESS' ? 'recipient-permanent' : 'template-config';
    return notConnected({ errorClass, code: problem.code, detail: problem.detail.en });
  }
  const raw = await compose(message, settings);
  const wish = await access.smtp(signal);
  if (!wish.ok) return notConnected(wish);
  const outcome = await sendOnce(wish.value, { to: message.to, uid: message.uid, raw });
  if (outcome.ok && message.email) file({ messageId: message.email.messageId, raw });
  // A token that was good an hour ago may have been withdrawn since: the next try takes a new one.
  if (!outcome.ok && outcome.errorClass === 'auth' && access.dropToken())
    return { ...outcome, errorClass: 'transient-before-send' };
  return outcome;
}

async function inInbox<T>(
  access: Access,
  signal: AbortSignal,
  work: (imap: ImapWish) => Promise<Pulled<T>>,
): Promise<Pulled<T>> {
  const imap = await access.imap(signal);
  const done = imap.ok ? await work(imap.value) : imap;
  return !done.ok && done.errorClass === 'auth' && imap.ok && access.dropToken()
    ? { ...done, errorClass: 'transient-before-send' }
    : done;
}

function portsOf(access: Access): Parameters<typeof checkMail>[1] {
  return {
    signIn: async (signal) => {
      const wish = await access.smtp(signal);
      if (!wish.ok) return wish.detail;
      return (await signInOnly(wish.value))?.detail ?? null;
    },
    inbox: (signal) =>
      inInbox(access, signal, (imap) =>
        inMailbox(imap, 'inbox', ({ mailbox }) => Promise.resolve({ ok: true, value: mailbox.exists })),
      ),
  };
}

const FILING_MS_MOST = 60_000;

/**
 * Copies for the Sent folder, one after the other and beside the sending: the mail has gone out whether or not its copy
 * can be filed, so a failure here is nobody's outcome.
 */
function openFiling(
  settings: Settings,
  access: Access,
): { readonly file: Sender['file']; readonly close: () => Promise<void> } {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    file: (mail) => {
      if (!settings.copiesToSent || !settings.imap) return;
      turn = turn.then(async () => {
        const signal = AbortSignal.timeout(FILING_MS_MOST);
        const imap = await access.imap(signal);
        if (imap.ok) await fileUnderSent(imap.value, mail);
      });
    },
    close: async () => {
      await turn;
    },
  };
}

/** Settings that cannot work: every call says so and nothing is opened. */
function closedChannel(
  fault: Extract<ReturnType<typeof readSettings>, { readonly ok: false }>,
): MessageChannel {
  const refused = {
    ok: false,
    errorClass: 'account-config',
    code: fault.code,
    detail: fault.detail.en,
  } as const;
  return {
    check: () => Promise.resolve([{ step: 'settings', outcome: 'failed', detail: fault.detail }]),
    preflight: problemsOf,
    send: () => Promise.resolve(notConnected(refused)),
    pull: () => Promise.resolve(refused),
    pullInbound: () => Promise.resolve(refused),
    find: () => Promise.resolve(refused),
    close: () => Promise.resolve(),
  };
}

function notConnected(
  of: Pick<Extract<SendOutcome, { readonly ok: false }>, 'errorClass' | 'code' | 'detail'>,
): SendOutcome {
  const { errorClass, code, detail } = of;
  return { ok: false, errorClass, phase: 'not-connected', code, detail, retryAfterSeconds: null };
}
