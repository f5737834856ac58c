import type { Noun } from '#contract/engine/changes.ts';
import { EventPublisher } from '@orpc/server';
import { expect, it } from 'vitest';
import { gatheredNews } from '#engine/services/changes/gathered-news.ts';

function newsOf() {
  const publisher = new EventPublisher<{ changed: { nouns: Noun[] } }>();
  const stop = new AbortController();
  const watch = (signal: AbortSignal | undefined) => publisher.subscribe('changed', signal ? { signal } : {});
  const news = gatheredNews({ watch }, stop.signal);
  const changed = (...nouns: Noun[]): void => publisher.publish('changed', { nouns });
  return { news, changed, stop, publisher };
}

it('tells the first change at once, and what a thousand messages changed meanwhile once and whole', async () => {
  const { news, changed } = newsOf();
  changed('bills');
  expect((await news.next()).value).toEqual({ nouns: ['bills'] });
  const next = news.next();
  // More than are kept for a reader that is late: none may get lost.
  changed('settings');
  for (let at = 0; at < 1000; at += 1) changed('messages', 'reminders');
  expect((await next).value).toEqual({ nouns: ['settings', 'messages', 'reminders'] });
  changed('replies');
  expect((await news.next()).value).toEqual({ nouns: ['replies'] });
  await news.return(undefined);
});

it('misses nothing that changes before somebody reads', async () => {
  const { news, changed } = newsOf();
  changed('receipts');
  changed('bills');
  const told = [await news.next(), await news.next()];
  expect(told.flatMap(({ value }) => (value ? value.nouns : []))).toEqual(['receipts', 'bills']);
  await news.return(undefined);
});

it('stops listening when its reader goes, and when it is told to', async () => {
  const gone = newsOf();
  gone.changed('bills');
  await gone.news.next();
  await gone.news.return(undefined);
  expect(gone.publisher.size).toBe(0);
  const told = newsOf();
  const waiting = told.news.next();
  told.stop.abort();
  await expect(waiting).rejects.toThrow();
  expect(told.publisher.size).toBe(0);
});
