import { watchInbox } from '#engine/adapters/mail/idle.ts';
import type { ImapWish } from '#engine/adapters/mail/imap.ts';
import { makeCertificate } from '#tests/fakes/mail/certificate.ts';
import { startScriptedImap } from '#tests/fakes/mail/scripted-imap.ts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { calm } from './account.ts';

const made = makeCertificate('scripted.test');
if (!made) console.warn('The tests of an inbox that tells by itself are left out: OpenSSL is missing.');

const wishTo = (port: number, signal: AbortSignal = calm): ImapWish => ({
  server: { host: '127.0.0.1', port, tls: 'implicit', pins: [], waitMs: 2000, reachMs: 2000 },
  user: 'owner@dukaan.test',
  credential: { kind: 'token', accessToken: 'token' },
  tls: { rejectUnauthorized: false },
  signal,
});

describe.skipIf(!made)('an inbox that should tell by itself', () => {
  const serve = async (isAdmitted: boolean): Promise<number> => {
    if (!made) throw new Error('There is no certificate.');
    const imap = await startScriptedImap({ certificate: made, admits: () => isAdmitted });
    onTestFinished(imap.close);
    return imap.port;
  };

  it('says that it never will where the server knows no IDLE', async () => {
    const told = vi.fn<() => void>();
    expect(await watchInbox(wishTo(await serve(true)), told)).toEqual({ ok: true, value: 'never' });
    expect(told).not.toHaveBeenCalled();
  });

  it('says what is wrong where it is not let in, where nobody listens and where it is stopped', async () => {
    const told = vi.fn<() => void>();
    expect(await watchInbox(wishTo(await serve(false)), told)).toMatchObject({
      ok: false,
      errorClass: 'auth',
    });
    expect(await watchInbox(wishTo(1), told)).toMatchObject({ ok: false, code: 'ECONNREFUSED' });
    const stopped = AbortSignal.abort();
    expect(await watchInbox(wishTo(1, stopped), told)).toEqual({ ok: true, value: 'lost' });
    expect(told).not.toHaveBeenCalled();
  });
});
