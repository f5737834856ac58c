// A cadence or text that Baaki began with is called in the window's language until somebody renames it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '../architecture/read-tree.ts';
import en from '../../src-renderer/words/en/starters.json' with { type: 'json' };
import hi from '../../src-renderer/words/hi/starters.json' with { type: 'json' };
import { starterNameIn } from '../../src-renderer/words/starter-names.ts';

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(repository, 'resources/messages', `${file}.json`), 'utf8'));

const texts = z.object({
  templates: z.array(z.object({ key: z.string(), channel: z.string(), name: z.string() })),
});
const cadences = z.object({
  cadences: z.array(z.object({ name: z.object({ en: z.string(), hi: z.string() }) })),
});

/** Each starter's name in English and in Hindi, as the resources have them. */
function starters(): readonly (readonly [string, string])[] {
  const hindi = texts.parse(read('hi')).templates;
  const named = texts.parse(read('en')).templates.map(({ key, channel, name }) => {
    const twin = hindi.find((one) => one.key === key && one.channel === channel);
    return [name, twin?.name ?? `no Hindi ${key} on ${channel}`] as const;
  });
  return [
    ...named,
    ...cadences.parse(read('cadences')).cadences.map(({ name }) => [name.en, name.hi] as const),
  ];
}

describe('the name of a starter', () => {
  it('is known to the window for every text and cadence of the resources', () => {
    const known = new Map(Object.entries(en).map(([key, name]) => [name, { ...hi }[key]]));
    expect(starters().length).toBeGreaterThan(20);
    expect(starters().filter(([english, hindi]) => known.get(english) !== hindi)).toEqual([]);
  });

  it('follows the language of the window, in whichever it was added', () => {
    expect(starterNameIn('hi')('Standard')).toBe('सामान्य');
    expect(starterNameIn('hi')('Before the due day')).toBe('देय तिथि से पहले');
    expect(starterNameIn('en')('देय तिथि से पहले')).toBe('Before the due day');
    expect(starterNameIn('en')('Standard')).toBe('Standard');
  });

  it('stays what the owner has called it', () => {
    expect(starterNameIn('hi')('Standard, old customers')).toBe('Standard, old customers');
    expect(starterNameIn('hi')('')).toBe('');
  });
});
