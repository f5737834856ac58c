import EmailReplyParser from 'email-reply-parser';

// What the person wrote, without what he answers to.

/** Longer texts are cut and empty lines drawn together: 20,000 empty lines keep the library's patterns busy for 11 s. */
const CHARS_MOST = 10_000;

/** Lines with which Indian-language and Outlook mail programs open the quoted mail; the library knows the others. */
const OPENERS: readonly RegExp[] = [
  /^.{0,200}(?:ने लिखा|ने लिहिले|એ લખ્યું|লিখেছেন|எழுதியது|రాశారు|ಬರೆದಿದ್ದಾರೆ)\s*:?\s*$/u,
  /^[-_\s]*(?:मूल संदेश|Original Message|Forwarded message)[-_\s]*$/iu,
  /^_{20,}\s*$/,
];
/** Outlook's block: 'From:' followed soon by 'Sent:' or 'Date:'. */
const HEAD_FROM = /^\*?(?:From|प्रेषक|से)\s*:\*?\s.+$/iu;
const HEAD_SENT = /^\*?(?:Sent|Date|भेजा गया|दिनांक)\s*:\*?\s.+$/iu;

export function replyText(text: string): string {
  const lines = shortened(text);
  const opener = lines.findIndex((line, at) => isOpener(line) || isOutlookHead(lines, at));
  const upper = (opener > 0 ? lines.slice(0, opener) : lines).join('\n');
  const answer = new EmailReplyParser().parseReply(upper).trim();
  // A signature pattern can swallow a short answer; better too much than nothing.
  return answer || upper.replace(/^>.*$/gm, '').trim();
}

function shortened(text: string): readonly string[] {
  const lines: string[] = [];
  for (const line of text
    .slice(0, CHARS_MOST)
    .replace(/\[cid:[^\]\s]{1,200}\]/g, '')
    .split(/\r?\n/)) {
    // "-- " with its space is how a signature begins (RFC 3676).
    const told = line === '-- ' ? line : line.trimEnd();
    if (told || lines.at(-1)) lines.push(told);
  }
  return lines;
}

function isOpener(line: string): boolean {
  return OPENERS.some((pattern) => pattern.test(line));
}

function isOutlookHead(lines: readonly string[], at: number): boolean {
  return HEAD_FROM.test(lines[at] ?? '') && lines.slice(at + 1, at + 4).some((line) => HEAD_SENT.test(line));
}
