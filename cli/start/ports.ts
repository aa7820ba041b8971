import { createServer, type Server } from 'node:net';

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      resolve(server);
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A listening TCP server has a port');
  return address.port;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    // A second close answers with an error, which is as good as closed.
    server.close(() => {
      resolve();
    });
  });

export async function isPortFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server === undefined) return false;
  await close(server);
  return true;
}

/** Below the range that kernels hand out to outgoing connections (32768 on Linux), so that nobody takes one in between. */
const lowest = 15_000;
const highest = 31_999;

/**
 * `count` different free ports: those wanted where they are free (an instance keeps its ports over restarts), random
 * ones otherwise. All are held until the last is known, so that none is given twice.
 */
export async function freePorts(count: number, wanted: readonly (number | undefined)[] = []): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let index = 0; index < count; index += 1) servers.push(await hold(wanted[index]));
    return servers.map(portOf);
  } finally {
    await Promise.all(servers.map(close));
  }
}

async function hold(wanted: number | undefined): Promise<Server> {
  const first = wanted === undefined ? undefined : await listen(wanted);
  if (first !== undefined) return first;
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const server = await listen(lowest + Math.floor(Math.random() * (highest - lowest + 1)));
    if (server !== undefined) return server;
  }
  throw new Error('No free port found on 127.0.0.1 between 15000 and 31999');
}
