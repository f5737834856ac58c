import type { Handlers } from '../api/app.ts';
import type { Registry } from '../registry.ts';
import { checking, storedReport } from './checking.ts';

type CheckHandlers = Pick<Handlers, 'check' | 'report'>;

export function checkHandlers(registry: Registry): CheckHandlers {
  const check = checking(registry);
  return {
    check: ({ caller, body }) => check(caller, body),
    report: ({ caller, params }) => storedReport(registry, caller, params['id'] ?? ''),
  };
}
