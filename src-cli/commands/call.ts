import { contract } from '#contract/index.ts';
import { absentBook, chooseBook } from '../choose-book.ts';
import type { Client, Command } from '../command.ts';
import { done, usage } from '../ending.ts';

export const call: Command = {
  summary: 'Make any call of the engine; what it answers is JSON.',
  help: [
    "Usage: baaki call NOUN.VERB ['{…}'] [--book B]",
    '',
    'The input is one JSON value. A call that streams prints one JSON object a line, as they come.',
    '',
    'Calls:',
    ...callNames().map((name) => `  ${name}`),
  ].join('\n'),
  takes: ['book', 'format'],
  formats: ['json'],
  read: ({ options, rest }) => {
    const [name, text, ...more] = rest;
    if (name === undefined) return usage('Which call? Write it like “baaki call aging.table”.');
    if (!callNames().includes(name))
      return usage(`There is no call “${name}”. “baaki call --help” lists them.`);
    if (more.length > 0) return usage('A call takes one JSON input. Put it in quotes.');
    const input = readInput(text);
    if (!input.ok) return usage(`The input is not JSON: ${input.said}.`);
    return async ({ client, terminal }) => {
      if (options.book !== undefined) {
        const choice = await chooseBook(client, options.book);
        if (choice.kind === 'ending') return choice.ending;
        if (choice.kind === 'absent') return absentBook(choice.name, await client.books.list());
      }
      const answer = await makeCall(client, name, input.value);
      if (!isStream(answer)) {
        terminal.out(JSON.stringify(answer ?? null));
        return done;
      }
      for await (const event of answer) {
        terminal.out(JSON.stringify(event));
        if (terminal.isClosed()) break;
      }
      return done;
    };
  },
};

function callNames(): readonly string[] {
  return Object.entries(contract).flatMap(([noun, verbs]) =>
    Object.keys(verbs).map((verb) => `${noun}.${verb}`),
  );
}

type Input = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly said: string };

function readInput(text: string | undefined): Input {
  if (text === undefined) return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, said: error instanceof Error ? error.message : String(error) };
  }
}

/** The name was checked against the contract; what the input must be, the door itself checks. */
async function makeCall(client: Client, name: string, input: unknown): Promise<unknown> {
  const [noun = '', verb = ''] = name.split('.');
  const verbs: unknown = Reflect.get(client, noun);
  const found: unknown = isIndexed(verbs) ? Reflect.get(verbs, verb) : undefined;
  if (typeof found !== 'function') throw new Error(`The engine does not know the call ${name}.`);
  const answer: unknown = await Reflect.apply(found, undefined, [input]);
  return answer;
}

/** The client makes its calls up as they are asked for, so each step may be an object or a function. */
function isIndexed(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return isIndexed(value) && Symbol.asyncIterator in value;
}
