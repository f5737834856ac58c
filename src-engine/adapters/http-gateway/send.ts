import { dltFailureIn } from '../../transport/dlt-codes.ts';
import { problem } from '../../transport/checks.ts';
import { callHttp } from '../../transport/http.ts';
import {
  badAnswer,
  brokenOff,
  byStatus,
  saidNo,
  type Answered,
  type Failed,
} from '../../transport/outcomes.ts';
import { digitsOf } from '../../transport/phones.ts';
import { redacted } from '../../transport/redact.ts';
import type { OutgoingMessage, Problem, SendOutcome } from '../message-ports.ts';
import {
  filled,
  inHeader,
  inJson,
  inPlain,
  inUrl,
  messageValues,
  marksIn,
  type Encoding,
} from './placeholders.ts';
import { found, isGoodStatus, wordsOf } from './rules.ts';
import type { Settings } from './settings.ts';

const contentTypes = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
  text: 'text/plain; charset=utf-8',
} as const;

const encodings: Readonly<Record<Settings['bodyKind'], Encoding>> = {
  json: inJson,
  form: inUrl,
  text: inPlain,
  none: inPlain,
};

export function preflight(settings: Settings, message: OutgoingMessage): readonly Problem[] {
  const values = messageValues(settings, message);
  const written = [settings.url, settings.body, ...settings.headers.map(({ value }) => value)].join(' ');
  const problems: Problem[] = [...settings.problems];
  const marks = marksIn(written);
  const unknown = new Set(marks.filter((name) => !Object.hasOwn(values, name)));
  if (unknown.size > 0)
    problems.push(
      problem('unknown-mark', {
        en: `Nothing is known for {{${[...unknown].join('}}, {{')}}} in this message.`,
        hi: `इस संदेश में {{${[...unknown].join('}}, {{')}}} के लिए कुछ नहीं है।`,
      }),
    );
  for (const name of ['template_id', 'entity_id', 'header', 'vendor_template_id', 'to_10'] as const)
    if (marks.includes(name) && values[name] === '') problems.push(emptyMark(name));
  if (digitsOf(message.to) === null)
    problems.push(
      problem('bad-number', {
        en: 'This is not a mobile number with country code.',
        hi: 'यह देश कोड वाला मोबाइल नंबर नहीं है।',
      }),
    );
  return problems;
}

function emptyMark(name: string): Problem {
  return problem('empty-mark', {
    en: `{{${name}}} is asked for, and this message has none.`,
    hi: `{{${name}}} चाहिए, पर इस संदेश में नहीं है।`,
  });
}

export async function send(
  settings: Settings,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const values = messageValues(settings, message);
  const { bodyKind } = settings;
  const hasBody = settings.method === 'POST' && bodyKind !== 'none';
  const answer = await callHttp({
    ...settings.limits,
    method: settings.method,
    url: filled(settings.url, values, inUrl),
    headers: {
      ...(hasBody ? { 'content-type': contentTypes[bodyKind] } : {}),
      ...headersFor(settings, values),
    },
    ...(hasBody ? { body: filled(settings.body, values, encodings[bodyKind]) } : {}),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  const failed = failureIn(settings, answer, hiddenOf(settings, message));
  if (failed) return failed;
  return {
    ok: true,
    providerId: found(settings.idAt, answer.text),
    state: 'accepted',
    parts: null,
    costMicros: null,
  };
}

export function headersFor(
  settings: Settings,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    settings.headers.map(({ name, value }) => [name, filled(value, values, inHeader)]),
  );
}

/** Null: the owner's rule says success. Neither success nor an error he named means nobody knows. */
function failureIn(settings: Settings, answer: Answered, hidden: readonly string[]): Failed | null {
  const code = found(settings.errorAt, answer.text);
  const known = code === null ? undefined : classOf(settings, code);
  if (!isGoodStatus(settings.successStatus, answer.status))
    return code !== null && known ? saidNo(known, shown(code, hidden), SAID) : byStatus(answer);
  if (settings.successAt === null) {
    if (code !== null) return saidNo(known ?? 'unknown', shown(code, hidden), SAID);
    // A page of a Wi-Fi or a firewall has a good status too.
    return /html/i.test(answer.headers['content-type'] ?? '') ? badAnswer() : null;
  }
  const said = found(settings.successAt, answer.text);
  if (said === null) {
    return code === null ? badAnswer() : saidNo(known ?? 'unknown', shown(code, hidden), SAID);
  }
  const good = wordsOf(settings.successIs);
  if (good.length === 0 || good.includes(said.toLowerCase())) return null;
  const named = code ?? said;
  return saidNo(classOf(settings, named) ?? 'unknown', shown(named, hidden), SAID);
}

const SAID = 'The gateway said that it did not take the message.';

/** What the owner gave the code; a DLT code has its meaning by itself. */
function classOf(settings: Settings, code: string): Failed['errorClass'] | undefined {
  return settings.errorClasses.get(code.toLowerCase()) ?? dltFailureIn(code)?.errorClass;
}

/** The "code" of an unknown gateway may be a whole sentence. */
function shown(code: string, hidden: readonly string[]): string {
  return /^\d{1,7}$/.test(code) ? code : redacted(code, hidden).slice(0, 60);
}

export function hiddenOf(settings: Settings, message: OutgoingMessage | null): readonly string[] {
  const { user, key, key2 } = settings;
  const basic = Buffer.from(`${user}:${key}`).toString('base64');
  const ofMessage = message ? [message.text, ...message.values.map(({ value }) => value)] : [];
  return [user, key, key2, basic, ...ofMessage];
}
