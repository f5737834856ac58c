// A stand-in for the engine's process: it speaks the same envelopes over either transport and sends back what it
// gets. It keeps no data, so it also runs where the real engine's SQLite cannot.
const port = process.parentPort;
const send = (message) => (port ? port.postMessage(message) : process.send?.(message));
const open = new Set();

function take(message) {
  if (message.type === 'stop') process.exit(0);
  if (message.type) return;
  if (message.closed) return void open.delete(message.connection);
  const { connection, data } = message;
  open.add(connection);
  if (data?.end !== undefined) process.exit(data.end);
  if (data?.ask === 'connections') send({ connection, data: { connections: [...open] } });
  else if (data?.ask === 'environment') {
    const { BAAKI_DATA, BAAKI_LOGS, BAAKI_VERSION } = process.env;
    send({ connection, data: { environment: { BAAKI_DATA, BAAKI_LOGS, BAAKI_VERSION } } });
  } else if (data?.echo !== undefined) send({ connection, data });
}

if (port) port.on('message', ({ data }) => take(data));
else {
  process.on('message', take);
  process.on('disconnect', () => process.exit(0));
}
send({ type: 'ready' });
