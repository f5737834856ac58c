import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pacedRefetch } from '#renderer/frame/paced-refetch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call that takes a while, and how often it was made. */
async function seenCall(name: string, takesMs: number) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const made = vi.fn(
    () => new Promise((resolve) => setTimeout(() => resolve(made.mock.calls.length), takesMs)),
  );
  const wish = { queryKey: [[name]], queryFn: made };
  const observer = new QueryObserver(queryClient, wish);
  const leave = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(takesMs);
  made.mockClear();
  const look = (): (() => void) => new QueryObserver(queryClient, wish).subscribe(() => undefined);
  return { made, leave, look, refetch: pacedRefetch(queryClient), queryClient };
}

it('refetches what is seen at once, and a storm of news a few times a second at most', async () => {
  const { made, refetch } = await seenCall('messages', 10);
  refetch([['messages']]);
  await vi.advanceTimersByTimeAsync(0);
  expect(made).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 200; at += 1) {
    refetch([['messages']]);
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(made.mock.calls.length).toBeGreaterThan(1);
  expect(made.mock.calls.length).toBeLessThanOrEqual(4);
});

it('lets a slow call come home before it is made again, and makes it again for what changed meanwhile', async () => {
  const { made, refetch } = await seenCall('calendar', 3000);
  refetch([['calendar']]);
  await vi.advanceTimersByTimeAsync(1000);
  refetch([['calendar']]);
  await vi.advanceTimersByTimeAsync(1999);
  expect(made).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(6002);
  expect(made).toHaveBeenCalledTimes(2);
});

it('leaves alone what is not seen until it is looked at again, also what changed while it was fetched', async () => {
  const { made, leave, look, refetch } = await seenCall('runs', 100);
  refetch([['runs']]);
  await vi.advanceTimersByTimeAsync(50);
  refetch([['runs']]);
  leave();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(made).toHaveBeenCalledTimes(1);
  look();
  await vi.advanceTimersByTimeAsync(100);
  expect(made).toHaveBeenCalledTimes(2);
  refetch([['others']]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(made).toHaveBeenCalledTimes(2);
});
