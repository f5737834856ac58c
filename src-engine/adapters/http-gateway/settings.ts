import { errorClasses, type ErrorClass } from '#domain/reminders/words.ts';
import { missingSetting, problem } from '../../transport/checks.ts';
import type { HttpLimits } from '../../transport/http.ts';
import type { GatewayConfig, Problem } from '../message-ports.ts';
import { describe } from './describe.ts';
import { ruleOf, type Rule } from './rules.ts';

export type Settings = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly bodyKind: 'json' | 'form' | 'text' | 'none';
  readonly body: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly user: string;
  readonly key: string;
  readonly key2: string;
  readonly header: string;
  readonly entityId: string;
  readonly successStatus: string;
  readonly successAt: Rule | null;
  readonly successIs: string;
  readonly idAt: Rule | null;
  readonly errorAt: Rule | null;
  readonly errorClasses: ReadonlyMap<string, ErrorClass>;
  readonly statusUrl: string;
  readonly statusAt: Rule | null;
  readonly statusDelivered: string;
  readonly statusSent: string;
  readonly statusFailed: string;
  readonly statusErrorAt: Rule | null;
  /** Where a report of a call tells the key that was pressed. */
  readonly keysAt: Rule | null;
  readonly checkUrl: string;
  readonly limits: HttpLimits;
  /** What is wrong with the settings themselves, before any message. */
  readonly problems: readonly Problem[];
};

const ruleKeys = ['successAt', 'idAt', 'errorAt', 'statusAt', 'statusErrorAt', 'keysAt'] as const;

export function settingsOf(config: GatewayConfig, limits: HttpLimits): Settings {
  const field = (key: string): string =>
    config.fields[key] ?? describe.fields.find((one) => one.key === key)?.preset ?? '';
  const rules = ruleKeys.map((key) => ({ key, rule: ruleOf(field(key)) }));
  const rule = (key: (typeof ruleKeys)[number]): Rule | null => {
    const read = rules.find((one) => one.key === key)?.rule ?? null;
    return read === 'bad' ? null : read;
  };
  const bodyKind = field('bodyKind');
  return {
    url: field('url').trim(),
    method: field('method') === 'GET' ? 'GET' : 'POST',
    bodyKind: bodyKind === 'form' || bodyKind === 'text' || bodyKind === 'none' ? bodyKind : 'json',
    body: field('body'),
    headers: headersOf(field('headers')),
    user: field('user'),
    key: config.secrets['key'] ?? '',
    key2: config.secrets['key_2'] ?? '',
    header: field('header'),
    entityId: field('entityId'),
    successStatus: field('successStatus'),
    successAt: rule('successAt'),
    successIs: field('successIs'),
    idAt: rule('idAt'),
    errorAt: rule('errorAt'),
    errorClasses: classesOf(field('errorClasses')),
    statusUrl: field('statusUrl').trim(),
    statusAt: rule('statusAt'),
    statusDelivered: field('statusDelivered'),
    statusSent: field('statusSent'),
    statusFailed: field('statusFailed'),
    statusErrorAt: rule('statusErrorAt'),
    keysAt: rule('keysAt'),
    checkUrl: field('checkUrl').trim(),
    limits,
    problems: [
      ...(field('url').trim() === '' ? [missingSetting({ en: 'Address', hi: 'पता (URL)' })] : []),
      ...rules.flatMap((one) => (one.rule === 'bad' ? [badRule(one.key)] : [])),
    ],
  };
}

function badRule(key: string): Problem {
  const label = describe.fields.find((one) => one.key === key)?.label ?? { en: key, hi: key };
  return problem('bad-rule', {
    en: `"${label.en}" is neither a path like data[0].state nor a /pattern/.`,
    hi: `"${label.hi}" न data[0].state जैसी जगह है, न /पैटर्न/।`,
  });
}

function headersOf(written: string): Settings['headers'] {
  return written.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line);
    return match ? [{ name: (match[1] ?? '').toLowerCase(), value: match[2] ?? '' }] : [];
  });
}

/** Classes that say a message may be made again by itself are not the owner's to give. */
function classesOf(written: string): ReadonlyMap<string, ErrorClass> {
  const given = new Map<string, ErrorClass>();
  for (const line of written.split(/\r?\n/)) {
    const [code = '', name = ''] = line.split('=').map((part) => part.trim());
    const errorClass = errorClasses.find((one) => one === name);
    if (code !== '' && errorClass !== undefined && errorClass !== 'transient-before-send')
      given.set(code.toLowerCase(), errorClass);
  }
  return given;
}
