import type { ProbeReport } from '#contract/engine/sync.ts';
import type { ProbeAnswer, ProbeQuestion } from '#contract/engine/sync-words.ts';

/** What is asked, as a question that yes or no answers. */
const questions = {
  'bill-types': 'Does the cheap reading of vouchers bring the same kinds of bill references as the full one?',
  'ledger-from-date': 'May a reading of ledgers bear a first day?',
  'opening-bills': 'Do ledgers bring their opening bills also when they are picked by their group?',
  'byte-order-mark': 'Is a request with a byte order mark answered like one without?',
  'unknown-report': 'Is a report that does not exist refused in words?',
  'company-away': 'Is a reply whole when its company is closed while it is read?',
  'fetch-shapes': 'Does this Tally compute values and fetch whole lists?',
  'reply-length': 'Does a reply state its length beforehand?',
  'day-numbers': 'Do day numbers count from 31 December 1899?',
} as const satisfies Record<ProbeQuestion, string>;

const answers = {
  yes: 'yes',
  no: 'no',
  unclear: 'unclear',
  'not-asked': 'not asked',
} as const satisfies Record<ProbeAnswer, string>;

/** The report as Markdown, to be read before it is sent. */
export function probeMarkdown(report: ProbeReport): string {
  const lines = report.probes.map(({ question, answer, evidence }, at) => {
    const facts = Object.entries(evidence).map(([name, value]) => `${name} ${value}`);
    return `| ${at + 1} | ${questions[question]} | ${answers[answer]} | ${cell(facts.join(', '))} |`;
  });
  return `# What this Tally answered

Product: ${report.product}${report.isEducational ? ', Educational mode' : ''}. Open companies: ${report.companyCount}. Company: ${report.companyHash}.

This report holds counts, shapes, yes and no, and times in milliseconds. It holds no name and no amount; identities
are hashed. Read it before you send it.

| | Question | Answer | Evidence |
|---|---|---|---|
${lines.join('\n')}
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '/');
}
