import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { byChannels } from '#registry/notifier/by-channels.ts';
import type { Channel } from '#registry/notifier/channel.ts';
import { fileSink } from '#registry/notifier/file-sink.ts';
import { smsChannel, type SmsWish } from '#registry/notifier/http-sms.ts';
import { receiptWords, requestWords } from '#registry/consents/texts.ts';
import { missingTemplates, smsTemplates } from '#registry/notifier/sms-templates.ts';
import type { Notice } from '#registry/notifier/notifier.ts';
import { smtpChannel } from '#registry/notifier/smtp.ts';
import { startScriptedSmtp } from '#tests/fakes/mail/scripted-smtp.ts';
import { expect, it, onTestFinished } from 'vitest';

const notice: Notice = {
  to: { mobile: '+919876543210', email: 'a@example.com' },
  kind: 'publication',
  template: 'publication',
  lang: 'hi',
  subject: 'सूचना',
  text: 'बकाया "₹500" & अधिक',
};

type Asked = {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
};

async function gateway(
  answer: string,
  status = 200,
): Promise<{ readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ method, url, body, headers });
      response.writeHead(status).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const smsWish = (url: string, more: Partial<SmsWish> = {}): SmsWish => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer k' },
  body: '{"to":"{{digits}}","text":"{{text}}","template":"{{template}}"}',
  templates: { 'publication.hi': '1107' },
  okPattern: null,
  ...more,
});

it('sends what was agreed with the id of that text, and says which texts have none', async () => {
  const { url, asked } = await gateway('ok');
  const words = { registryName: 'R', member: 'M', url: 'https://r.test/c/x', lang: 'en' } as const;
  const templates = { 'consent-check.en': '1', 'consent-report.en': '2', 'receipt-check.en': '3' };
  const channel = smsChannel(smsWish(url, { templates }));
  for (const said of [
    requestWords({ ...words, purpose: 'TC01' }),
    requestWords({ ...words, purpose: 'TC02' }),
    receiptWords({ ...words, purpose: 'TC01' }),
    receiptWords({ ...words, purpose: 'TC02' }),
  ])
    await channel.send('+919876543210', { ...notice, ...said, kind: 'consent', lang: 'en' });
  const ids = asked.map(({ body }) => (JSON.parse(body) as { template: string }).template);
  expect(ids).toEqual(['1', '2', '3', '']);
  const all = Object.fromEntries(
    smsTemplates.flatMap((name) => [`${name}.en`, `${name}.hi`]).map((one) => [one, '1107']),
  );
  expect(missingTemplates(all)).toEqual([]);
  expect(missingTemplates({ ...all, 'receipt-report.en': '', 'look.hi': '' })).toEqual([
    'receipt-report.en',
    'look.hi',
  ]);
});

it('fills a gateway’s own JSON with number, text and the id of the registered text', async () => {
  const { url, asked } = await gateway('{"status":"ok"}');
  expect(await smsChannel(smsWish(url)).send('+919876543210', notice)).toBe(true);
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    to: '919876543210',
    text: notice.text,
    template: '1107',
  });
  expect(asked[0]?.headers.authorization).toBe('Bearer k');
});

it('fills an address and a form, too, and nothing in a text can add a field', async () => {
  const { url, asked } = await gateway('ok');
  const get = smsWish(`${url}/send?to={{digits}}&text={{text}}`, { method: 'GET', body: '' });
  await smsChannel(get).send('+919876543210', { ...notice, text: 'a&to=91000' });
  const query = new URL(asked[0]?.url ?? '', url).searchParams;
  expect([query.getAll('to'), query.get('text')]).toEqual([['919876543210'], 'a&to=91000']);
  const form = smsWish(url, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'to={{to}}&text={{text}}',
  });
  await smsChannel(form).send('+919876543210', { ...notice, text: 'a&to=91000' });
  expect(new URLSearchParams(asked[1]?.body).getAll('to')).toEqual(['+919876543210']);
});

it('counts an answer of 200 with an error in it as a failure', async () => {
  const { url } = await gateway('{"status":"error","code":41}');
  const wish = smsWish(url, { okPattern: '"status":"ok"' });
  expect(await smsChannel(wish).send('+919876543210', notice)).toBe(false);
  const down = await gateway('no', 500);
  expect(await smsChannel(smsWish(down.url)).send('+919876543210', notice)).toBe(false);
});

it('sends mail as plain text over SMTP, and says so where the server refuses or goes away', async () => {
  const server = await startScriptedSmtp({ certificate: null });
  onTestFinished(() => server.close());
  const channel = smtpChannel({ url: `smtp://127.0.0.1:${server.port}`, from: 'registry@example.com' });
  onTestFinished(() => channel.close());
  expect(await channel.send('a@example.com', notice)).toBe(true);
  expect(server.accepted[0]?.to).toContain('a@example.com');
  expect(server.accepted[0]?.bytes).toMatch(/content-type: text\/plain/i);
  const { send } = byChannels({ sms: null, mail: channel }, () => undefined);
  server.play({ RCPT: '550 no such box' });
  expect(await send(notice)).toBe('failed');
  server.play({ greeting: 'drop' });
  expect(await send(notice)).toBe('failed');
  expect(server.accepted).toHaveLength(1);
});

it('goes every way that there is, but sends a one-time password one way only', async () => {
  const sent: string[] = [];
  const channel = (name: string, answer: boolean | Error): Channel => ({
    send: (to) => {
      sent.push(`${name} ${to}`);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    close: () => undefined,
  });
  const troubles: string[] = [];
  const notifier = (sms: boolean | Error | null, mail: boolean | Error | null) =>
    byChannels(
      {
        sms: sms === null ? null : channel('sms', sms),
        mail: mail === null ? null : channel('mail', mail),
      },
      (kind) => troubles.push(kind),
    );
  expect(await notifier(true, true).send(notice)).toBe('sent');
  expect(sent.splice(0)).toEqual(['sms +919876543210', 'mail a@example.com']);
  expect(await notifier(true, true).send({ ...notice, kind: 'otp' })).toBe('sent');
  expect(sent.splice(0)).toEqual(['sms +919876543210']);
  expect(await notifier(new Error('+919876543210 is barred'), true).send(notice)).toBe('sent');
  expect(await notifier(false, new Error('x')).send(notice)).toBe('failed');
  expect(troubles).toEqual(['publication', 'publication']);
  expect(await notifier(null, true).send({ ...notice, to: { mobile: '+919876543210', email: null } })).toBe(
    'no-way',
  );
});

it('keeps what it would have sent in a file that only its owner reads', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-sink-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'more', 'notices.jsonl');
  const sink = fileSink(file);
  await sink.send(notice);
  await sink.send({ ...notice, kind: 'otp' });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as Notice).kind)).toEqual(['publication', 'otp']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
