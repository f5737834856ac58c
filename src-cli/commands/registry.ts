import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { absentBook, chooseBook } from '../choose-book.ts';
import { customerOf } from '../choose-customer.ts';
import type { Client, Command, Job, Options, World } from '../command.ts';
import { done, refused, usage, type Ending } from '../ending.ts';
import {
  candidatesText,
  checkText,
  consentsText,
  disputesText,
  looksText,
  membershipText,
  publishedText,
} from '../registry-text.ts';

const help = `Usage: baaki registry VERB [options] [--book B] [--format table|json]

From any terminal:
  status                 where this book stands with its registry
  join --address URL     tells the terms of a registry; nothing is sent
  candidates [--all]     dues that may be published; with --all also those that may not, and why
  proof BILL FILE [--kind doc|ack|irp]
                         keeps what proves a bill: a paper (doc), the customer’s own word (ack), or the signed
                         e-invoice (irp: its number is kept, the signature is not verified)
  never BILL…            these bills are never published; --customer C (id, code or name): none of that customer’s
  allow BILL…            takes that mark off again; --customer C likewise
  published              what is published, and who may see it
  withdraw BILL…         takes dues back: unheard within 24 hours, told to the debtor later
  write-off BILL…        tells published dues as given up from the next exchange on; this cannot be taken back
  consents               consents and how they stand
  results                what was told at looks, while it is kept
  looks                  every request and look from this book
  disputes               what debtors say against published dues

Only where the keys of the membership are. The Baaki window keeps them, so a terminal is refused ('vault-closed') and
nothing is sent: open Baaki, go to Registry (Alt+R) and do it there:
  join --address URL --gstin G --name N [--mobile M] [--email E] [--purpose publish|check|both] --yes
                         applies; a one-time password is sent
  confirm OTP            ends joining with the six digits that were sent
  publish BILL… [--confirm N]
                         publishes dues by the numbers that “candidates” gives; N is asked for the first time
  sync                   sends what waits and fetches what is new
  ask --name N [--gstin G] [--pan P] [--mobile M] [--email E] [--purpose TC01|TC02]
                         asks somebody’s consent to look at his record (TC01) or to report his dues (TC02)
  check CONSENT          the one look that a consent is good for; one that was taken is opened again anywhere`;

const usageSentence = 'Say what to do, e.g. “baaki registry status”. “baaki registry --help” tells more.';

type Shown = { readonly answer: unknown; readonly text: string };
type Work = (client: Client, options: Options) => Promise<Shown | Ending>;

export const registry: Command = {
  summary: 'Publish dues to a shared registry, and check a record with consent.',
  help,
  takes: [
    'book',
    'format',
    'address',
    'gstin',
    'pan',
    'name',
    'mobile',
    'email',
    'purpose',
    'confirm',
    'all',
    'yes',
    'kind',
    'customer',
  ],
  formats: ['table', 'json'],
  read: ({ options, rest }) => {
    const [verb = '', ...more] = rest;
    const read = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (read === undefined) return usage(usageSentence);
    const work = read(more, options);
    return typeof work === 'function' ? inBook(options, work) : work;
  },
};

const verbs: Readonly<Record<string, (more: readonly string[], options: Options) => Work | Ending>> = {
  status: alone(async (client) => {
    const answer = await client.registry.membership();
    return { answer, text: membershipText(answer) };
  }),
  join: readJoin,
  confirm: ([otp, ...others]) =>
    otp === undefined || others.length > 0
      ? usage('Which password? Say “baaki registry confirm 123456”.')
      : async (client) => {
          const answer = await client.registry.confirmJoin({ otp });
          return { answer, text: membershipText(answer) };
        },
  candidates: alone(async (client, { all }) => {
    const answer = await client.registry.candidates({ which: all === true ? 'all' : 'ready' });
    const { candidates, readyCount, barredCount } = answer;
    return {
      answer,
      text: `${candidatesText(candidates)}\n\n${readyCount} may be published, ${barredCount} may not.`,
    };
  }),
  publish: (more, { confirm }) => {
    const billIds = idsOf(more);
    if (billIds === null) return usage(WHICH_BILLS);
    return async (client) => {
      const answer = await client.registry.publish({ billIds: [...billIds], confirmation: confirm ?? null });
      const refused = answer.refused.map(({ billId, bars }) => `\n${billId}: ${bars.join(', ')}`).join('');
      return { answer, text: `${answer.publishedCount} published, held for a day.${refused}` };
    };
  },
  published: alone(async (client) => {
    const answer = await client.registry.published({});
    return { answer: { published: answer }, text: publishedText(answer) };
  }),
  withdraw: (more) => {
    const billIds = idsOf(more);
    if (billIds === null) return usage(WHICH_BILLS);
    return async (client) => {
      const answer = await client.registry.withdraw({ billIds: [...billIds] });
      return {
        answer,
        text: `${answer.undoneCount} taken back unheard, ${answer.withdrawnCount} withdrawn.`,
      };
    };
  },
  'write-off': (more) => {
    const billIds = idsOf(more);
    if (billIds === null) return usage(WHICH_BILLS);
    return async (client) => {
      const answer = await client.registry.writeOff({ billIds: [...billIds] });
      return { answer, text: `${answer.writtenOffCount} written off, told at the next exchange.` };
    };
  },
  proof: readProof,
  never: (more, options) => readMark(more, options, true),
  allow: (more, options) => readMark(more, options, false),
  results: alone(async (client) => {
    const answer = await client.registry.checks({});
    const text = answer.length === 0 ? 'Nothing is kept.' : answer.map(checkText).join('\n\n');
    return { answer: { results: answer }, text };
  }),
  looks: alone(async (client) => {
    const answer = await client.registry.looks();
    return { answer: { looks: answer }, text: looksText(answer) };
  }),
  sync: alone(async (client) => {
    for await (const _ of await client.registry.sync());
    const answer = await client.registry.membership();
    return { answer, text: membershipText(answer) };
  }),
  ask: readAsk,
  consents: alone(async (client) => {
    const answer = await client.registry.consents({});
    return { answer: { consents: answer }, text: consentsText(answer) };
  }),
  check: ([consentId, ...others]) =>
    consentId === undefined || others.length > 0
      ? usage('Which consent? “baaki registry consents” lists them.')
      : async (client) => {
          const answer = await client.registry.check({ consentId });
          return { answer, text: checkText(answer) };
        },
  disputes: alone(async (client) => {
    const answer = await client.registry.disputes();
    return { answer: { disputes: answer }, text: disputesText(answer) };
  }),
};

