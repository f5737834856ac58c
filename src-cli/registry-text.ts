import type {
  Candidate,
  CheckResult,
  Membership,
  PublishedDue,
  RegistryConsent,
  RegistryDispute,
} from '#contract/engine/registry.ts';
import { formatDay } from '#domain/days.ts';
import { formatMoney } from '#domain/money.ts';
import { tableText } from './table-text.ts';

type Look = { readonly at: number; readonly what: string; readonly name: string; readonly consentId: string };

const instants = new Intl.DateTimeFormat('en-IN', { dateStyle: 'medium', timeStyle: 'short' });

const left = (heading: string) => ({ heading, align: 'left' }) as const;
const right = (heading: string) => ({ heading, align: 'right' }) as const;

function linesText(lines: readonly (readonly [string, string | number])[]): string {
  return lines.map(([name, value]) => `${name.padEnd(24)}${value}`).join('\n');
}

export function membershipText(of: Membership): string {
  if (of.status === 'off') return 'This book belongs to no registry. Nothing is asked of any network.';
  const waits =
    of.status === 'pending'
      ? '\nThe registry has not admitted this business yet. What is published or asked waits here until then.'
      : '';
  return `${linesText([
    ['Registry', of.registryName ?? ''],
    ['Address', of.address ?? ''],
    ['Membership', of.status],
    ['Member', of.memberId ?? '–'],
    ['Waits for the network', of.queuedCount],
    ['On its way', of.isSending ? 'yes' : 'no'],
    ['Open disputes', of.openDisputeCount],
    ['Log', of.log === null ? 'not read yet' : `${of.log.size} entries, goes on as it was`],
    ['Trouble', of.trouble === null ? 'none' : of.trouble.sentence],
  ])}${waits}`;
}

export function candidatesText(list: readonly Candidate[]): string {
  return tableText({
    columns: [
      right('Bill'),
      left('Number'),
      left('Customer'),
      right('Late'),
      right('Open'),
      left('Speaks against it'),
    ],
    rows: list.map(({ billId, number, customerName, daysLate, openPaise, bars }) => [
      String(billId),
      number ?? '',
      customerName,
      String(daysLate),
      formatMoney(openPaise),
      bars.length === 0 ? 'nothing' : bars.join(', '),
    ]),
  });
}

export function publishedText(list: readonly PublishedDue[]): string {
  return tableText({
    columns: [
      right('Bill'),
      left('Number'),
      left('Customer'),
      right('Open'),
      left('State'),
      left('Shown'),
      left('Sent'),
    ],
    rows: list.map(({ billId, number, customerName, openPaise, state, visibility, sentAt, errorCode }) => [
      String(billId),
      number ?? '',
      customerName,
      formatMoney(openPaise),
      state,
      visibility ?? '–',
      errorCode ?? (sentAt === null ? 'not yet' : 'yes'),
    ]),
  });
}

export function consentsText(list: readonly RegistryConsent[]): string {
  return tableText({
    columns: [left('Consent'), left('Name'), left('For'), left('State'), left('Until')],
    rows: list.map(({ consentId, name, purpose, state, expiresDay }) => [
      consentId,
      name,
      purpose,
      state,
      formatDay(expiresDay),
    ]),
  });
}

export function disputesText(list: readonly RegistryDispute[]): string {
  return tableText({
    columns: [
      left('Dispute'),
      left('Bill'),
      left('Customer'),
      left('Says'),
      left('State'),
      left('Answer by'),
    ],
    rows: list.map(({ disputeId, number, customerName, reason, state, answerBy }) => [
      disputeId,
      number ?? '',
      customerName ?? '',
      reason,
      state,
      answerBy === null ? '' : formatDay(answerBy),
    ]),
  });
}

export function looksText(list: readonly Look[]): string {
  return tableText({
    columns: [left('When'), left('What'), left('Name'), left('Consent')],
    rows: list.map(({ at, what, name, consentId }) => [instants.format(at), what, name, consentId]),
  });
}

/** Facts with their day. Nothing here is a score. */
export function checkText(of: CheckResult): string {
  const head = `${of.name}, as of ${formatDay(of.asOf)}`;
  if (!of.isRecord)
    return `${head}\nNo record. That nobody reports anything is not a good record: it says nothing either way.`;
  const facts = linesText([
    ['Businesses that report', of.reporterCount],
    ['Outstanding', of.outstanding],
    ['Overdue', of.overdue],
    ['Oldest overdue', `${of.oldestDpd} days`],
    ['Settled so far', of.settledShare === null ? 'not told' : `${Math.round(of.settledShare * 100)} of 100`],
    ['Open disputes', of.disputesOpen],
    ['Signed by the registry', of.isSignatureGood ? 'yes' : 'no: do not rely on it'],
    ['Erased from here after', formatDay(of.validUntil)],
  ]);
  return `${head}\n${facts}\nFacts reported by members. Not a rating. Decide on your own.`;
}
