import type { SentMark } from '#engine/adapters/message-ports.ts';
import { pullEach } from '#engine/transport/pull-each.ts';
import type { ErrorClass } from '#domain/reminders/words.ts';
import { expect, it } from 'vitest';

const mark = (uid: string): SentMark => ({
  uid,
  providerId: uid,
  to: '+919876543210',
  sentAt: 0,
  messageId: null,
});
const delivered = (uid: string) =>
  ({
    uid,
    providerId: uid,
    state: 'delivered',
    at: null,
    errorClass: null,
    code: null,
    detail: '',
    parts: null,
    costMicros: null,
  }) as const;

async function pulled(failing: ErrorClass): Promise<{ readonly asked: string[]; readonly answer: unknown }> {
  const asked: string[] = [];
  const answer = await pullEach(['bad', 'good', 'other'].map(mark), ({ uid }) => {
    asked.push(uid);
    const failed = { ok: false, errorClass: failing, code: 'X', detail: '' } as const;
    return Promise.resolve(uid === 'bad' ? failed : { ok: true, value: delivered(uid) });
  });
  return { asked, answer };
}

it.each(['unknown', 'policy', 'account-config'] as const)(
  'asks about the others where one is refused as %s',
  async (failing) => {
    const { asked, answer } = await pulled(failing);
    expect(asked).toEqual(['bad', 'good', 'other']);
    expect(answer).toMatchObject({ ok: true, value: [{ uid: 'good' }, { uid: 'other' }] });
  },
);

it.each(['transient-before-send', 'throttled', 'auth'] as const)(
  'asks no more where nobody would be answered: %s',
  async (failing) => {
    const { asked, answer } = await pulled(failing);
    expect(asked).toEqual(['bad']);
    expect(answer).toMatchObject({ ok: false, errorClass: failing });
  },
);
