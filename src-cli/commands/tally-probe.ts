import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from '../command.ts';
import { done } from '../ending.ts';
import { probeMarkdown } from '../probe-text.ts';
import { readAddress } from '../tally-address.ts';

export const tallyProbe: Command = {
  summary: 'Ask a Tally what no document settles, and write a redacted report.',
  help: [
    'Usage: baaki tally-probe [--host H] [--port P] [--company NAME] [--output FILE] [--format md|json]',
    '',
    '  Asks the Tally nine questions, reading only, and writes what it answered to a file: counts, shapes, yes and no,',
    '  times. The report holds no name and no amount, and identities only as hashes. Nothing is sent anywhere: read the',
    '  file, and send it yourself if you wish to help.',
    '',
    '  --host H        the computer Tally runs on; this one if not given',
    '  --port P        the port it listens on; 9000 if not given',
    '  --company NAME  the company to ask about; the one on Tally’s screen if not given',
    '  --output FILE   where the report goes; baaki-tally-probe.md (or .json) here if not given',
    '',
    'Run it while nobody works in Tally: for up to a minute its screen may answer slowly.',
  ].join('\n'),
  takes: ['host', 'port', 'company', 'output', 'format'],
  formats: ['md', 'json'],
  read: ({ options }) => {
    const address = readAddress(options);
    if ('kind' in address) return address;
    const { company = null, format = 'md' } = options;
    const file = path.resolve(options.output ?? `baaki-tally-probe.${format}`);
    return async ({ client, terminal }) => {
      const report = await client.sync.probe({ ...address, company });
      const text = format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : probeMarkdown(report);
      await writeFile(file, text);
      const answered = report.probes.filter(({ answer }) => answer === 'yes' || answer === 'no').length;
      terminal.note(`${answered} of ${report.probes.length} questions are answered. The report: ${file}`);
      return done;
    };
  },
};
