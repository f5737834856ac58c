import { it } from 'vitest';
import { startCounting } from '#tests/fakes/gateways/counting.ts';
import { aDebtor, aGateway, aMessage, aWorld, phoneOf, states } from './outbox-world.ts';
it('speed', async () => {
  const server = await startCounting();
  const world = await aWorld();
  world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: server.port });
    for (let at = 0; at < 5000; at += 1) {
      const { customerId, billId, amount } = aDebtor(tx, at);
      aMessage(tx, { gatewayId, customerId, address: phoneOf(at), bill: { billId, amount } });
    }
  });
  const t = performance.now();
  let worst = 0; let last = performance.now();
  const timer = setInterval(() => { const n = performance.now(); worst = Math.max(worst, n - last); last = n; }, 1);
  const done = world.round();
  await new Promise((r) => setTimeout(r, 8000));
  console.log('SPEED', server.taken.length, performance.now() - t, 'worst', worst, states(world.db));
  clearInterval(timer);
  await world.engine.close(); await done;
  await server.close();
}, 60000);