const WHICH_BILLS = 'Which bills? Give their numbers in the first column of “baaki registry candidates”.';

function alone(work: Work): (more: readonly string[]) => Work | Ending {
  return (more) => (more.length === 0 ? work : usage(usageSentence));
}

function idsOf(words: readonly string[]): readonly number[] | null {
  const areIds = words.length > 0 && words.every((word) => /^[1-9][0-9]{0,14}$/.test(word));
  return areIds ? words.map(Number) : null;
}

function readProof([bill, filePath, ...others]: readonly string[], { kind = 'doc' }: Options): Work | Ending {
  const [billId] = idsOf(bill === undefined ? [] : [bill]) ?? [];
  if (billId === undefined || filePath === undefined || others.length > 0)
    return usage('Which bill, and what proves it? Say “baaki registry proof 12 challan.pdf”.');
  if (kind !== 'doc' && kind !== 'ack' && kind !== 'irp')
    return usage(`--kind “${kind}” is not one of: doc, ack, irp.`);
  return async (client) => {
    const full = path.resolve(filePath);
    const text = kind === 'irp' ? await textOf(full) : null;
    if (kind === 'irp' && text === null)
      return refused('registry-file-unread', `The file ${full} cannot be read.`);
    const of = kind === 'irp' ? { text } : { filePath: full };
    const answer = await client.registry.setEvidence({ billId, grade: kind, ...of });
    return { answer, text: `Kept as proof of bill ${billId} (${answer.grade}). The paper stays here.` };
  };
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

function readMark(more: readonly string[], { customer }: Options, isDoNotPublish: boolean): Work | Ending {
  const billIds = more.length === 0 ? [] : idsOf(more);
  if (billIds === null || (billIds.length === 0) === (customer === undefined))
    return usage('Which bills, or --customer C? “baaki registry candidates --all” lists the bills.');
  return async (client) => {
    const found = customer === undefined ? null : await customerOf(client, customer);
    if (found !== null && 'kind' in found) return found;
    const { registry: calls } = client;
    for (const billId of billIds) await calls.setBillDoNotPublish({ billId, isDoNotPublish });
    const customerId = found?.customerId ?? null;
    if (customerId !== null) await calls.setDoNotPublish({ customerId, isDoNotPublish });
    const answer = { billIds, customerId, isDoNotPublish };
    return { answer, text: isDoNotPublish ? 'Never published from now on.' : 'May be published again.' };
  };
}

function readJoin(more: readonly string[], options: Options): Work | Ending {
  const { address, gstin, name, mobile = null, email = null, purpose = 'both', yes } = options;
  if (more.length > 0) return usage(usageSentence);
  if (address === undefined) return usage('Which registry? Give --address URL.');
  if (yes !== true)
    return async (client) => {
      const answer = await client.registry.terms({ address });
      return {
        answer,
        text: `${answer.name}, terms of ${answer.termsVersion}: ${answer.termsUrl}\nTo join, say it again with --yes.`,
      };
    };
  if (purpose !== 'publish' && purpose !== 'check' && purpose !== 'both')
    return usage(`--purpose “${purpose}” is not one of: publish, check, both.`);
  if (gstin === undefined || name === undefined) return usage('Give --gstin G and --name N.');
  return async (client) => {
    const { termsVersion } = await client.registry.terms({ address });
    const contact = { mobile, email };
    const wish = { address, gstin, legalName: name, contact, purpose, termsVersion, language: 'en' } as const;
    const answer = await client.registry.join(wish);
    return {
      answer,
      text: 'A one-time password was sent. Say “baaki registry confirm” with its six digits.',
    };
  };
}

function readAsk(more: readonly string[], options: Options): Work | Ending {
  const { name, gstin = null, pan = null, mobile = null, email = null, purpose = 'TC01' } = options;
  if (more.length > 0 || name === undefined) return usage('Whom? Give --name N and a way to reach him.');
  if (purpose !== 'TC01' && purpose !== 'TC02')
    return usage(`--purpose “${purpose}” is not one of: TC01, TC02.`);
  return async (client) => {
    const contact = { mobile, email };
    const answer = await client.registry.askConsent({ name, gstin, pan, contact, purpose, language: 'en' });
    return { answer, text: consentsText([answer]) };
  };
}

function inBook(options: Options, work: Work): Job {
  return async ({ client, terminal }: World) => {
    const choice = await chooseBook(client, options.book);
    if (choice.kind === 'ending') return choice.ending;
    if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
    const ended = await work(client, options);
    if ('kind' in ended) return ended;
    terminal.out(options.format === 'json' ? JSON.stringify(ended.answer) : ended.text);
    return done;
  };
}
