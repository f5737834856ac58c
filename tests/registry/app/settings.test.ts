import { makeMetrics } from '#registry/api/metrics.ts';
import { readSettings } from '#registry/settings.ts';
import { factsOf } from '#registry/structured-log.ts';
import { describe, expect, it } from 'vitest';

const PUBLIC = {
  REGISTRY_URL: 'https://registry.example/',
  REGISTRY_PROXIES: '10.0.0.1',
  SMS_URL: 'https://sms.example/send',
};

describe('settings', () => {
  it('need nothing for a registry on one machine', () => {
    const settings = readSettings({ PATH: '/bin' });
    expect(settings).toMatchObject({
      REGISTRY_PORT: 8740,
      publicUrl: 'http://localhost:8740',
      origin: 'localhost:8740/log1',
      REGISTRY_JOBS: 'on',
      admits: 'everyone',
      hosts: ['localhost:8740', '127.0.0.1:8740'],
    });
    expect(settings.DATABASE_URL).toBeUndefined();
  });

  it('take the log’s name from the public address unless it is given', () => {
    const env = { ...PUBLIC, REGISTRY_KEYS: '/keys' };
    expect(readSettings(env)).toMatchObject({
      publicUrl: 'https://registry.example',
      origin: 'registry.example/log1',
      keyFolder: '/keys',
    });
    expect(readSettings({ ...env, REGISTRY_ORIGIN: 'other.example/log7' }).origin).toBe('other.example/log7');
  });

  it.each([
    [{ SMS_URL: '' }, 'SMS_URL, MAIL_URL'],
    [{ REGISTRY_ADMIT: 'everyone' }, 'REGISTRY_ADMIT'],
    [{ REGISTRY_PROXIES: '' }, 'REGISTRY_PROXIES'],
  ])('refuse a public registry with %o', (change, name) => {
    expect(() => readSettings({ ...PUBLIC, ...change })).toThrow(name);
    expect(() => readSettings({ ...PUBLIC, ...change, REGISTRY_URL: 'http://localhost:8740' })).not.toThrow();
  });

  it('have the operator admit members wherever it is more than a trial, and only names that were given', () => {
    expect(readSettings(PUBLIC)).toMatchObject({ admits: 'operator', hosts: ['registry.example'] });
    expect(readSettings({ DATABASE_URL: 'postgresql://x' }).admits).toBe('operator');
    expect(readSettings({ DATABASE_URL: 'postgresql://x', REGISTRY_ADMIT: 'everyone' }).admits).toBe(
      'everyone',
    );
    expect(readSettings({ ...PUBLIC, REGISTRY_HOSTS: 'Other.example, third.example:8443' }).hosts).toEqual([
      'registry.example',
      'other.example',
      'third.example:8443',
    ]);
  });

  it('name what is set wrongly, and never quote what may be a secret', () => {
    const wrong = {
      REGISTRY_PORT: '99999',
      MAIL_URL: 'https://user:hunter2@mail.example',
      SMS_HEADERS: '{"authorization": hunter3}',
      REGISTRY_JOBS: 'maybe',
    };
    const said = (): string => {
      try {
        readSettings(wrong);
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      return '';
    };
    for (const name of Object.keys(wrong)) expect(said()).toContain(name);
    expect(said()).not.toMatch(/hunter/);
    expect(() => readSettings({ MAIL_URL: 'smtp://mail.example' })).toThrow('MAIL_FROM');
    expect(readSettings({ SMS_HEADERS: '{"a":"b"}' }).SMS_HEADERS).toEqual({ a: 'b' });
  });
});

describe('what is told of a server', () => {
  it('counts answers and their times in Prometheus’ form, where buckets add up', () => {
    const metrics = makeMetrics();
    metrics.answered('check', 200, 7);
    metrics.answered('check', 200, 300);
    metrics.answered('check', 429, 20_000);
    metrics.answered('', 404, 1);
    metrics.counted('otp.capped');
    const lines = metrics.text({ registry_database_connections_used: 3 }).split('\n');
    expect(lines).toContain('registry_answers_total{operation="check",status="200"} 2');
    expect(lines).toContain('registry_answers_total{operation="other",status="404"} 1');
    expect(lines).toContain('registry_events_total{event="otp.capped"} 1');
    const bucket = (end: string): string => `registry_answer_seconds_bucket{operation="check",le="${end}"}`;
    for (const [end, count] of [
      ['0.005', 0],
      ['0.01', 1],
      ['0.25', 1],
      ['0.5', 2],
      ['10', 2],
      ['+Inf', 3],
    ] as const)
      expect(lines).toContain(`${bucket(end)} ${count}`);
    expect(lines).toContain('registry_answer_seconds_sum{operation="check"} 20.307');
    expect(lines).toContain('registry_database_connections_used 3');
    for (const line of lines)
      expect(line).toMatch(/^(?:|# (?:TYPE|HELP) .*|[a-z_]+(?:\{[^{}]*\})? [0-9.]+)$/);
  });

  it('writes down where a bug happened, and nothing that its message quotes', () => {
    const error = new Error('invalid input: +919876543210');
    Object.assign(error, { code: '22P02', detail: 'Key (name)=(Canary) exists', values: ['Canary'] });
    const facts = JSON.stringify(factsOf(error));
    expect(facts).toContain('22P02');
    expect(facts).toContain('settings.test.ts');
    expect(facts).not.toMatch(/9876543210|Canary|invalid input/);
    expect(factsOf('Canary')).toEqual({ kind: 'string' });
  });
});
