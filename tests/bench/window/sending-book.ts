// A book of thousands of customers for the real window: a plan of about three thousand messages, a month of earlier ones,
// answers in the inbox, and a gateway over HTTP that is proved and knows no limit.
import { openEngine } from '#engine/open-engine.ts';
import { insertGateway, patchGateway } from '#engine/storage/gateways.ts';
import { addCadence, addTexts, fileOf, fillBook, MONDAY } from '../reminders-book.ts';

const SIZES = { customers: 3750, sent: 4000 };
/** So many customers answered; every fourth waits for an answer of ours. */
const ANSWERS = 400;
/** As it is registered: the texts of the book have three values each. */
const DLT = {
  entityId: '1101234567890123456',
  header: 'GUPTAT',
  templateId: '1107234567890123456',
  category: 'service-implicit',
  variables: [1, 2, 3].map(() => ({ tag: 'alphanumeric', charsMost: 40 })),
};

type Server = { readonly url: string; readonly key: string };

/** The clock that the window is to start at. */
export const sendingClock = MONDAY;

export async function makeSendingBook(dataFolder: string, server: Server): Promise<void> {
  const wish = { dataFolder, version: '0.0.0-bench', startsAt: MONDAY };
  const engine = await openEngine(wish);
  try {
    await engine.client.books.create({ name: 'Gupta Traders' });
    const db = fileOf(engine);
    db.write((tx) => {
      fillBook(tx, SIZES);
      addTexts(tx, JSON.stringify(DLT));
      tx.sqlite.exec(answers);
      const gatewayId = insertGateway(tx, gatewayAt(server));
      patchGateway(tx, gatewayId, { reachedOwnerAt: 1 });
    });
    await addCadence(engine);
  } finally {
    await engine.close();
  }
}

function gatewayAt({ url, key }: Server): Parameters<typeof insertGateway>[1] {
  const fields = {
    url: `${url}/API/R1/`,
    bodyKind: 'form',
    body: `apikey=${key}&module=TRANS_SMS&to={{to_10}}&from={{header}}&msg={{text}}`,
    header: DLT.header,
    entityId: DLT.entityId,
    successAt: 'Status',
    successIs: 'Success',
    idAt: 'Details',
  };
  return {
    kind: 'sms-http',
    channel: 'sms',
    name: '2Factor',
    fieldsJson: JSON.stringify(fields),
    isOn: true,
    place: 0,
    perMinute: 600_000,
    perDay: null,
    pricePerPartMicros: 120_000,
    gstBps: 1800,
    vaultName: 'gateway-bench',
    createdAt: 0,
  };
}

const answers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ANSWERS})
  insert into replies (customer_id, channel, kind, from_address, body, received_at, created_at, external_id, answered_at)
  select 1 + i * 7, 'sms', 'reply', '+9198' || printf('%08d', 1 + i * 7), 'Will pay next week.',
         ${MONDAY} - i * 3600000, ${MONDAY} - i * 3600000, 'bench-' || i,
         iif(i % 4 = 0, null, ${MONDAY} - i * 3600000 + 60000) from n`;
