// Serves the files of a folder as a Tally would answer, and says on which port. Run by tally-reading.ts.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const [folder = ''] = process.argv.slice(2);
const server = createServer((request, response) => {
  const file = path.join(folder, path.basename(request.url ?? ''));
  response.writeHead(200, {
    'content-type': 'text/xml; charset=utf-16',
    'content-length': statSync(file).size,
  });
  createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? (address?.port ?? 0) : 0}\n`);
});
process.on('disconnect', () => process.exit());
