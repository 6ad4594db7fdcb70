import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startServer } from './running-server.ts';

it('gives up on a request that comes a byte a second, with 408 after ten seconds', { timeout: 30_000 }, async () => {
  const server = await startServer();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const answer = new Promise((resolve) =>
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0]);
    }),
  );
  const headers = [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    'content-type: application/json',
    'content-length: 1000',
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n{`);
  const drip = setInterval(() => socket.write(' '), 1_000);
  expect(await answer).toBe('HTTP/1.1 408 Request Timeout');
  clearInterval(drip);
  socket.destroy();
  await server.close();
});
