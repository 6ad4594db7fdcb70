// A wire between a client and a server that can be cut: at once, or so that requests still arrive and answers do not.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy on a free port of loopback. */
export interface TcpProxy {
  readonly port: number;
  /** From now on answers are swallowed; resolves with the first one that was. */
  loseAnswers(): Promise<void>;
  /** Cuts every connection, and refuses new ones until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Starts a proxy to a port of loopback. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let state: 'whole' | 'losing answers' | 'cut' = 'whole';
  let onLost = (): void => undefined;
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (chunk) => {
      if (state === 'losing answers') onLost();
      else near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers: () => {
      state = 'losing answers';
      return new Promise((resolve) => {
        onLost = resolve;
      });
    },
    cut: () => {
      state = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      state = 'whole';
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
