import type { TallySource } from '../ports.ts';

export function tallySource(): TallySource {
  const notBuilt = (): never => {
    throw new Error('Not built yet.');
  };
  return {
    greet: notBuilt,
    companies: notBuilt,
    groups: notBuilt,
    thinLedgers: notBuilt,
    ledgers: notBuilt,
    openBills: notBuilt,
    party: notBuilt,
    voucherCounts: notBuilt,
    vouchers: notBuilt,
    census: notBuilt,
  };
}
